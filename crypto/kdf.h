#pragma once

#include <string_view>

#include "crypto/base/bytes.h"
#include "crypto/base/ids.h"
#include "crypto/secret.h"

namespace assay::crypto {

Digest hmac_sha256(ByteView key, ByteView data);

/// HKDF-SHA-256 (RFC 5869) to 32 bytes.
SecretBytes hkdf_sha256(ByteView key, ByteView salt, std::string_view info);

}  // namespace assay::crypto
