#pragma once

#include "crypto/key_ring.h"

namespace assay::server_core {

/// The server's keys, one purpose each, out of its key ring: "release", "result", "log", "tls".
struct ServerKeys {
    MachineId id;
    crypto::SigningKey release;
    crypto::SigningKey result;
    crypto::SigningKey log;
    crypto::SecretBytes tls_seed;

    static Result<ServerKeys> from(const crypto::KeyRing& ring) {
        ASSAY_TRY(crypto::SigningKey release, ring.signing("release"));
        ASSAY_TRY(crypto::SigningKey result, ring.signing("result"));
        ASSAY_TRY(crypto::SigningKey log, ring.signing("log"));
        ASSAY_TRY(crypto::SecretBytes tls_seed, ring.seed("tls"));
        return ServerKeys{ring.id(), std::move(release), std::move(result), std::move(log),
                          std::move(tls_seed)};
    }
};

}  // namespace assay::server_core
