#include <array>
#include <numeric>

#include <openssl/evp.h>
#include <sodium.h>

#include "crypto/aead.h"
#include "crypto/base/hex.h"
#include "crypto/ed25519.h"
#include "crypto/hash.h"
#include "crypto/kdf.h"
#include "crypto/process.h"

namespace assay::crypto {

namespace {

// Sources: FIPS 180-4 "abc"; RFC 4231 case 2; RFC 8032 7.1 test 2; RFC 7748 5.2; RFC 7914 12.
// HKDF, the two ciphers and PBKDF2 with inputs of our own, computed by other implementations.

bool hashes() {
    return sha256(as_bytes("abc")).hex() ==
           "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
}

bool macs() {
    return hmac_sha256(as_bytes("Jefe"), as_bytes("what do ya want for nothing?")).hex() ==
           "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
}

bool derives() {
    const Bytes key(22, 0x0b);
    const Bytes salt(8, 0x01);
    return to_hex(hkdf_sha256(key, salt, "assay").view()) ==
           "766bab30f94c2e16427ce5fa12c0460337d59e726e48779f5caefaed7e0be136";
}

bool signs() {
    std::array<std::uint8_t, SigningKey::kSeedBytes> seed{};
    if (!read_hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", seed).ok()) {
        return false;
    }
    const Result<SigningKey> key = SigningKey::from_seed(SecretBytes::copy_of(seed));
    if (!key.ok()) {
        return false;
    }
    Signature signature = key->sign(as_bytes("r"));
    const bool known = signature.hex() ==
                       "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                       "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";
    const bool good = key->verify_key().verifies(as_bytes("r"), signature);
    signature.bytes[0] ^= 1U;
    return known && good && !key->verify_key().verifies(as_bytes("r"), signature);
}

bool agrees() {
    std::array<std::uint8_t, crypto_scalarmult_SCALARBYTES> scalar{};
    std::array<std::uint8_t, crypto_scalarmult_BYTES> point{};
    std::array<std::uint8_t, crypto_scalarmult_BYTES> shared{};
    return read_hex("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4", scalar)
               .ok() &&
           read_hex("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c", point)
               .ok() &&
           crypto_scalarmult(shared.data(), scalar.data(), point.data()) == 0 &&
           to_hex(shared) == "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552";
}

bool seals() {
    Bytes counting(32);
    std::iota(counting.begin(), counting.end(), std::uint8_t{0});
    const ChaChaKey chacha{counting};
    Bytes sealed(5 + kAeadTagBytes);
    Bytes opened(5);
    chacha.seal({}, as_bytes("a"), as_bytes("assay"), sealed);
    if (to_hex(sealed) != "79cb3150d46c1f41ada1b3086c1b212014a4c4b654" ||
        !chacha.open({}, as_bytes("a"), sealed, opened) || opened != to_bytes("assay")) {
        return false;
    }
    sealed[0] ^= 1U;
    if (chacha.open({}, as_bytes("a"), sealed, opened)) {
        return false;
    }
    const SecretBytes key = SecretBytes::copy_of(counting);
    const ByteView nonce = ByteView(counting).first(kXChaChaNonceBytes);
    Bytes extended = xchacha_seal(key, nonce, as_bytes("a"), as_bytes("assay"));
    const bool known = to_hex(extended) == "ffb17c1ee94cebe451e05da0e0b0b9d75a1d418d47";
    extended[0] ^= 1U;
    return known && !xchacha_open(key, nonce, as_bytes("a"), extended).ok();
}

bool stretches() {
    std::array<std::uint8_t, 32> out{};
    const std::string_view password = "password";
    const std::string_view salt = "salt";
    const std::uint8_t nothing = 0;
    if (crypto_pwhash_scryptsalsa208sha256_ll(&nothing, 0, &nothing, 0, 16, 1, 1, out.data(),
                                              out.size()) != 0 ||
        to_hex(out) != "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442") {
        return false;
    }
    return PKCS5_PBKDF2_HMAC(password.data(), static_cast<int>(password.size()),
                             as_bytes(salt).data(), static_cast<int>(salt.size()), 2, EVP_sha256(),
                             static_cast<int>(out.size()), out.data()) == 1 &&
           to_hex(out) == "ae4d0c95af6b46d32d0adff928f06dd02a303f8ef3c251dfd6e2d85a95474c43";
}

}  // namespace

Status self_test() {
    struct Known {
        const char* name;
        bool (*answers)();
    };
    static constexpr std::array<Known, 7> kKnown = {{{"SHA-256", hashes},
                                                     {"HMAC", macs},
                                                     {"HKDF", derives},
                                                     {"Ed25519", signs},
                                                     {"X25519", agrees},
                                                     {"ChaCha20-Poly1305", seals},
                                                     {"scrypt", stretches}}};
    for (const Known& known : kKnown) {
        if (!known.answers()) {
            return fail(Code::kCorrupt, "crypto.process.self-test"_id, {{"primitive", known.name}});
        }
    }
    return Ok{};
}

}  // namespace assay::crypto
