#pragma once

#include "crypto/base/disk.h"

namespace assay::command {

/// Creates `path` with mode 0600, durable and whole: a program that is killed leaves `path`.new at
/// most. kConflict where something has that name: a key file is never written over.
Status write_new(Disk& disk, const Path& path, ByteView bytes);

/// The same error about `path`, the file that a person asked for, and not about a name beside it.
Error naming(Error error, const Path& path);

/// kConflict: `temporary` is there because another program writes it or one was killed.
Error left_over(const Path& temporary);

}  // namespace assay::command
