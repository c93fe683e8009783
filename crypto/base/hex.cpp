#include "crypto/base/hex.h"

namespace assay {
namespace {

int digit(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

}  // namespace

std::string to_hex(ByteView bytes) {
    static constexpr std::string_view kDigits = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const std::uint8_t byte : bytes) {
        out += kDigits[byte >> 4U];
        out += kDigits[byte & 15U];
    }
    return out;
}

Status read_hex(std::string_view text, std::span<std::uint8_t> out) {
    if (text.size() != out.size() * 2) {
        return fail(
            Code::kInvalid, "base.hex.length"_id,
            {{"expected", std::to_string(out.size() * 2)}, {"found", std::to_string(text.size())}});
    }
    for (std::size_t i = 0; i < out.size(); ++i) {
        const int high = digit(text[2 * i]);
        const int low = digit(text[2 * i + 1]);
        if (high < 0 || low < 0) {
            return fail(Code::kInvalid, "base.hex.digit"_id, {{"position", std::to_string(2 * i)}});
        }
        out[i] = static_cast<std::uint8_t>(high * 16 + low);
    }
    return Ok{};
}

Result<Bytes> from_hex(std::string_view text) {
    Bytes out(text.size() / 2);
    ASSAY_TRY_STATUS(read_hex(text, out));
    return out;
}

}  // namespace assay
