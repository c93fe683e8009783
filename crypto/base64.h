#pragma once
// Bytes as text. Pure functions, for any thread.
#include <string>
#include <string_view>

#include "crypto/base/bytes.h"
#include "crypto/base/result.h"

namespace assay::crypto {

/// RFC 4648 section 4, with padding, no line breaks.
std::string to_base64(ByteView bytes);
/// Exactly what to_base64 writes: padding present, unused bits zero, nothing else; kInvalid
/// (crypto.base64.malformed) otherwise.
Result<Bytes> from_base64(std::string_view text);

/// The same without padding.
std::string to_base64_raw(ByteView bytes);
Result<Bytes> from_base64_raw(std::string_view text);

}  // namespace assay::crypto
