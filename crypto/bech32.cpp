#include "crypto/bech32.h"

#include <algorithm>
#include <array>

namespace assay::crypto {

namespace {

constexpr std::string_view kAlphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
constexpr std::size_t kCheckChars = 6;

class Checksum {
  public:
    explicit Checksum(std::string_view prefix) {
        for (const char c : prefix) {
            add(static_cast<std::uint32_t>(c) >> 5U);
        }
        add(0);
        for (const char c : prefix) {
            add(static_cast<std::uint32_t>(c) & 31U);
        }
    }
    void add(std::uint32_t five_bits) {
        static constexpr std::array<std::uint32_t, 5> kGenerator = {
            0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
        const std::uint32_t top = state_ >> 25U;
        state_ = ((state_ & 0x1ffffffU) << 5U) ^ five_bits;
        for (std::size_t i = 0; i < kGenerator.size(); ++i) {
            if (((top >> i) & 1U) != 0) {
                state_ ^= kGenerator[i];
            }
        }
    }
    std::uint32_t state() const { return state_; }

  private:
    std::uint32_t state_ = 1;
};

std::size_t text_size(std::string_view prefix, std::size_t bytes) {
    return prefix.size() + 1 + (bytes * 8 + 4) / 5 + kCheckChars;
}

std::uint8_t upper(char c) {
    return static_cast<std::uint8_t>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
}

/// Writes to a span, so that a secret never lies in an ordinary string.
void write(std::string_view prefix, ByteView bytes, std::span<std::uint8_t> out) {
    Checksum check(prefix);
    std::size_t at = 0;
    for (const char c : prefix) {
        out[at++] = static_cast<std::uint8_t>(c);
    }
    out[at++] = '1';
    const auto put = [&](std::uint32_t five_bits) {
        out[at++] = static_cast<std::uint8_t>(kAlphabet[five_bits]);
    };
    std::uint32_t bits = 0;
    unsigned count = 0;
    const auto drain = [&] {
        const std::uint32_t value = (bits >> count) & 31U;
        check.add(value);
        put(value);
    };
    for (const std::uint8_t byte : bytes) {
        bits = ((bits << 8U) | byte) & 0xfffffU;
        for (count += 8; count >= 5;) {
            count -= 5;
            drain();
        }
    }
    if (count > 0) {
        bits <<= 5 - count;
        count = 0;
        drain();
    }
    for (std::size_t i = 0; i < kCheckChars; ++i) {
        check.add(0);
    }
    const std::uint32_t sum = check.state() ^ 1U;
    for (std::size_t i = 0; i < kCheckChars; ++i) {
        put((sum >> (5 * (kCheckChars - 1 - i))) & 31U);
    }
}

bool mixed_case(std::string_view text) {
    return std::ranges::any_of(text, [](char c) { return c >= 'a' && c <= 'z'; }) &&
           std::ranges::any_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

std::string to_bech32(std::string_view prefix, ByteView bytes) {
    Bytes out(text_size(prefix, bytes.size()));
    write(prefix, bytes, out);
    return to_string(out);
}

SecretBytes to_bech32_secret(std::string_view prefix, ByteView bytes) {
    SecretBytes out = SecretBytes::zeros(text_size(prefix, bytes.size()));
    write(prefix, bytes, out.span());
    std::ranges::transform(out.span(), out.span().begin(),
                           [](std::uint8_t c) { return upper(static_cast<char>(c)); });
    return out;
}

Status read_bech32(std::string_view prefix, std::string_view text, std::span<std::uint8_t> out) {
    const Error malformed = fail(Code::kInvalid, "crypto.bech32.malformed"_id);
    if (text.size() != text_size(prefix, out.size()) || mixed_case(text) ||
        text[prefix.size()] != '1' ||
        !std::ranges::equal(text.substr(0, prefix.size()), prefix, {}, lower)) {
        return malformed;
    }
    Checksum check(prefix);
    std::uint32_t bits = 0;
    unsigned count = 0;
    std::size_t filled = 0;
    const std::string_view digits = text.substr(prefix.size() + 1);
    for (std::size_t i = 0; i < digits.size(); ++i) {
        const std::size_t value = kAlphabet.find(lower(digits[i]));
        if (value == std::string_view::npos) {
            return malformed;
        }
        check.add(static_cast<std::uint32_t>(value));
        if (i + kCheckChars >= digits.size()) {
            continue;
        }
        bits = ((bits << 5U) | static_cast<std::uint32_t>(value)) & 0xfffffU;
        count += 5;
        if (count >= 8) {
            count -= 8;
            out[filled++] = static_cast<std::uint8_t>(bits >> count);
        }
    }
    if (check.state() != 1 || filled != out.size() || (bits & ((1U << count) - 1)) != 0) {
        return malformed;
    }
    return Ok{};
}

}  // namespace assay::crypto
