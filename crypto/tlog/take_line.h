#pragma once

#include <optional>
#include <string_view>

namespace assay::tlog {

/// Takes a line without its newline off the front; nothing where there is no newline.
inline std::optional<std::string_view> take_line(std::string_view& rest) {
    const std::size_t end = rest.find('\n');
    if (end == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end + 1);
    return line;
}

}  // namespace assay::tlog
