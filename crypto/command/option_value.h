#pragma once

#include <string>

#include "crypto/age.h"
#include "crypto/base/clock.h"
#include "crypto/base/ids.h"
#include "crypto/ed25519.h"

// What a person writes after an option. Where it is not what the option takes, the command line is
// wrong and nothing else: kUsage with the option's name, whatever its reader calls it.
namespace assay::command {

/// kUsage: `text` after `option` is not an id or digest of `bytes` bytes.
Error wrong_hex(const char* option, const std::string& text, std::size_t bytes);

/// An id or a digest.
template <typename Id>
Result<Id> hex_value(const char* option, const std::string& text) {
    Result<Id> read = Id::from_hex(text);
    return read.ok() ? std::move(read) : wrong_hex(option, text, Id::kBytes);
}

Result<WallTime> time_value(const char* option, const std::string& text);
/// A public signing key as assay-keys prints it.
Result<crypto::VerifyKey> key_value(const char* option, const std::string& text);
Result<crypto::AgeRecipient> recipient_value(const char* option, const std::string& text);

}  // namespace assay::command
