#include "crypto/base32.h"

#include <algorithm>

namespace assay::crypto {

namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U";
constexpr std::size_t kDigits = 32;
constexpr std::size_t kCodeChars = 16;

unsigned check_value(const ShortCode& code) {
    unsigned remainder = 0;
    for (const std::uint8_t byte : code.bytes) {
        remainder = (remainder * 256 + byte) % unsigned{kAlphabet.size()};
    }
    return remainder;
}

char tidy(char c) {
    if (c >= 'a' && c <= 'z') {
        c = static_cast<char>(c - 'a' + 'A');
    }
    if (c == 'I' || c == 'L') {
        return '1';
    }
    return c == 'O' ? '0' : c;
}

}  // namespace

std::string crockford32(ByteView bytes) {
    std::string out;
    unsigned bits = 0;
    unsigned count = 0;
    for (const std::uint8_t byte : bytes) {
        bits = (bits << 8U) | byte;
        count += 8;
        while (count >= 5) {
            count -= 5;
            out += kAlphabet[(bits >> count) & 31U];
        }
        bits &= (1U << count) - 1;
    }
    if (count > 0) {
        out += kAlphabet[(bits << (5 - count)) & 31U];
    }
    return out;
}

ShortCode short_of(const Digest& digest) {
    ShortCode out;
    std::copy_n(digest.bytes.begin(), ShortCode::kBytes, out.bytes.begin());
    return out;
}

std::string short_code(const Digest& digest) { return short_code(short_of(digest)); }

std::string short_code(const ShortCode& code) {
    return crockford32(code.view()) + kAlphabet[check_value(code)];
}

std::string short_code_grouped(const ShortCode& code) {
    const std::string plain = short_code(code);
    std::string out;
    for (std::size_t i = 0; i < plain.size(); ++i) {
        if (i != 0 && i % 4 == 0) {
            out += '-';
        }
        out += plain[i];
    }
    return out;
}

Result<ShortCode> read_short_code(std::string_view text) {
    std::string digits;
    for (const char c : text) {
        if (c != '-' && c != ' ') {
            digits += tidy(c);
        }
    }
    if (digits.size() != kCodeChars + 1) {
        return fail(Code::kInvalid, "crypto.short-code.length"_id,
                    {{"found", std::to_string(digits.size())}});
    }
    ShortCode out;
    unsigned bits = 0;
    unsigned count = 0;
    std::size_t filled = 0;
    for (std::size_t i = 0; i < kCodeChars; ++i) {
        const std::size_t value = kAlphabet.find(digits[i]);
        if (value >= kDigits) {
            return fail(Code::kInvalid, "crypto.short-code.character"_id,
                        {{"position", std::to_string(i + 1)}});
        }
        bits = ((bits << 5U) | static_cast<unsigned>(value)) & 0xfffU;
        count += 5;
        if (count >= 8) {
            count -= 8;
            out.bytes[filled++] = static_cast<std::uint8_t>(bits >> count);
        }
    }
    if (kAlphabet[check_value(out)] != digits[kCodeChars]) {
        return fail(Code::kInvalid, "crypto.short-code.check"_id);
    }
    return out;
}

}  // namespace assay::crypto
