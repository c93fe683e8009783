#pragma once
// Secrets in memory (libsodium, "Secure memory"). Sizes are bytes.
#include <cstdint>
#include <memory>
#include <span>

#include "crypto/base/bytes.h"
#include "crypto/base/random.h"

namespace assay::crypto {

/// Bytes that must not leak: on guarded pages, locked where the system allows it, wiped when they
/// go. Move-only; there is no way to print them. Each one costs a few pages and system calls: for
/// keys, not for bulk data. Where the system gives no memory at all the process ends. One thread at
/// a time. Secrets of one kind have types of their own: secret_kinds.h, ed25519.h, age.h.
class SecretBytes {
  public:
    /// Nothing, of size 0.
    SecretBytes() = default;
    static SecretBytes zeros(std::size_t size);
    /// The caller wipes its own copy.
    static SecretBytes copy_of(ByteView bytes);
    static SecretBytes random(Random& random, std::size_t size);

    SecretBytes(SecretBytes&& other) noexcept;
    SecretBytes& operator=(SecretBytes&& other) noexcept;
    SecretBytes(const SecretBytes&) = delete;
    SecretBytes& operator=(const SecretBytes&) = delete;
    ~SecretBytes() = default;

    ByteView view() const { return {bytes_.get(), size_}; }
    std::span<std::uint8_t> span() { return {bytes_.get(), size_}; }
    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    SecretBytes copy() const { return copy_of(view()); }

    /// Takes the same time wherever they differ; the size is no secret.
    bool equals(const SecretBytes& other) const;

  private:
    struct Free {
        void operator()(std::uint8_t* bytes) const;
    };
    std::unique_ptr<std::uint8_t, Free> bytes_;
    std::size_t size_ = 0;
};

/// Equal, in a time that depends on the sizes only.
bool equal_secret(ByteView a, ByteView b);

/// Overwrites what an ordinary buffer held; the compiler may not drop it.
void wipe(std::span<std::uint8_t> bytes);
/// Wipes at the end of a scope: `const WipeLater wiper(buffer);`
class WipeLater {
  public:
    explicit WipeLater(std::span<std::uint8_t> bytes) : bytes_(bytes) {}
    WipeLater(const WipeLater&) = delete;
    WipeLater& operator=(const WipeLater&) = delete;
    ~WipeLater() { wipe(bytes_); }

  private:
    std::span<std::uint8_t> bytes_;
};

}  // namespace assay::crypto
