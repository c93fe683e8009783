#pragma once

#include <pugixml.hpp>

#include "question-bank/item/item.h"

namespace assay::item {

/// From the namespace of the root element, whose names are already those of 2.x.
QtiVersion version_of(pugi::xml_node root);

/// "2.0", "2.1", "2.2", "3.0" or "unknown".
std::string_view name_of(QtiVersion version);

RubricBlock read_rubric(pugi::xml_node node);

}  // namespace assay::item
