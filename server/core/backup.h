#pragma once

#include "server/core/central_log.h"
#include "server/store/backup.h"

namespace assay::server_core {

/// Names in a backup: folders `store` and `log` as in the server's folder, and the digests of all
/// files, as `sha256sum -c` reads them.
inline constexpr const char* kSumsFile = "SHA256SUMS";
inline constexpr std::size_t kSumsBytesMax = std::size_t{64} << 20U;

/// What is copied, of which server.
struct BackupOrder {
    Path folder;  ///< the server's; it may be running
    Path target;  ///< a new folder
    Path wraps;   ///< where the wraps of P_a go, apart from the rest; empty: nowhere
};

/// Copies store, then log, and writes the digests. The log's copy is verified leaf by leaf; leaves
/// that it lacks come from the volumes when the copy is opened.
Result<store::BackupCount> back_up_server(const BackupOrder& order, const store::StoreKeys& keys,
                                          const std::string& origin,
                                          const crypto::SigningKey& log_key, Random& random);

struct RestoreOrder {
    Path backup;
    Path wraps;   ///< a folder of wraps; empty: none, and nothing can be opened or scored
    Path log;     ///< a newer copy of the log than the backup's, such as its mirror; empty: none
    Path folder;  ///< a new one
};

/// Checks every file against its digest, then copies. kCorrupt names the first that is missing or
/// another; kConflict where the folder holds something.
Result<store::BackupCount> restore_server(const RestoreOrder& order);

}  // namespace assay::server_core
