#include "crypto/age_open.h"

#include <algorithm>

#include "crypto/age_stanza.h"
#include "crypto/hash.h"

namespace assay::crypto::age {

Result<AgeHead> head_of(const Header& header, ByteView file) {
    const std::size_t bytes = header.bytes + kPayloadNonceBytes;
    if (file.size() < bytes) {
        return broken_header();
    }
    return AgeHead{sha256(file.first(bytes)), bytes};
}

Result<Opening> open_head(ByteView file, const AgeIdentity& identity) {
    return open_with(file, [&](const Header& header) { return unwrap(header, file, identity); });
}

Result<std::size_t> Refilled::fill(std::span<std::uint8_t> out) {
    std::size_t done = std::min(out.size(), ahead_.size() - at_);
    std::copy_n(ahead_.begin() + static_cast<std::ptrdiff_t>(at_), done, out.begin());
    at_ += done;
    while (done < out.size()) {
        ASSAY_TRY(const std::size_t count, source_(out.subspan(done)));
        if (count == 0) {
            break;
        }
        done += count;
    }
    return done;
}

Status release_chunk(const Chunks& chunks, std::uint64_t number, bool last, ByteView sealed,
                     std::span<std::uint8_t> out, const Sink& sink) {
    if (chunks.open(number, last, sealed, out).ok()) {
        return sink(out);
    }
    if (sealed.size() == kSealedChunkBytes && chunks.open(number, !last, sealed, out).ok()) {
        ASSAY_TRY_STATUS(sink(out));
    }
    return broken_payload();
}

}  // namespace assay::crypto::age
