#include "crypto/hash.h"

#include <openssl/evp.h>

#include "crypto/base/check.h"

namespace assay::crypto {

namespace {

// OpenSSL and not libsodium: it uses the processor's SHA instructions, about five times as fast.
// Looked up once: the look-up costs as much as 400 bytes of hashing. The one static of this folder,
// a constant of the library that no caller can see.
const EVP_MD* sha256_of_openssl() {
    static const EVP_MD* const kAlgorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    ASSAY_CHECK(kAlgorithm != nullptr);
    return kAlgorithm;
}

}  // namespace

void Sha256::Free::operator()(evp_md_ctx_st* context) const { EVP_MD_CTX_free(context); }

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
    ASSAY_CHECK(context_ != nullptr);
    ASSAY_CHECK(EVP_DigestInit_ex2(context_.get(), sha256_of_openssl(), nullptr) == 1);
}

Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;
Sha256::~Sha256() = default;

void Sha256::update(ByteView bytes) {
    ASSAY_CHECK(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1);
}

Digest Sha256::finish() {
    Digest out;
    unsigned int size = 0;
    ASSAY_CHECK(EVP_DigestFinal_ex(context_.get(), out.bytes.data(), &size) == 1);
    ASSAY_CHECK(size == Digest::kBytes);
    return out;
}

Digest sha256(ByteView bytes) {
    Digest out;
    ASSAY_CHECK(EVP_Digest(bytes.data(), bytes.size(), out.bytes.data(), nullptr,
                           sha256_of_openssl(), nullptr) == 1);
    return out;
}

Digest tagged_hash(std::string_view prefix, std::initializer_list<ByteView> parts) {
    static constexpr std::uint8_t kZero[1] = {0};
    Sha256 hash;
    hash.update(as_bytes(prefix));
    hash.update(kZero);
    for (const ByteView part : parts) {
        hash.update(part);
    }
    return hash.finish();
}

}  // namespace assay::crypto
