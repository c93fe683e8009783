#pragma once

#include "crypto/base/disk.h"
#include "crypto/base/result.h"

namespace assay::platform {

/// There is a socket at `path`, whether somebody listens or not. False for an empty path.
bool is_local_socket(const Path& path);

/// A connection to the stream socket at `path`, which the caller owns; closed when another program
/// is started. Never waits. kUnavailable where nobody listens, or the path is too long for one.
Result<int> connect_local(const Path& path);

}  // namespace assay::platform
