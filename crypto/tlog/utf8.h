#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace assay::tlog {

/// The next code point off the front of `rest`; nothing where it is not well-formed UTF-8 (RFC
/// 3629: shortest form, no surrogates, at most U+10FFFF).
std::optional<char32_t> take_code_point(std::string_view& rest);

/// Unicode's White_Space property.
bool is_unicode_space(char32_t c);

}  // namespace assay::tlog
