#include "crypto/tlog/utf8.h"

namespace assay::tlog {
namespace {

struct Lead {
    unsigned more;      // bytes that follow
    char32_t bits;      // of the lead byte
    char32_t smallest;  // that needs this length
};

std::optional<Lead> read_lead(std::uint8_t byte) {
    if (byte < 0x80) {
        return Lead{0, byte, 0};
    }
    if ((byte & 0xe0U) == 0xc0) {
        return Lead{1, byte & 0x1fU, 0x80};
    }
    if ((byte & 0xf0U) == 0xe0) {
        return Lead{2, byte & 0x0fU, 0x800};
    }
    if ((byte & 0xf8U) == 0xf0) {
        return Lead{3, byte & 0x07U, 0x10000};
    }
    return std::nullopt;
}

}  // namespace

std::optional<char32_t> take_code_point(std::string_view& rest) {
    if (rest.empty()) {
        return std::nullopt;
    }
    const auto lead = read_lead(static_cast<std::uint8_t>(rest[0]));
    if (!lead || rest.size() <= lead->more) {
        return std::nullopt;
    }
    char32_t value = lead->bits;
    for (unsigned i = 1; i <= lead->more; ++i) {
        const auto byte = static_cast<std::uint8_t>(rest[i]);
        if ((byte & 0xc0U) != 0x80) {
            return std::nullopt;
        }
        value = (value << 6U) | (byte & 0x3fU);
    }
    if (value < lead->smallest || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff)) {
        return std::nullopt;
    }
    rest.remove_prefix(1 + lead->more);
    return value;
}

bool is_unicode_space(char32_t c) {
    return (c >= 0x09 && c <= 0x0d) || c == 0x20 || c == 0x85 || c == 0xa0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f ||
           c == 0x205f || c == 0x3000;
}

}  // namespace assay::tlog
