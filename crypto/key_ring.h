#pragma once
// Keys of one holder on disk. Lengths are bytes, scrypt work log2(N) (RFC 7914). One thread a ring.
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/age.h"
#include "crypto/base/ids.h"
#include "crypto/base/random.h"
#include "crypto/ed25519.h"
#include "crypto/secret.h"

namespace assay::crypto {

inline constexpr std::size_t kKeyRingBytesMax = 16384;  ///< the age file, and the text inside
inline constexpr std::size_t kKeyRingKeysMax = 64;
inline constexpr int kPinLogN = 16;     ///< scrypt work of a PIN-protected file: 0.2 s
inline constexpr int kPinLogNMax = 20;  ///< more is refused before work is done

/// The secret keys of one holder (a person or a machine), one purpose each, by name: "signing",
/// "tls", "age", "release", "result", "log", "site-log". On disk only as an age file under a PIN.
/// Inside it is text, a line each:
///
///     assay-keys/v1 <machine id, 32 hex>
///     <name> ed25519 <seed, 64 hex>
///     <name> age AGE-SECRET-KEY-1...
class KeyRing {
  public:
    explicit KeyRing(MachineId id) : id_(id) {}
    KeyRing(KeyRing&&) noexcept = default;
    KeyRing& operator=(KeyRing&&) noexcept = default;
    KeyRing(const KeyRing&) = delete;
    KeyRing& operator=(const KeyRing&) = delete;
    ~KeyRing() = default;

    const MachineId& id() const { return id_; }
    /// A name is lower-case words joined by '-', at most 32 characters; once only.
    void add_signing(const std::string& name, const SigningKey& key);
    void add_age(const std::string& name, const AgeIdentity& key);

    /// kNotFound names the key that is missing.
    Result<SigningKey> signing(std::string_view name) const;
    Result<AgeIdentity> age(std::string_view name) const;
    /// The 32-byte seed of a signing key, for TLS (crypto/tls_identity.h).
    Result<SecretBytes> seed(std::string_view name) const;
    bool has(std::string_view name) const { return keys_.find(name) != keys_.end(); }

    /// Sorted.
    std::vector<std::string> names() const;

    SecretBytes text() const;
    /// Exactly what text() writes; kInvalid (crypto.key-ring.malformed) otherwise.
    static Result<KeyRing> from_text(ByteView text);

    /// The age file under a PIN, with kPinLogN. kUnavailable (crypto.age.memory) without memory.
    Result<Bytes> lock(Random& random, const Pin& pin) const;
    /// kDenied (crypto.age.passphrase) for a wrong PIN; kLimit where the file asks for more work
    /// than kPinLogNMax; kInvalid or kCorrupt where it is no key ring or was changed.
    static Result<KeyRing> unlock(ByteView file, const Pin& pin);

  private:
    struct Key {
        bool age = false;
        SecretBytes secret;  ///< seed, or the identity's text
    };
    MachineId id_;
    std::map<std::string, Key, std::less<>> keys_;
};

}  // namespace assay::crypto
