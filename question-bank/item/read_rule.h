#pragma once

#include "question-bank/item/item.h"
#include "question-bank/item/xml.h"

namespace assay::item {

/// An element of processing as a Rule. An expression that nobody knows becomes a finding; it
/// fails only when it is evaluated.
Rule read_rule(const Xml& xml, pugi::xml_node node, std::vector<Finding>& findings);

/// The same without a file, for conformance cases and tests of single expressions.
Rule read_rule(pugi::xml_node node);

}  // namespace assay::item
