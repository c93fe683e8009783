#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>

#include "crypto/base/bytes.h"
#include "crypto/base/result.h"
#include "crypto/secret.h"

// The two ciphers below everything sealed here. Lengths are bytes. The functions may be called from
// any thread; a ChaChaKey belongs to one thread at a time, const or not: it holds OpenSSL's state.
namespace assay::crypto {

constexpr std::size_t kAeadKeyBytes = 32;
constexpr std::size_t kAeadTagBytes = 16;
constexpr std::size_t kXChaChaNonceBytes = 24;

/// XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03 section 2): the ciphertext, then its tag of 16
/// bytes. `key` has kAeadKeyBytes, `nonce` is 24 random bytes of the caller; `context` is
/// authenticated and not sealed. The cipher does not commit to its key: a format that needs that
/// signs a digest of the key.
Bytes xchacha_seal(const SecretBytes& key, ByteView nonce, ByteView context, ByteView plain);
/// kCorrupt (crypto.aead.tag) when key, nonce, context or any byte is not what was sealed.
Result<Bytes> xchacha_open(const SecretBytes& key, ByteView nonce, ByteView context,
                           ByteView sealed);

/// ChaCha20-Poly1305 (RFC 8439 section 2.8) under one key of kAeadKeyBytes, for many chunks below
/// 1 GiB each. The caller never repeats a nonce: two texts under one nonce give away both, and the
/// key of their tags.
class ChaChaKey {
  public:
    using Nonce = std::array<std::uint8_t, 12>;

    explicit ChaChaKey(ByteView key);
    ChaChaKey(ChaChaKey&&) noexcept;
    ChaChaKey& operator=(ChaChaKey&&) noexcept;
    ChaChaKey(const ChaChaKey&) = delete;
    ChaChaKey& operator=(const ChaChaKey&) = delete;
    ~ChaChaKey();

    /// `out` holds plain.size() + 16 bytes.
    void seal(const Nonce& nonce, ByteView context, ByteView plain,
              std::span<std::uint8_t> out) const;
    /// `out` holds sealed.size() - 16 bytes; false where the tag is wrong, and `out` is then wiped.
    [[nodiscard]] bool open(const Nonce& nonce, ByteView context, ByteView sealed,
                            std::span<std::uint8_t> out) const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace assay::crypto
