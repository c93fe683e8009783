#pragma once

#include <string>
#include <string_view>

#include <pugixml.hpp>

namespace assay::item {

/// "simple-choice" to "simpleChoice"; "duration-lt" to "durationLT".
std::string camel_case(std::string_view kebab);

/// Spells the names of QTI 3.0 and prefixed names below `root` as 2.x does, and takes
/// qti-content-body away (its children stay).
void normalise_names(pugi::xml_node root);

/// "http://www.w3.org/1998/Math/MathML" for the element's prefix, or empty.
std::string_view namespace_of(pugi::xml_node element);

}  // namespace assay::item
