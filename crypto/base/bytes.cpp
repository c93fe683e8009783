#include "crypto/base/bytes.h"

#include "crypto/base/check.h"

namespace assay {

ByteView as_bytes(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string_view as_text(ByteView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Bytes to_bytes(ByteView bytes) { return {bytes.begin(), bytes.end()}; }

Bytes to_bytes(std::string_view text) { return to_bytes(as_bytes(text)); }

std::string to_string(ByteView bytes) { return std::string(as_text(bytes)); }

void append(Bytes& out, ByteView more) { out.insert(out.end(), more.begin(), more.end()); }

void append_be32(Bytes& out, std::uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) {
        out.push_back(static_cast<std::uint8_t>(value >> shift));
    }
}

void append_be64(Bytes& out, std::uint64_t value) {
    append_be32(out, static_cast<std::uint32_t>(value >> 32));
    append_be32(out, static_cast<std::uint32_t>(value));
}

std::uint32_t read_be32(ByteView bytes) {
    ASSAY_CHECK(bytes.size() >= 4);
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        value = (value << 8U) | bytes[i];
    }
    return value;
}

std::uint64_t read_be64(ByteView bytes) {
    ASSAY_CHECK(bytes.size() >= 8);
    return (std::uint64_t{read_be32(bytes)} << 32U) | read_be32(bytes.subspan(4));
}

}  // namespace assay
