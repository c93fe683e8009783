#include "crypto/ed25519.h"

#include <algorithm>

#include <sodium.h>

#include "crypto/base/check.h"
#include "crypto/base64.h"
#include "crypto/hash.h"

namespace assay::crypto {

namespace {

constexpr std::string_view kTextPrefix = "ed25519:";
static_assert(crypto_sign_BYTES == Signature::kBytes);
static_assert(crypto_sign_SEEDBYTES == SigningKey::kSeedBytes);

}  // namespace

Result<VerifyKey> VerifyKey::from_bytes(ByteView bytes) {
    VerifyKey key;
    if (bytes.size() != key.bytes_.size()) {
        return fail(Code::kInvalid, "crypto.ed25519.length"_id,
                    {{"found", std::to_string(bytes.size())}});
    }
    ASSAY_CHECK(sodium_init() >= 0);
    if (crypto_core_ed25519_is_valid_point(bytes.data()) != 1) {
        return fail(Code::kInvalid, "crypto.ed25519.point"_id);
    }
    std::ranges::copy(bytes, key.bytes_.begin());
    return key;
}

Result<VerifyKey> VerifyKey::from_text(std::string_view text) {
    if (!text.starts_with(kTextPrefix)) {
        return fail(Code::kInvalid, "crypto.ed25519.text"_id);
    }
    const Result<Bytes> bytes = from_base64(text.substr(kTextPrefix.size()));
    if (!bytes.ok()) {
        return fail(Code::kInvalid, "crypto.ed25519.text"_id);
    }
    return from_bytes(*bytes);
}

std::string VerifyKey::text() const { return std::string(kTextPrefix) + to_base64(bytes_); }

Digest VerifyKey::id() const { return sha256(bytes_); }

// libsodium recomputes R from s, A and the message and compares its bytes with the given R, so a
// signature with any other encoding of R is refused without a check of our own.
bool VerifyKey::verifies(ByteView message, const Signature& signature) const {
    return crypto_sign_verify_detached(signature.bytes.data(), message.data(), message.size(),
                                       bytes_.data()) == 0;
}

SigningKey::SigningKey(ByteView seed) : secret_(SecretBytes::zeros(crypto_sign_SECRETKEYBYTES)) {
    ASSAY_CHECK(seed.size() == kSeedBytes);
    ASSAY_CHECK(
        crypto_sign_seed_keypair(public_.bytes_.data(), secret_.span().data(), seed.data()) == 0);
}

SigningKey SigningKey::generate(Random& random) {
    return SigningKey(SecretBytes::random(random, kSeedBytes).view());
}

Result<SigningKey> SigningKey::from_seed(const SecretBytes& seed) {
    if (seed.size() != kSeedBytes) {
        return fail(Code::kInvalid, "crypto.ed25519.seed"_id,
                    {{"found", std::to_string(seed.size())}});
    }
    return SigningKey(seed.view());
}

SecretBytes SigningKey::seed() const {
    return SecretBytes::copy_of(secret_.view().first(kSeedBytes));
}

Signature SigningKey::sign(ByteView message) const {
    Signature out;
    ASSAY_CHECK(crypto_sign_detached(out.bytes.data(), nullptr, message.data(), message.size(),
                                     secret_.view().data()) == 0);
    return out;
}

}  // namespace assay::crypto
