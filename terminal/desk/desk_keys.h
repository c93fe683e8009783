#pragma once

#include "crypto/key_ring.h"
#include "crypto/record/types.h"

namespace assay::desk {

/// The desk's own keys, one purpose each, out of its key ring: "signing", "site-log", "tls", "age".
struct DeskKeys {
    MachineId id;
    crypto::SigningKey signing;
    crypto::SigningKey site_log;
    crypto::SecretBytes tls_seed;
    crypto::AgeIdentity age;

    static Result<DeskKeys> from(const crypto::KeyRing& ring);
};

}  // namespace assay::desk
