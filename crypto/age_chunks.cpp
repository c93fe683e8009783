#include "crypto/age_chunks.h"

#include "crypto/kdf.h"

namespace assay::crypto::age {

namespace {

/// 11 bytes of number, big-endian, and a byte that marks the last chunk.
ChaChaKey::Nonce nonce_of(std::uint64_t number, bool last) {
    ChaChaKey::Nonce out{};
    for (std::size_t i = 0; i < sizeof(number); ++i) {
        out[10 - i] = static_cast<std::uint8_t>(number >> (8 * i));
    }
    out[11] = last ? 1 : 0;
    return out;
}

}  // namespace

Error broken_payload() { return fail(Code::kCorrupt, "crypto.age.payload"_id); }

Chunks::Chunks(const SecretBytes& file_key, ByteView payload_nonce)
    : key_(hkdf_sha256(file_key.view(), payload_nonce, "payload").view()) {}

void Chunks::seal(std::uint64_t number, bool last, ByteView plain,
                  std::span<std::uint8_t> out) const {
    key_.seal(nonce_of(number, last), {}, plain, out);
}

Status Chunks::open(std::uint64_t number, bool last, ByteView sealed,
                    std::span<std::uint8_t> out) const {
    if (!key_.open(nonce_of(number, last), {}, sealed, out)) {
        return broken_payload();
    }
    return Ok{};
}

Result<Division> divide(std::uint64_t sealed) {
    if (sealed < kAeadTagBytes) {
        return broken_payload();
    }
    Division out;
    out.chunks = (sealed + kSealedChunkBytes - 1) / kSealedChunkBytes;
    const std::uint64_t last = sealed - (out.chunks - 1) * kSealedChunkBytes;
    if (last < kAeadTagBytes || (last == kAeadTagBytes && out.chunks > 1)) {
        return broken_payload();
    }
    out.last_plain = last - kAeadTagBytes;
    out.plain = (out.chunks - 1) * kChunkBytes + out.last_plain;
    return out;
}

}  // namespace assay::crypto::age
