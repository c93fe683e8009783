#pragma once

#include <memory>

#include "crypto/base/disk.h"

namespace assay::sealed {

/// Bytes in memory as a File that can only be read, for a bank that came from the network.
std::unique_ptr<File> memory_file(Bytes bytes);

}  // namespace assay::sealed
