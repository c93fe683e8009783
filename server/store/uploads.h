#pragma once

#include <map>
#include <memory>
#include <mutex>

#include "crypto/base/disk.h"
#include "server/store/store.h"

namespace assay::store {

using UploadId = Fixed<struct UploadTag, 16>;

/// One upload, and its metadata header.
inline constexpr std::uint64_t kUploadBytesMax = std::uint64_t{4} * 1024 * 1024 * 1024;
inline constexpr std::size_t kUploadMetadataBytesMax = 4'096;
/// One piece given to append().
inline constexpr std::size_t kUploadPieceBytesMax = std::size_t{32} * 1024 * 1024;

/// The table of uploads among the rows: key the id, state one of these.
inline constexpr const char* kUploadTable = "upload";
inline constexpr const char* kUploadOpen = "open";
inline constexpr const char* kUploadMoving = "moving";
inline constexpr const char* kUploadFinished = "finished";

struct Upload {
    UploadId id;
    Keys keys;
    std::string metadata;      ///< opaque, as the client sent it
    std::uint64_t length = 0;  ///< announced
    std::uint64_t offset = 0;  ///< durable
    bool finished = false;
    Digest digest;  ///< of a finished one
};

/// Uploads that come in pieces and survive interruptions (tus): each a file until it is whole, then
/// a body of the store. An offset is told only after its bytes are synced. Any thread; pieces of
/// one upload one after the other.
class Uploads {
  public:
    /// `folder` is the store's; the ports must outlive the object.
    Uploads(Store& store, Disk& disk, Path folder)
        : store_(store), disk_(disk), folder_(std::move(folder)) {}

    /// kConflict where the id is taken, kLimit beyond kUploadBytesMax.
    Status create(const UploadId& id, std::uint64_t length, const std::string& metadata,
                  const Keys& keys);
    Result<Upload> find(const UploadId& id);
    /// Returns the new offset. kConflict where `offset` is not the durable one (ask find() and go
    /// on from there) or the upload is finished; kLimit beyond its length.
    Result<std::uint64_t> append(const UploadId& id, std::uint64_t offset, ByteView piece);
    /// Takes an unfinished upload back to a smaller offset, durably; bytes behind it are
    /// overwritten by the next append(). Nothing where it is not behind it.
    Status rewind(const UploadId& id, std::uint64_t offset);
    /// Makes a whole upload a body; `also` becomes durable with it. Repeating is harmless, but
    /// `also` is then not put again. kConflict while bytes are missing. kCorrupt where the bytes
    /// are not those of `expected`: the upload is then dropped, and neither body nor `also` is
    /// kept.
    Result<Digest> finish(const UploadId& id, Batch also = {},
                          const std::optional<Digest>& expected = std::nullopt);
    /// Forgets an unfinished upload and its bytes.
    Status drop(const UploadId& id);
    /// Unfinished ones, by id; go on with the last.
    Result<std::vector<Upload>> unfinished(const Bytes& after);

  private:
    struct Found {
        Upload upload;
        Row row;
    };
    Result<Found> read_row(const UploadId& id, Row row);
    Result<Found> load(const UploadId& id);
    Path part(const UploadId& id) const;
    Result<Digest> hash_part(const UploadId& id, std::uint64_t length);
    Status move_part(const UploadId& id, const Digest& digest);
    Status remove_part(const UploadId& id);
    Status forget(const Found& found);
    std::shared_ptr<std::mutex> lock_of(const UploadId& id);

    Store& store_;
    Disk& disk_;
    Path folder_;
    std::mutex locking_;
    std::map<UploadId, std::weak_ptr<std::mutex>> locks_;
};

}  // namespace assay::store
