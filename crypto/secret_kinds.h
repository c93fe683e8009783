#pragma once

#include <utility>

#include "crypto/base/check.h"
#include "crypto/base/result.h"
#include "crypto/secret.h"

// Secrets that look alike and are not: each kind is a type of its own, so that none is given where
// another belongs. Move-only, wiped and never printed, as SecretBytes, which none of them turns
// into: who needs the bytes says view().
namespace assay::crypto {

/// 32 secret bytes of one kind.
template <typename Kind>
class SecretKey {
  public:
    static constexpr std::size_t kBytes = 32;

    static SecretKey random(Random& random) {
        return SecretKey(SecretBytes::random(random, kBytes));
    }
    /// What came from outside: kInvalid (crypto.secret.length) for any other length. The caller
    /// wipes its own copy.
    static Result<SecretKey> from_bytes(ByteView bytes) {
        if (bytes.size() != kBytes) {
            return fail(Code::kInvalid, "crypto.secret.length"_id,
                        {{"found", std::to_string(bytes.size())}});
        }
        return SecretKey(SecretBytes::copy_of(bytes));
    }
    /// What kdf.h derived or secret.h made: exactly kBytes, anything else is a bug.
    explicit SecretKey(SecretBytes bytes) : bytes_(std::move(bytes)) {
        ASSAY_CHECK(bytes_.size() == kBytes);
    }

    ByteView view() const { return bytes_.view(); }
    SecretKey copy() const { return SecretKey(bytes_.copy()); }
    /// In a time that does not depend on the bytes.
    bool equals(const SecretKey& other) const { return bytes_.equals(other.bytes_); }

  private:
    SecretBytes bytes_;
};

/// K_j: what the records of one journal are sealed with (crypto/record/journal.h).
using JournalKey = SecretKey<struct JournalKeyKind>;
/// What opens one encrypted database (crypto/vault): a terminal's store, one of a server's files.
using StoreKey = SecretKey<struct StoreKeyKind>;

/// What a person types to open a key file: any bytes, perhaps none. How long a new one must be is
/// for who asks for it (crypto/command/pin.h).
class Pin {
  public:
    explicit Pin(SecretBytes typed) : typed_(std::move(typed)) {}

    ByteView view() const { return typed_.view(); }
    std::size_t size() const { return typed_.size(); }
    Pin copy() const { return Pin(typed_.copy()); }
    /// In a time that depends on the sizes only.
    bool equals(const Pin& other) const { return typed_.equals(other.typed_); }

  private:
    SecretBytes typed_;
};

}  // namespace assay::crypto
