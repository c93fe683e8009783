#pragma once

#include <cstdint>
#include <span>

#include "crypto/aead.h"
#include "crypto/base/bytes.h"
#include "crypto/base/result.h"
#include "crypto/secret.h"

// Internal to the age files of this folder: the payload, chunks of 64 KiB under one key (STREAM).
namespace assay::crypto::age {

constexpr std::size_t kChunkBytes = std::size_t{64} * 1024;
constexpr std::size_t kSealedChunkBytes = kChunkBytes + kAeadTagBytes;

/// Seals and opens chunks by number. All chunks are full but the last, which is empty only where
/// the whole payload is.
class Chunks {
  public:
    Chunks(const SecretBytes& file_key, ByteView payload_nonce);

    void seal(std::uint64_t number, bool last, ByteView plain, std::span<std::uint8_t> out) const;
    /// crypto.age.payload for a wrong tag, number or flag.
    Status open(std::uint64_t number, bool last, ByteView sealed,
                std::span<std::uint8_t> out) const;

  private:
    ChaChaKey key_;
};

/// How a payload of `sealed` bytes (without nonce) divides; crypto.age.payload where no writer
/// could have made that length.
struct Division {
    std::uint64_t chunks = 1;
    std::uint64_t plain = 0;
    std::size_t last_plain = 0;
};
Result<Division> divide(std::uint64_t sealed);

Error broken_payload();

}  // namespace assay::crypto::age
