#pragma once

#include <optional>

#include "crypto/keys/session.h"
#include "crypto/secret.h"

namespace assay::keys {

/// A new PIN: fewer characters are guessed in minutes.
constexpr std::size_t kPinBytesMin = 6;
constexpr std::size_t kPinBytesMax = 256;

/// A file descriptor of the caller, or the terminal. Never an argument or a variable: other
/// processes can read those.
struct PinSource {
    std::optional<int> fd;
};

/// One line without its newline.
Result<crypto::SecretBytes> read_pin(const Session& session, const PinSource& source);

/// At least kPinBytesMin; a terminal is asked twice.
Result<crypto::SecretBytes> read_new_pin(const Session& session, const PinSource& source);

}  // namespace assay::keys
