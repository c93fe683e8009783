#include "crypto/secret.h"

#include <algorithm>
#include <utility>

#include <sodium.h>

#include "crypto/base/check.h"

namespace assay::crypto {

SecretBytes SecretBytes::zeros(std::size_t size) {
    // Cheap after the first call; without it sodium_malloc works on an uninitialised canary.
    ASSAY_CHECK(sodium_init() >= 0);
    SecretBytes out;
    if (size == 0) {
        return out;
    }
    out.bytes_.reset(static_cast<std::uint8_t*>(sodium_malloc(size)));
    ASSAY_CHECK(out.bytes_ != nullptr);
    out.size_ = size;
    std::ranges::fill(out.span(), std::uint8_t{0});
    return out;
}

SecretBytes SecretBytes::copy_of(ByteView bytes) {
    SecretBytes out = zeros(bytes.size());
    std::ranges::copy(bytes, out.span().begin());
    return out;
}

SecretBytes SecretBytes::random(Random& random, std::size_t size) {
    SecretBytes out = zeros(size);
    random.fill(out.span());
    return out;
}

SecretBytes::SecretBytes(SecretBytes&& other) noexcept
    : bytes_(std::move(other.bytes_)), size_(std::exchange(other.size_, 0)) {}

SecretBytes& SecretBytes::operator=(SecretBytes&& other) noexcept {
    bytes_ = std::move(other.bytes_);
    size_ = std::exchange(other.size_, 0);
    return *this;
}

bool SecretBytes::equals(const SecretBytes& other) const {
    return equal_secret(view(), other.view());
}

void SecretBytes::Free::operator()(std::uint8_t* bytes) const { sodium_free(bytes); }

bool equal_secret(ByteView a, ByteView b) {
    return a.size() == b.size() && (a.empty() || sodium_memcmp(a.data(), b.data(), a.size()) == 0);
}

void wipe(std::span<std::uint8_t> bytes) {
    if (!bytes.empty()) {
        sodium_memzero(bytes.data(), bytes.size());
    }
}

}  // namespace assay::crypto
