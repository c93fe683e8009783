#pragma once

#include <optional>

#include "crypto/age.h"
#include "crypto/age_header.h"

// Internal to the age files of this folder: wrapping a file key for somebody.
namespace assay::crypto::age {

/// scrypt needs 128 * 8 * 2^log_n bytes of memory: 4 GiB for 22.
constexpr int kLogNMax = 22;

Stanza wrap_x25519(Random& random, const SecretBytes& file_key, const AgeRecipient& recipient);
/// kUnavailable (crypto.age.memory) where scrypt gets no memory.
Result<Stanza> wrap_scrypt(Random& random, const SecretBytes& file_key, const Pin& pin, int log_n);

/// The file key, its header's MAC checked. Stanzas of unknown type are passed over.
Result<SecretBytes> unwrap(const Header& header, ByteView file, const AgeIdentity& identity);
Result<SecretBytes> unwrap(const Header& header, ByteView file, const Pin& pin, int max_log_n);

}  // namespace assay::crypto::age
