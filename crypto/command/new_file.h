#pragma once

#include "crypto/base/disk.h"

namespace assay::command {

/// Creates `path` with mode 0600, durable; kConflict where something has that name: a key file is
/// never written over.
Status write_new(Disk& disk, const Path& path, ByteView bytes);

}  // namespace assay::command
