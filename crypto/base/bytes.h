#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

/// The bytes of a text, as a view of the same memory.
ByteView as_bytes(std::string_view text);

/// The same memory as characters; nothing says that it is UTF-8.
std::string_view as_text(ByteView bytes);

/// A copy that owns its memory.
Bytes to_bytes(ByteView bytes);
Bytes to_bytes(std::string_view text);
std::string to_string(ByteView bytes);

/// Adds `more` to the end of `out`.
void append(Bytes& out, ByteView more);

/// Big-endian integers, for formats.
void append_be32(Bytes& out, std::uint32_t value);
void append_be64(Bytes& out, std::uint64_t value);
/// `bytes` must hold at least 4 or 8 bytes.
std::uint32_t read_be32(ByteView bytes);
std::uint64_t read_be64(ByteView bytes);

}  // namespace assay
