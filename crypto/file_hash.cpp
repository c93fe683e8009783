#include "crypto/file_hash.h"

#include "crypto/hash.h"

namespace assay::crypto {
namespace {

constexpr std::size_t kPieceBytes = std::size_t{1} << 20U;

}  // namespace

Result<Digest> sha256(File& file) {
    Sha256 hash;
    Bytes piece(kPieceBytes);
    for (std::uint64_t at = 0;;) {
        ASSAY_TRY(const std::size_t read, file.read_at(at, piece));
        if (read == 0) {
            return hash.finish();
        }
        hash.update(ByteView(piece).first(read));
        at += read;
    }
}

}  // namespace assay::crypto
