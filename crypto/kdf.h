#pragma once
// Keys from keys. Lengths are bytes. Pure functions, for any thread; there are no errors.
#include <string_view>

#include "crypto/base/bytes.h"
#include "crypto/base/ids.h"
#include "crypto/secret.h"

namespace assay::crypto {

/// HMAC-SHA-256 (RFC 2104), keys of any length. Compare results with equal_secret (secret.h).
Digest hmac_sha256(ByteView key, ByteView data);

/// HKDF-SHA-256 (RFC 5869 sections 2.2 and 2.3) to 32 bytes. An empty salt is the RFC's "not
/// provided". `info` names the use, "assay/v1/...": two uses never share one.
SecretBytes hkdf_sha256(ByteView key, ByteView salt, std::string_view info);

}  // namespace assay::crypto
