#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace assay::item {

bool is_utf8(std::string_view text);

/// Text of another encoding as UTF-8; nothing where the encoding is unknown to ICU.
std::optional<std::string> utf8_from(std::string_view text, const char* encoding);

}  // namespace assay::item
