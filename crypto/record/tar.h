#pragma once
// POSIX.1-2017 pax, "ustar Interchange Format". Pure, any thread. Bytes; kInvalid: no tar of ours.
#include <string>
#include <vector>

#include "crypto/base/bytes.h"
#include "crypto/base/result.h"

namespace assay::record {

inline constexpr std::size_t kTarEntriesMax = 4096;
inline constexpr std::size_t kTarNameBytesMax = 100;
inline constexpr std::size_t kTarBytesMax = 64U << 20U;

struct TarEntry {
    std::string name;
    Bytes bytes;
    friend bool operator==(const TarEntry&, const TarEntry&) = default;
};

/// A POSIX ustar archive of plain files in this order, with fixed owner, mode 0600 and time 0: the
/// same entries give the same bytes.
Bytes write_tar(const std::vector<TarEntry>& entries);

/// Reads only the exact bytes that write_tar makes: plain files, names without '/', '\\', control
/// characters, "." or "..", no duplicates, links or folders, nothing after the end, the limits.
Result<std::vector<TarEntry>> read_tar(ByteView archive);

}  // namespace assay::record
