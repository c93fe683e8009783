#pragma once

#include <string>
#include <string_view>

namespace assay::render {

inline constexpr std::size_t kStyleBytesMax = 4096;

/// The declarations of a style attribute that are on the list of allowed properties and whose
/// values hold nothing but words, numbers and colours: no address, no string, no function.
std::string safe_style(std::string_view css);

/// True for a property that safe_style lets through.
bool is_safe_property(std::string_view property);

}  // namespace assay::render
