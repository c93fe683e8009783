#pragma once

#include "crypto/secret.h"

namespace assay::desk {

inline constexpr std::size_t kPinBytesMax = 256;

/// The next line of a file descriptor, without its newline, byte by byte so that nothing after it
/// is taken. kUsage (desk.pin.empty) where there is none.
Result<crypto::SecretBytes> read_pin_line(int fd);

}  // namespace assay::desk
