#pragma once
// Ed25519. Lengths are bytes. Errors: crypto.ed25519.length, .point, .text, .seed (all kInvalid).
#include <array>
#include <compare>
#include <string>
#include <string_view>

#include "crypto/base/bytes.h"
#include "crypto/base/ids.h"
#include "crypto/base/random.h"
#include "crypto/base/result.h"
#include "crypto/secret.h"

namespace assay::crypto {

using Signature = Fixed<struct SignatureTag, 64>;

/// An Ed25519 public key (RFC 8032 section 5.1) that is a point of the prime order group: the only
/// kind under which "valid signature" means the same to everybody (see the README). A value; any
/// thread.
class VerifyKey {
  public:
    /// 32 bytes. kInvalid for another length or a point outside the prime order group.
    static Result<VerifyKey> from_bytes(ByteView bytes);
    /// "ed25519:" and 44 characters of Base64.
    static Result<VerifyKey> from_text(std::string_view text);

    std::string text() const;
    ByteView view() const { return bytes_; }
    /// SHA-256 of the 32 bytes: the key id of DSSE envelopes.
    Digest id() const;
    /// RFC 8032 section 5.1.7, without pre-hashing and without the cofactor, and s below the group
    /// order: the one rule behind every verifier here.
    bool verifies(ByteView message, const Signature& signature) const;

    friend auto operator<=>(const VerifyKey&, const VerifyKey&) = default;

  private:
    friend class SigningKey;
    VerifyKey() = default;
    std::array<std::uint8_t, 32> bytes_{};
};

/// An Ed25519 key pair. Move-only. Signing is deterministic (RFC 8032 section 5.1.6); any thread.
class SigningKey {
  public:
    static constexpr std::size_t kSeedBytes = 32;

    static SigningKey generate(Random& random);
    /// The 32-byte private key of RFC 8032; kInvalid for another length.
    static Result<SigningKey> from_seed(const SecretBytes& seed);

    /// The 32 bytes that from_seed() takes back.
    SecretBytes seed() const;
    const VerifyKey& verify_key() const { return public_; }
    Signature sign(ByteView message) const;

  private:
    explicit SigningKey(ByteView seed);
    SecretBytes secret_;
    VerifyKey public_;
};

}  // namespace assay::crypto
