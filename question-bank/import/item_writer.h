#pragma once

#include <map>
#include <string>

#include "question-bank/import/question.h"

namespace assay::import {

/// A question as a QTI 3.0 item. `question` has what its kind needs; readers check that.
std::string item_of(const Question& question, const std::string& identifier,
                    const std::string& language);

struct PackageNames {
    std::string identifier;
    std::string title;
    std::string language;  ///< "zh-CN"
};

/// All questions as a QTI 3.0 package with a test: a section for each topic, in the order of the
/// source. Paths to bytes, imsmanifest.xml among them.
std::map<std::string, Bytes> package_of(const Import& source, const PackageNames& names);

}  // namespace assay::import
