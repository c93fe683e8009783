#pragma once

#include <span>
#include <string>
#include <string_view>

#include "crypto/base/bytes.h"
#include "crypto/base/result.h"

namespace assay {

/// Lower-case hex.
std::string to_hex(ByteView bytes);

/// Exactly out.size() bytes of lower-case hex; anything else is kInvalid and leaves `out`
/// undefined.
Status read_hex(std::string_view text, std::span<std::uint8_t> out);

/// Any even number of lower-case hex digits.
Result<Bytes> from_hex(std::string_view text);

}  // namespace assay
