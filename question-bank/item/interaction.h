#pragma once

#include "question-bank/item/item.h"
#include "question-bank/item/xml.h"

namespace assay::item {

/// Every interaction of a body in document order.
std::vector<Interaction> read_interactions(const Xml& xml, pugi::xml_node body);

}  // namespace assay::item
