#pragma once
// SHA-256 (FIPS 180-4) of a file. One thread a file.
#include "crypto/base/disk.h"
#include "crypto/base/ids.h"

namespace assay::crypto {

/// SHA-256 of all bytes of an open file, read 1 MiB at a time. Errors are the file's.
Result<Digest> sha256(File& file);

}  // namespace assay::crypto
