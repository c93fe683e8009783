#include <algorithm>

#include <sodium.h>

#include "crypto/age.h"
#include "crypto/base/check.h"
#include "crypto/bech32.h"

namespace assay::crypto {

namespace {

constexpr std::string_view kRecipientPrefix = "age";
constexpr std::string_view kIdentityPrefix = "age-secret-key-";
static_assert(crypto_scalarmult_BYTES == 32 && crypto_scalarmult_SCALARBYTES == 32);

Error no_identity() { return fail(Code::kInvalid, "crypto.age.identity"_id); }
Error no_recipient() { return fail(Code::kInvalid, "crypto.age.recipient"_id); }

}  // namespace

Result<AgeRecipient> AgeRecipient::from_text(std::string_view text) {
    std::array<std::uint8_t, 32> bytes{};
    // age writes lower case and reads nothing else.
    if (!text.starts_with(kRecipientPrefix) || !read_bech32(kRecipientPrefix, text, bytes).ok()) {
        return no_recipient();
    }
    return from_bytes(bytes);
}

Result<AgeRecipient> AgeRecipient::from_bytes(ByteView bytes) {
    AgeRecipient out;
    if (bytes.size() != out.bytes_.size()) {
        return no_recipient();
    }
    std::ranges::copy(bytes, out.bytes_.begin());
    // A point of small order gives the same shared secret with every key: refused here, once, so
    // that wrapping a file key never fails.
    const std::array<std::uint8_t, 32> any_scalar{8};
    std::array<std::uint8_t, 32> shared{};
    if (crypto_scalarmult(shared.data(), any_scalar.data(), out.bytes_.data()) != 0) {
        return no_recipient();
    }
    return out;
}

std::string AgeRecipient::text() const { return to_bech32(kRecipientPrefix, bytes_); }

AgeIdentity::AgeIdentity(SecretBytes scalar) : scalar_(std::move(scalar)) {
    ASSAY_CHECK(scalar_.size() == 32);
    ASSAY_CHECK(crypto_scalarmult_base(recipient_.bytes_.data(), scalar_.view().data()) == 0);
}

AgeIdentity AgeIdentity::generate(Random& random) {
    return AgeIdentity(SecretBytes::random(random, 32));
}

Result<AgeIdentity> AgeIdentity::from_text(std::string_view text) {
    SecretBytes scalar = SecretBytes::zeros(32);
    if (!text.starts_with("AGE-SECRET-KEY-1") ||
        !read_bech32(kIdentityPrefix, text, scalar.span()).ok()) {
        return no_identity();
    }
    return AgeIdentity(std::move(scalar));
}

Result<AgeIdentity> AgeIdentity::from_file_text(ByteView text) {
    std::string_view rest = as_text(text);
    while (!rest.empty()) {
        const std::size_t end = rest.find('\n');
        std::string_view line = rest.substr(0, end);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        if (!line.empty() && !line.starts_with('#')) {
            return from_text(line);
        }
    }
    return no_identity();
}

Result<AgeIdentity> AgeIdentity::from_bytes(const SecretBytes& scalar) {
    if (scalar.size() != 32) {
        return no_identity();
    }
    return AgeIdentity(scalar.copy());
}

SecretBytes AgeIdentity::text() const { return to_bech32_secret(kIdentityPrefix, scalar_.view()); }

AgeIdentity AgeIdentity::copy() const { return AgeIdentity(scalar_.copy()); }

}  // namespace assay::crypto
