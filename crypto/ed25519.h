#pragma once

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

/// An Ed25519 public key that is a point of the prime order group: the only kind under which
/// "valid signature" means the same to everybody (see the README).
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
    /// RFC 8032, without pre-hashing.
    bool verifies(ByteView message, const Signature& signature) const;

    friend auto operator<=>(const VerifyKey&, const VerifyKey&) = default;

  private:
    friend class SigningKey;
    VerifyKey() = default;
    std::array<std::uint8_t, 32> bytes_{};
};

/// An Ed25519 key pair.
class SigningKey {
  public:
    static constexpr std::size_t kSeedBytes = 32;

    static SigningKey generate(Random& random);
    /// The 32-byte private key of RFC 8032; kInvalid for another length.
    static Result<SigningKey> from_seed(const SecretBytes& seed);

    SecretBytes seed() const;
    const VerifyKey& verify_key() const { return public_; }
    Signature sign(ByteView message) const;

  private:
    explicit SigningKey(ByteView seed);
    SecretBytes secret_;
    VerifyKey public_;
};

}  // namespace assay::crypto
