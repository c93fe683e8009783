#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>

#include "server/store/engine.h"
#include "server/store/private_store.h"

namespace assay::store {

/// Batches and bytes that wait for the committer; put() says kUnavailable beyond them.
inline constexpr std::size_t kQueueBatchesMax = 8'192;
inline constexpr std::size_t kQueueBytesMax = std::size_t{256} * 1024 * 1024;
/// What one commit takes from the queue at most.
inline constexpr std::size_t kGroupBatchesMax = 1'024;
inline constexpr std::size_t kGroupBytesMax = std::size_t{32} * 1024 * 1024;

/// How long acknowledged groups gather before log and SQL follow them, where nobody waits.
inline constexpr std::chrono::milliseconds kFollowDelay{40};
/// Changes that may wait for SQL; the committer then waits for it.
inline constexpr std::size_t kRecentChangesMax = 20'000;

struct StoreKeys {
    crypto::StoreKey index;
    crypto::StoreKey people;
    crypto::StoreKey wraps;
};

/// The store on one machine, without any other service: volumes for what must not be lost,
/// SQLCipher to find it again. One thread commits groups of whatever waits, another one brings the
/// log's files and SQL after it; what SQL does not hold yet is read from memory.
class EmbeddedStore final : public Store {
  public:
    /// Makes the folder where there is none. kUnavailable where another process has it open. The
    /// ports must outlive the store; the log is used by the committer's thread only.
    static Result<std::unique_ptr<EmbeddedStore>> open(const Path& folder, const StoreKeys& keys,
                                                       const Engine::Ports& ports);
    EmbeddedStore(const EmbeddedStore&) = delete;
    EmbeddedStore& operator=(const EmbeddedStore&) = delete;
    /// Commits what waits, then stops.
    ~EmbeddedStore() override;

    using Store::put;
    Status put(Batch batch, Done done) override;
    Result<StoredObject> object(const Digest& digest) override;
    Result<std::vector<StoredObject>> objects(const Query& query) override;
    Result<std::vector<StoredRefusal>> refusals(const Query& query) override;
    Result<std::uint64_t> body_size(const Digest& digest) override;
    Result<Bytes> body_range(const Digest& digest, std::uint64_t offset, std::size_t size) override;
    Result<Row> row(const std::string& table, const Bytes& key) override;
    Result<std::vector<Row>> rows(const std::string& table, const Query& query) override;
    Result<std::uint64_t> counter(const std::string& name) override;
    Status put_personal(const std::vector<PersonalRow>& rows) override;
    Result<std::vector<PersonalRow>> personal(const std::string& table,
                                              const AttemptId& attempt) override;
    Status erase_personal(const AttemptId& attempt) override;
    Status put_wraps(const std::vector<Wrap>& wraps) override;
    Result<Wrap> wrap(const AttemptId& attempt, const std::string& recipient) override;
    Status destroy_wraps(const AttemptId& attempt) override;
    Result<std::vector<LostObject>> lost(std::uint64_t from) override;
    using Store::scrub;
    Status scrub(const Pace& pace) override;
    Health health() override;

  private:
    struct Waiting {
        Batch batch;
        Done done;
        std::size_t bytes;
    };
    /// A lock that the system drops when the process ends.
    class FolderLock {
      public:
        static Result<FolderLock> take(const Path& folder);
        FolderLock(FolderLock&& other) noexcept;
        FolderLock(const FolderLock&) = delete;
        FolderLock& operator=(const FolderLock&) = delete;
        FolderLock& operator=(FolderLock&&) = delete;
        ~FolderLock();

      private:
        explicit FolderLock(int descriptor) : descriptor_(descriptor) {}
        int descriptor_;
    };

    EmbeddedStore(Path folder, FolderLock lock, const Engine::Ports& ports);
    void run();
    std::vector<Waiting> take_group();
    void finish(std::vector<Waiting> group, std::vector<Result<Committed>> results);
    void run_follower();
    bool wait_for_groups();
    void wait_for_room();
    void wait_for_index();
    Result<Index::BodyPlace> body_place(const Digest& digest);
    Result<std::vector<Digest>> bodies_after(const Digest& after);
    Status scrub_bodies(const Pace& pace);
    Status scrub_objects(const Pace& pace);
    Status scrub_body(const Digest& digest);

    Path folder_;
    FolderLock lock_;
    Engine::Ports ports_;
    std::unique_ptr<Engine> engine_;  ///< of the committer's thread once that runs
    std::unique_ptr<PrivateStore> private_;
    std::mutex reading_;
    std::optional<Index> reader_;
    std::mutex files_;  ///< a disk is used by one reader at a time here

    std::mutex queueing_;
    std::condition_variable wake_;
    std::deque<Waiting> queue_;
    std::size_t queue_bytes_ = 0;
    bool stopping_ = false;
    bool writable_ = true;
    WallTime last_commit_;
    std::thread committer_;

    std::mutex following_;
    std::condition_variable to_follow_;  ///< the follower's
    std::condition_variable followed_;   ///< of those who wait for it
    std::uint64_t acknowledged_ = 0;     ///< groups
    std::uint64_t indexed_ = 0;          ///< groups
    bool hurry_ = false;
    bool ending_ = false;
    bool follow_failed_ = false;
    std::thread follower_;
};

/// Where a body lies that is a file of its own: "files/ab/ab12...".
Path body_file(const Path& folder, const Digest& digest);

}  // namespace assay::store
