#include "crypto/age_stanza.h"

#include <algorithm>

#include <sodium.h>

#include "crypto/aead.h"
#include "crypto/base/check.h"
#include "crypto/base64.h"
#include "crypto/kdf.h"

namespace assay::crypto::age {

namespace {

constexpr std::string_view kX25519 = "X25519";
constexpr std::string_view kScrypt = "scrypt";
constexpr std::string_view kX25519Info = "age-encryption.org/v1/X25519";
constexpr std::string_view kScryptSalt = "age-encryption.org/v1/scrypt";
constexpr std::size_t kScryptSaltBytes = 16;
constexpr std::size_t kWrappedBytes = kFileKeyBytes + kAeadTagBytes;

Bytes seal_file_key(const SecretBytes& wrap_key, const SecretBytes& file_key) {
    Bytes out(kWrappedBytes);
    ChaChaKey(wrap_key.view()).seal({}, {}, file_key.view(), out);
    return out;
}

/// Nothing where the key is another one.
std::optional<SecretBytes> open_file_key(const SecretBytes& wrap_key, ByteView body) {
    SecretBytes out = SecretBytes::zeros(kFileKeyBytes);
    if (!ChaChaKey(wrap_key.view()).open({}, {}, body, out.span())) {
        return std::nullopt;
    }
    return out;
}

SecretBytes x25519_wrap_key(const SecretBytes& shared, ByteView share, ByteView recipient) {
    Bytes salt = to_bytes(share);
    append(salt, recipient);
    return hkdf_sha256(shared.view(), salt, kX25519Info);
}

Result<std::optional<SecretBytes>> open_x25519(const Stanza& stanza, const AgeIdentity& identity) {
    if (stanza.arguments.size() != 2 || stanza.body.size() != kWrappedBytes) {
        return broken_header();
    }
    const Result<Bytes> share = from_base64_raw(stanza.arguments[1]);
    if (!share.ok() || share->size() != crypto_scalarmult_BYTES) {
        return broken_header();
    }
    SecretBytes shared = SecretBytes::zeros(crypto_scalarmult_BYTES);
    // Fails for a share of small order: the secret would be all zeros.
    if (crypto_scalarmult(shared.span().data(), identity.scalar().view().data(), share->data()) !=
        0) {
        return broken_header();
    }
    return open_file_key(x25519_wrap_key(shared, *share, identity.recipient().view()), stanza.body);
}

Result<SecretBytes> scrypt_wrap_key(const Pin& pin, ByteView salt, int log_n) {
    Bytes full_salt = to_bytes(kScryptSalt);
    append(full_salt, salt);
    SecretBytes out = SecretBytes::zeros(kAeadKeyBytes);
    static constexpr std::uint8_t kNothing = 0;
    const std::uint8_t* const secret = pin.size() == 0 ? &kNothing : pin.view().data();
    const int failed = crypto_pwhash_scryptsalsa208sha256_ll(
        secret, pin.size(), full_salt.data(), full_salt.size(), std::uint64_t{1} << log_n, 8, 1,
        out.span().data(), out.size());
    if (failed != 0) {
        return fail(Code::kUnavailable, "crypto.age.memory"_id);
    }
    return out;
}

/// Decimal without leading zeros; more than two digits is more than anybody allows.
Result<int> read_log_n(std::string_view text) {
    if (text.empty() || text[0] == '0' ||
        !std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; })) {
        return broken_header();
    }
    int out = 0;
    for (const char c : text.substr(0, 3)) {
        out = out * 10 + (c - '0');
    }
    return out;
}

/// A scrypt stanza stands alone: a second recipient could otherwise read what the holder of the
/// passphrase believes to be between the two of them.
Status check_scrypt_alone(const Header& header) {
    const bool scrypt = std::ranges::any_of(
        header.stanzas, [](const Stanza& stanza) { return stanza.arguments[0] == kScrypt; });
    if (scrypt && header.stanzas.size() != 1) {
        return broken_header();
    }
    return Ok{};
}

