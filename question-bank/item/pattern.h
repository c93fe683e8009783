#pragma once

#include <string>
#include <string_view>

#include "crypto/base/result.h"

namespace assay::item {

/// Whether the whole text matches a regular expression of XML Schema, in time linear in the text.
/// kInvalid where the pattern is none, or needs what a bounded engine cannot do.
Result<bool> pattern_matches(const std::string& pattern, std::string_view text);

/// The pattern in RE2's syntax: '^' and '$' are letters in XML Schema, \i and \c name characters.
std::string re2_pattern(std::string_view pattern);

}  // namespace assay::item
