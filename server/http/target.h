#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crypto/base/result.h"

namespace assay::http {

inline constexpr std::size_t kTargetBytesMax = 4096;
inline constexpr std::size_t kPathSegmentsMax = 16;
inline constexpr std::size_t kQueryPairsMax = 32;

/// The address in a request line, taken apart and decoded.
struct Target {
    std::string path;
    std::vector<std::pair<std::string, std::string>> query;
};

/// Origin form only ("/a/b?c=d"). Decodes %XX once; then everything is valid UTF-8 without control
/// characters, and the path has no empty, "." or ".." segment, no backslash, and no "/" that was
/// written as %2F: whatever reads it next sees the same segments as we do. In the query '+' is a
/// space. kInvalid or kLimit otherwise.
Result<Target> read_target(std::string_view raw);

/// Parts between the slashes; "/" has none.
std::vector<std::string_view> segments_of(std::string_view path);

/// Well-formed UTF-8 (no overlong forms, no surrogates) without control characters.
bool is_plain_utf8(std::string_view text);

}  // namespace assay::http