Result<Bytes> scrypt_salt(const Stanza& stanza) {
    if (stanza.arguments.size() != 3 || stanza.body.size() != kWrappedBytes) {
        return broken_header();
    }
    const Result<Bytes> salt = from_base64_raw(stanza.arguments[1]);
    if (!salt.ok() || salt->size() != kScryptSaltBytes) {
        return broken_header();
    }
    return *salt;
}

}  // namespace

Stanza wrap_x25519(Random& random, const SecretBytes& file_key, const AgeRecipient& recipient) {
    const SecretBytes scalar = SecretBytes::random(random, crypto_scalarmult_SCALARBYTES);
    std::array<std::uint8_t, crypto_scalarmult_BYTES> share{};
    SecretBytes shared = SecretBytes::zeros(crypto_scalarmult_BYTES);
    ASSAY_CHECK(crypto_scalarmult_base(share.data(), scalar.view().data()) == 0);
    ASSAY_CHECK(crypto_scalarmult(shared.span().data(), scalar.view().data(),
                                  recipient.view().data()) == 0);
    const SecretBytes wrap_key = x25519_wrap_key(shared, share, recipient.view());
    return {{std::string(kX25519), to_base64_raw(share)}, seal_file_key(wrap_key, file_key)};
}

Result<Stanza> wrap_scrypt(Random& random, const SecretBytes& file_key, const Pin& pin, int log_n) {
    ASSAY_CHECK(log_n >= 1 && log_n <= kLogNMax);
    Bytes salt(kScryptSaltBytes);
    random.fill(salt);
    ASSAY_TRY(const SecretBytes wrap_key, scrypt_wrap_key(pin, salt, log_n));
    return Stanza{{std::string(kScrypt), to_base64_raw(salt), std::to_string(log_n)},
                  seal_file_key(wrap_key, file_key)};
}

Result<SecretBytes> unwrap(const Header& header, ByteView file, const AgeIdentity& identity) {
    ASSAY_TRY_STATUS(check_scrypt_alone(header));
    for (const Stanza& stanza : header.stanzas) {
        if (stanza.arguments[0] != kX25519) {
            continue;
        }
        ASSAY_TRY(std::optional<SecretBytes> file_key, open_x25519(stanza, identity));
        if (file_key.has_value()) {
            ASSAY_TRY_STATUS(check_mac(header, file, *file_key));
            return std::move(*file_key);
        }
    }
    return fail(Code::kDenied, "crypto.age.no-match"_id);
}

Result<SecretBytes> unwrap(const Header& header, ByteView file, const Pin& pin, int max_log_n) {
    ASSAY_TRY_STATUS(check_scrypt_alone(header));
    const Stanza& stanza = header.stanzas[0];
    if (stanza.arguments[0] != kScrypt) {
        return fail(Code::kDenied, "crypto.age.no-match"_id);
    }
    ASSAY_TRY(const Bytes salt, scrypt_salt(stanza));
    ASSAY_TRY(const int log_n, read_log_n(stanza.arguments[2]));
    const int limit = std::min(max_log_n, kLogNMax);
    if (log_n > limit) {
        return fail(Code::kLimit, "crypto.age.work"_id,
                    {{"log", std::to_string(log_n)}, {"limit", std::to_string(limit)}});
    }
    ASSAY_TRY(const SecretBytes wrap_key, scrypt_wrap_key(pin, salt, log_n));
    std::optional<SecretBytes> file_key = open_file_key(wrap_key, stanza.body);
    if (!file_key.has_value()) {
        return fail(Code::kDenied, "crypto.age.passphrase"_id);
    }
    ASSAY_TRY_STATUS(check_mac(header, file, *file_key));
    return std::move(*file_key);
}

}  // namespace assay::crypto::age
