#include "crypto/aead.h"

#include <algorithm>

#include <openssl/evp.h>
#include <sodium.h>

#include "crypto/base/check.h"

namespace assay::crypto {

static_assert(crypto_aead_xchacha20poly1305_ietf_ABYTES == kAeadTagBytes);
static_assert(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES == kXChaChaNonceBytes);

Bytes xchacha_seal(const SecretBytes& key, ByteView nonce, ByteView context, ByteView plain) {
    ASSAY_CHECK(key.size() == kAeadKeyBytes && nonce.size() == kXChaChaNonceBytes);
    Bytes out(plain.size() + kAeadTagBytes);
    ASSAY_CHECK(crypto_aead_xchacha20poly1305_ietf_encrypt(
                    out.data(), nullptr, plain.data(), plain.size(), context.data(), context.size(),
                    nullptr, nonce.data(), key.view().data()) == 0);
    return out;
}

Result<Bytes> xchacha_open(const SecretBytes& key, ByteView nonce, ByteView context,
                           ByteView sealed) {
    ASSAY_CHECK(key.size() == kAeadKeyBytes && nonce.size() == kXChaChaNonceBytes);
    const Error wrong = fail(Code::kCorrupt, "crypto.aead.tag"_id);
    if (sealed.size() < kAeadTagBytes) {
        return wrong;
    }
    Bytes out(sealed.size() - kAeadTagBytes);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(out.data(), nullptr, nullptr, sealed.data(),
                                                   sealed.size(), context.data(), context.size(),
                                                   nonce.data(), key.view().data()) != 0) {
        return wrong;
    }
    return out;
}

// OpenSSL and not libsodium: 2.5 times as fast here, and the same bytes.
struct ChaChaKey::State {
    explicit State(ByteView bytes) : key(SecretBytes::copy_of(bytes)) {}
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() {
        EVP_CIPHER_CTX_free(context);
        EVP_CIPHER_free(cipher);
    }

    SecretBytes key;
    EVP_CIPHER* cipher = EVP_CIPHER_fetch(nullptr, "ChaCha20-Poly1305", nullptr);
    EVP_CIPHER_CTX* context = EVP_CIPHER_CTX_new();
};

ChaChaKey::ChaChaKey(ByteView key) : state_(std::make_unique<State>(key)) {
    ASSAY_CHECK(key.size() == kAeadKeyBytes);
    ASSAY_CHECK(state_->cipher != nullptr && state_->context != nullptr);
}

ChaChaKey::ChaChaKey(ChaChaKey&&) noexcept = default;
ChaChaKey& ChaChaKey::operator=(ChaChaKey&&) noexcept = default;
ChaChaKey::~ChaChaKey() = default;

namespace {

constexpr std::size_t kOneCallMax = std::size_t{1} << 30U;

int length_of(ByteView bytes) {
    ASSAY_CHECK(bytes.size() < kOneCallMax);
    return static_cast<int>(bytes.size());
}

}  // namespace

void ChaChaKey::seal(const Nonce& nonce, ByteView context, ByteView plain,
                     std::span<std::uint8_t> out) const {
    ASSAY_CHECK(out.size() == plain.size() + kAeadTagBytes);
    EVP_CIPHER_CTX* const evp = state_->context;
    int written = 0;
    ASSAY_CHECK(EVP_EncryptInit_ex2(evp, state_->cipher, state_->key.view().data(), nonce.data(),
                                    nullptr) == 1);
    if (!context.empty()) {
        ASSAY_CHECK(EVP_EncryptUpdate(evp, nullptr, &written, context.data(), length_of(context)) ==
                    1);
    }
    if (!plain.empty()) {
        ASSAY_CHECK(EVP_EncryptUpdate(evp, out.data(), &written, plain.data(), length_of(plain)) ==
                    1);
    }
    std::uint8_t none[kAeadTagBytes];
    ASSAY_CHECK(EVP_EncryptFinal_ex(evp, none, &written) == 1);
    ASSAY_CHECK(EVP_CIPHER_CTX_ctrl(evp, EVP_CTRL_AEAD_GET_TAG, kAeadTagBytes,
                                    out.subspan(plain.size()).data()) == 1);
}

bool ChaChaKey::open(const Nonce& nonce, ByteView context, ByteView sealed,
                     std::span<std::uint8_t> out) const {
    if (sealed.size() < kAeadTagBytes) {
        return false;
    }
    const ByteView body = sealed.first(sealed.size() - kAeadTagBytes);
    ASSAY_CHECK(out.size() == body.size());
    EVP_CIPHER_CTX* const evp = state_->context;
    int written = 0;
    // OpenSSL's interface is not const-correct here; it copies the tag.
    std::array<std::uint8_t, kAeadTagBytes> tag{};
    std::copy_n(sealed.subspan(body.size()).begin(), tag.size(), tag.begin());
    ASSAY_CHECK(EVP_DecryptInit_ex2(evp, state_->cipher, state_->key.view().data(), nonce.data(),
                                    nullptr) == 1);
    ASSAY_CHECK(EVP_CIPHER_CTX_ctrl(evp, EVP_CTRL_AEAD_SET_TAG, kAeadTagBytes, tag.data()) == 1);
    if (!context.empty()) {
        ASSAY_CHECK(EVP_DecryptUpdate(evp, nullptr, &written, context.data(), length_of(context)) ==
                    1);
    }
    if (!body.empty()) {
        ASSAY_CHECK(EVP_DecryptUpdate(evp, out.data(), &written, body.data(), length_of(body)) ==
                    1);
    }
    std::uint8_t none[kAeadTagBytes];
    if (EVP_DecryptFinal_ex(evp, none, &written) != 1) {
        wipe(out);
        return false;
    }
    return true;
}

}  // namespace assay::crypto
