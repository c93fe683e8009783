#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace assay::tlog {

/// ASCII decimal without sign or leading zeros, below 2^63; nothing for any other text.
inline std::optional<std::uint64_t> parse_decimal(std::string_view text) {
    constexpr std::uint64_t kMax = (std::uint64_t{1} << 63U) - 1;
    if (text.empty() || text.size() > 19 || (text.size() > 1 && text[0] == '0')) {
        return std::nullopt;
    }
    std::uint64_t value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') {
            return std::nullopt;
        }
        value = value * 10 + static_cast<std::uint64_t>(c - '0');
    }
    return value <= kMax ? std::optional(value) : std::nullopt;
}

}  // namespace assay::tlog
