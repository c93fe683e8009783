#pragma once

#include <map>
#include <memory>
#include <span>

#include "server/store/index.h"

namespace assay::store {

/// The writing half of the embedded store, without threads: volumes first, then the log, then SQL.
///
/// A group of batches is one frame of a volume, one sync, one append to the log and one SQL
/// transaction. What SQL or the log missed in a crash is made up from the volumes by open().
class Engine {
  public:
    struct Ports {
        Disk& disk;  ///< volumes and files; SQL always lies on the system's disk
        Random& random;
        const Clock& clock;
        LeafLog* log = nullptr;  ///< may be null: objects then wait
    };
    /// `folder` exists. Follows the volumes from where SQL stands, or from the start where SQL is
    /// gone or its `-wal` was taken away. kCorrupt where SQL or log are ahead of the volumes.
    static Result<std::unique_ptr<Engine>> open(const Path& folder, const crypto::StoreKey& key,
                                                const Ports& ports,
                                                std::uint64_t volume_closed_at = kVolumeBytesMax);
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;
    ~Engine();

    /// One result for each batch, in order. Conflicts concern their batch only, a failure all.
    std::vector<Result<Committed>> commit(std::span<const Batch> batches);
    /// False after a failure that only a restart can mend.
    bool writable() const { return !broken_; }

    Volumes& volumes() { return *volumes_; }
    Index& index() { return *index_; }

  private:
    /// What is on its way in one group.
    struct Group {
        Place base;
        Bytes& content;
        std::vector<Digest> to_log;
        std::vector<Bytes> leaves;
    };

    Engine(Path folder, const Ports& ports) : folder_(std::move(folder)), ports_(ports) {}
    Status open_index(const crypto::StoreKey& key);
    Status follow_volumes();
    Status follow_log();
    Status log_waiting();
    Result<std::vector<Result<Committed>>> commit_group(std::span<const Batch> batches);
    Status check_log(const Batch& batch);
    Status check_rows(const Batch& batch, std::vector<RowChange>& rows);
    Result<Committed> stage(const Batch& batch, Group& group);
    Status stage_objects(const Batch& batch, Group& group, Committed& out);
    Status stage_bodies(const Batch& batch, Group& group);
    Status stage_rows(const Batch& batch, const std::vector<RowChange>& rows, Group& group,
                      Committed& out);
    template <typename Kind>
    Status stage_entry(Group& group, const Kind& entry);
    Result<std::map<Digest, std::uint64_t>> append_leaves(const Group& group);
    Status fill_log_indexes(std::vector<Result<Committed>>& results,
                            const std::map<Digest, std::uint64_t>& logged);

    Path folder_;
    Ports ports_;
    std::unique_ptr<Volumes> volumes_;
    std::optional<Index> index_;
    Bytes content_;  ///< of the frame on its way; kept, so that each commit finds its memory
    bool broken_ = false;
};

/// Sizes and names of a batch within the limits of store.h; kLimit or kInvalid names the part.
Status check_limits(const Batch& batch);
/// Rough size in memory and on disk.
std::size_t batch_bytes(const Batch& batch);

}  // namespace assay::store
