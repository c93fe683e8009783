#pragma once

#include "server/store/embedded_store.h"

namespace assay::store {

/// What a copy came to.
struct BackupCount {
    std::uint64_t files = 0;
    std::uint64_t bytes = 0;
};

/// Copies a store into a folder that has none. Another process may have it open and write to it:
/// the copy is one that this store could have left in a crash during the call, and holds everything
/// that was acknowledged before it. The index is left out, since the volumes make it again; wraps
/// of P_a go to `wraps` alone, and are left out where that is empty. kConflict where the target
/// holds a store, kCorrupt where a volume does not pass its digests.
Result<BackupCount> back_up(const Path& folder, const StoreKeys& keys, const Path& target,
                            const Path& wraps, Random& random);

/// Copies all files below a folder, each durable; folders are made.
Result<BackupCount> copy_folder(Disk& disk, const Path& from, const Path& to);

}  // namespace assay::store
