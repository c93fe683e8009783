#include "crypto/kdf.h"

#include <sodium.h>

#include "crypto/base/check.h"

namespace assay::crypto {

namespace {

static_assert(crypto_auth_hmacsha256_BYTES == Digest::kBytes);

class Hmac {
  public:
    explicit Hmac(ByteView key) {
        // libsodium declares the pointer as never null, even for an empty key.
        static constexpr std::uint8_t kNothing = 0;
        crypto_auth_hmacsha256_init(&state_, key.empty() ? &kNothing : key.data(), key.size());
    }
    Hmac(const Hmac&) = delete;
    Hmac& operator=(const Hmac&) = delete;
    ~Hmac() { sodium_memzero(&state_, sizeof(state_)); }

    void update(ByteView data) { crypto_auth_hmacsha256_update(&state_, data.data(), data.size()); }
    void finish(std::uint8_t* out) { crypto_auth_hmacsha256_final(&state_, out); }

  private:
    crypto_auth_hmacsha256_state state_{};
};

}  // namespace

Digest hmac_sha256(ByteView key, ByteView data) {
    Digest out;
    Hmac hmac(key);
    hmac.update(data);
    hmac.finish(out.bytes.data());
    return out;
}

// libsodium 1.0.18 has no HKDF. One output block, so extract and expand are one HMAC each; an
// empty salt equals the block of zeros that the RFC asks for, because HMAC pads its key so.
SecretBytes hkdf_sha256(ByteView key, ByteView salt, std::string_view info) {
    static constexpr std::uint8_t kFirstBlock[1] = {1};
    SecretBytes out = SecretBytes::zeros(Digest::kBytes);
    {
        Hmac extract(salt);
        extract.update(key);
        extract.finish(out.span().data());
    }
    Hmac expand(out.view());
    expand.update(as_bytes(info));
    expand.update(kFirstBlock);
    expand.finish(out.span().data());
    return out;
}

}  // namespace assay::crypto
