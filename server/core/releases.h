#pragma once

#include "server/core/sittings.h"
#include "server/protocol/release.h"

namespace assay::server_core {

/// Hands out capsules with a signed release, once the officers' batch and the time allow it. The
/// server can open none of them.
class Releases {
  public:
    Releases(Ports ports, const Trust& trust, Sittings& sittings, crypto::SigningKey key)
        : ports_(ports), trust_(trust), sittings_(sittings), key_(std::move(key)) {}

    /// The officers' approval in advance.
    Status add_batch(ByteView batch);
    /// For the desk in charge of the room, which proves it by its opening. The same release again
    /// when asked again.
    Result<protocol::ReleaseReply> release(const protocol::ReleaseRequest& request,
                                           const MachineId& desk);

  private:
    Result<record::Signed<record::Batch>> batch_for(const record::SittingManifest& manifest,
                                                    const record::ManifestPart& part);
    Result<record::Signed<record::Release>> make(const Sitting& sitting,
                                                 const record::ManifestPart& part,
                                                 const protocol::ReleaseRequest& request,
                                                 const MachineId& desk,
                                                 const record::Signed<record::Batch>& batch);

    Ports ports_;
    const Trust& trust_;
    Sittings& sittings_;
    crypto::SigningKey key_;
};

}  // namespace assay::server_core
