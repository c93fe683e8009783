#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <span>

#include "server/store/recent.h"

namespace assay::store {

/// The writing half of the embedded store, in two halves that two threads may run at once.
///
/// commit(): a group of batches is one frame of a volume and one sync; then the log signs its new
/// leaves, and the group is acknowledged. follow(): the log's files, then one SQL transaction, for
/// all groups that were acknowledged meanwhile; until then they are found in recent(). What SQL or
/// the log missed in a crash is made up from the volumes by open().
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
    /// Brings log and SQL to where commit() was when this was called. After a failure only a
    /// restart helps.
    Status follow();
    /// False after a failure that only a restart can mend.
    bool writable() const { return !broken_; }

    Volumes& volumes() { return *volumes_; }
    /// Of follow()'s thread.
    Index& index() { return *index_; }
    Recent& recent() { return recent_; }

  private:
    /// What is on its way in one group.
    struct Group {
        Place base;
        Bytes& content;
        Changes changes{};
        std::vector<std::size_t> to_log{};  ///< places in changes
        std::vector<ByteView> leaves{};
    };

    Engine(Path folder, const Ports& ports) : folder_(std::move(folder)), ports_(ports) {}
    Status open_index(const crypto::StoreKey& key);
    Status follow_volumes();
    Status follow_log();
    using TakeLeaves = std::function<Status(std::span<const Digest>, const std::vector<ByteView>&)>;
    Status each_waiting(const TakeLeaves& take);
    Status hold_waiting();
    Status log_waiting();
    Status log_waiting_first();
    Result<std::vector<Result<Committed>>> commit_group(std::span<const Batch> batches);
    Status write_group(Group& group);
    Status check_log(const Batch& batch, const Group& group);
    Status check_rows(const Batch& batch, const Group& group, std::vector<RowChange>& rows);
    Result<Committed> stage(const Batch& batch, Group& group);
    Status stage_objects(const Batch& batch, Group& group, Committed& out);
    Status stage_bodies(const Batch& batch, Group& group);
    Status stage_rows(const Batch& batch, const std::vector<RowChange>& rows, Group& group,
                      Committed& out);
    template <typename Kind>
    void stage_entry(Group& group, const Kind& entry);
    void fill_log_indexes(std::vector<Result<Committed>>& results, const Changes& changes);
    Status follow_groups(const Recent::Groups& groups);

    // What there is: in this group, in recent groups, in SQL.
    Result<std::optional<Index::ObjectPlace>> find_object(const Group& group, const Digest& digest);
    Result<bool> has_body(const Group& group, const Digest& digest);
    Result<std::uint64_t> find_revision(const Group& group, const std::string& table,
                                        const Bytes& key);
    Result<std::uint64_t> find_counter(const Group& group, const std::string& name);

    Path folder_;
    Ports ports_;
    std::unique_ptr<Volumes> volumes_;
    std::mutex following_;  ///< a transaction is open; taken before indexing_
    std::mutex indexing_;   ///< one statement at a time: both threads use one connection
    std::optional<Index> index_;
    Recent recent_;
    Bytes content_;  ///< of the frame on its way; kept, so that each commit finds its memory
    /// Leaves whose statements are not here were found by open(): one may come back.
    bool leaves_lost_ = false;
    /// The log may not grow yet, and statements wait for it: they go before all others.
    bool waiting_ = false;
    std::atomic<bool> broken_ = false;
};

/// Sizes and names of a batch within the limits of store.h; kLimit or kInvalid names the part.
Status check_limits(const Batch& batch);
/// Rough size in memory and on disk.
std::size_t batch_bytes(const Batch& batch);

}  // namespace assay::store
