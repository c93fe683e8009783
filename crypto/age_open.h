#pragma once

#include "crypto/age.h"
#include "crypto/age_chunks.h"
#include "crypto/age_header.h"

// Internal to the age files of this folder: what every way to open a file begins with.
namespace assay::crypto::age {

/// The longest header and the payload's nonce.
constexpr std::size_t kFirstReadBytes = kAgeHeaderBytesMax + kPayloadNonceBytes;

/// Where the payload begins and what opens it.
struct Opening {
    Chunks chunks;
    AgeHead head;
};

/// `file` begins with the header and the nonce.
Result<AgeHead> head_of(const Header& header, ByteView file);

template <typename Unwrap>
Result<Opening> open_with(ByteView file, const Unwrap& unwrap) {
    ASSAY_TRY(const Header header, read_header(file));
    ASSAY_TRY(const SecretBytes file_key, unwrap(header));
    ASSAY_TRY(const AgeHead head, head_of(header, file));
    const ByteView nonce = file.subspan(header.bytes, kPayloadNonceBytes);
    return Opening{Chunks(file_key, nonce), head};
}
Result<Opening> open_head(ByteView file, const AgeIdentity& identity);

/// A source with the bytes that were read ahead put back in front.
class Refilled {
  public:
    Refilled(const Source& source, Bytes ahead) : source_(source), ahead_(std::move(ahead)) {}

    /// Up to out.size() bytes; fewer only at the end.
    Result<std::size_t> fill(std::span<std::uint8_t> out);

  private:
    const Source& source_;
    Bytes ahead_;
    std::size_t at_ = 0;
};

/// Opens a chunk and hands it on. A full chunk that is authentic but ends the payload too early or
/// does not end it where the file ends is handed on too, as every age program does, and then the
/// payload is refused.
Status release_chunk(const Chunks& chunks, std::uint64_t number, bool last, ByteView sealed,
                     std::span<std::uint8_t> out, const Sink& sink);

}  // namespace assay::crypto::age
