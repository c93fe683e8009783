#pragma once

#include <string>

#include "question-bank/item/item.h"

namespace assay::item::test_text {

/// An item of a version with declarations, a body and rules.
inline std::string item(const std::string& declarations, const std::string& body,
                        const std::string& rules, const std::string& version = "v2p1") {
    return "<assessmentItem xmlns=\"http://www.imsglobal.org/xsd/imsqti_" + version +
           "\" identifier=\"I\" title=\"I\" adaptive=\"false\" timeDependent=\"false\">" +
           declarations + "<itemBody>" + body + "</itemBody>" + rules + "</assessmentItem>";
}

inline const std::string kScore =
    "<outcomeDeclaration identifier=\"SCORE\" cardinality=\"single\" baseType=\"float\"/>";

inline std::string set_score(const std::string& expression) {
    return "<responseProcessing><setOutcomeValue identifier=\"SCORE\">" + expression +
           "</setOutcomeValue></responseProcessing>";
}

}  // namespace assay::item::test_text
