#pragma once

#include <map>
#include <mutex>

#include "server/core/sittings.h"
#include "server/store/uploads.h"

namespace assay::server_core {

/// What waits in memory for one durable write of an upload.
inline constexpr std::size_t kUploadBufferBytes = std::size_t{1} << 20U;
/// Uploads that are being written at once.
inline constexpr std::size_t kUploadBuffersMax = 256;

/// An upload that is not whole by then is thrown away: its desk begins anew.
inline constexpr std::chrono::hours kUploadLifetime{24 * 14};

/// The longest upload.
inline constexpr std::uint64_t kEvidenceBytesMax = store::kUploadBytesMax;

/// What an upload says it is, from its metadata.
struct UploadNote {
    std::string kind;  ///< protocol::kUploadKindSegment or kUploadKindFile
    AttemptId attempt;
    std::string name;
    Digest digest;  ///< of the age file
};

struct UploadProgress {
    std::uint64_t length = 0;
    std::uint64_t offset = 0;           ///< durable
    std::optional<WallTime> expires{};  ///< of an unfinished one
};

/// Evidence segments and candidates' files, in pieces, into the store. Only a desk of the
/// attempt's site may bring them, and a file that is not of the announced digest is refused when
/// it is whole. Thread-safe; pieces of one upload come one after the other.
class EvidenceShelf {
  public:
    EvidenceShelf(Ports ports, Sittings& sittings, store::Uploads& uploads)
        : ports_(ports), sittings_(sittings), uploads_(uploads) {}

    Result<std::string> create(const record::KeyRow& desk, const UploadNote& note,
                               std::uint64_t length);
    Result<UploadProgress> find(const record::KeyRow& desk, const std::string& id);
    /// Not durable before sync().
    Status append(const std::string& id, std::uint64_t offset, ByteView piece);
    Result<std::uint64_t> sync(const std::string& id);
    /// Takes back what lies behind `offset`; see http::TusStore.
    Status rewind(const std::string& id, std::uint64_t offset);
    /// Forgets an unfinished upload.
    Status drop(const std::string& id);
    /// kCorrupt where the bytes are not those that were announced: the upload is gone then, and its
    /// desk begins anew.
    Status finish(const std::string& id);
    /// A whole file that came on a stick and not from a desk's connection. True: it was here
    /// before.
    Result<bool> bring(const UploadNote& note, File& file);
    /// Forgets unfinished uploads that are older than kUploadLifetime; how many. Call it now and
    /// then.
    Result<std::size_t> expire();

  private:
    struct Buffer {
        std::uint64_t offset = 0;  ///< of its first byte
        Bytes bytes;
    };
    Status flush(const store::UploadId& id, Buffer buffer);

    Ports ports_;
    Sittings& sittings_;
    store::Uploads& uploads_;
    std::mutex lock_;
    std::map<store::UploadId, Buffer> buffers_;
};

}  // namespace assay::server_core
