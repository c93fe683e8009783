#pragma once

#include "crypto/secret.h"
#include "crypto/tls_identity.h"

namespace assay::test {

/// The same identity for the same letter.
inline crypto::TlsIdentity identity(char letter) {
    const Bytes seed(crypto::TlsIdentity::kSeedBytes, static_cast<std::uint8_t>(letter));
    return crypto::TlsIdentity::from_seed(crypto::SecretBytes::copy_of(seed)).value();
}

}  // namespace assay::test
