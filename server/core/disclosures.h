#pragma once

#include <functional>

#include "crypto/age.h"
#include "server/core/intake.h"

namespace assay::server_core {

/// Takes a file of an auditor's folder, by its name in it (server/audit/README.md).
using TakeFile = std::function<Status(const std::string& name, ByteView bytes)>;

/// What a disclosure came to.
struct Disclosed {
    std::size_t packages = 0;  ///< attempts whose package is in the folder
    std::size_t keys = 0;      ///< attempts whose key was sealed to the auditor
    std::size_t erased = 0;    ///< attempts whose key is destroyed
    std::size_t views = 0;     ///< scoring views
};

/// The folder of a whole sitting: what the organisation signed, what its rooms say, and for each
/// attempt package, receipt, mark sheets and newest result. Opens nothing and names nobody.
Result<Disclosed> export_sitting(Ports& ports, const Trust& trust, Sittings& sittings,
                                 Intake& intake, const SittingId& sitting, const TakeFile& take);

/// Verifies a t-of-n disclosure, keeps it as a leaf, then gives that folder with P_a of each
/// attempt and, where it says so, V of each part sealed to its recipient. Again: the same, under
/// the same leaf.
Result<Disclosed> disclose_sitting(Ports& ports, const Trust& trust, Sittings& sittings,
                                   Intake& intake, ByteView disclosure,
                                   const crypto::AgeIdentity& scoring_key, const TakeFile& take);

}  // namespace assay::server_core
