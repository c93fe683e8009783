#pragma once

#include "crypto/record/access.h"
#include "server/core/intake.h"

namespace assay::server_core {

/// What the one to whom an attempt was opened gets: `age -d -i own.key attempt-key.age > p.key`,
/// then `age -d -i p.key package.age` with ordinary tools.
struct OpenedAttempt {
    Bytes key;        ///< age(P_a -> the opening's recipient)
    Bytes package;    ///< package.age
    Bytes statement;  ///< package.dsse.json
    std::string receipt;
};

/// Verifies a t-of-n opening, keeps it as a leaf, and seals P_a to its recipient. kRefused where it
/// names another package or key than the ones that count for the attempt.
Result<OpenedAttempt> open_attempt(Ports& ports, const Trust& trust, Sittings& sittings,
                                   Intake& intake, ByteView opening,
                                   const crypto::AgeIdentity& scoring_key);

}  // namespace assay::server_core
