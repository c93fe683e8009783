#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>

#include "crypto/base/disk.h"
#include "crypto/base/random.h"

namespace assay {

/// A disk in memory that knows what was synced. One thread.
class FakeDisk final : public Disk {
  public:
    Result<std::unique_ptr<File>> open(const Path& path) override;
    Result<std::unique_ptr<File>> create(const Path& path) override;
    Result<std::unique_ptr<File>> open_read_only(const Path& path) override;
    Status rename(const Path& from, const Path& to) override;
    Status remove(const Path& path) override;
    Status make_folders(const Path& path) override;
    Status sync_folder(const Path& path) override;
    Result<std::vector<std::string>> list(const Path& folder) override;
    bool exists(const Path& path) override;
    Result<std::uint64_t> free_bytes(const Path& folder) override;

    /// The power goes: each file keeps what was synced and a random part of what was not (a prefix
    /// of its unsynced tail, perhaps with a torn or zeroed last piece); names that were not made
    /// durable by sync_folder are lost or kept at random. Open files must not be used again.
    void cut_power(FakeRandom& random);

    /// Half of the power cuts leave any of the unsynced sectors (512 bytes or 4 KiB) in any order,
    /// some torn, in a file that is short, whole or in between.
    void tear_sectors(bool tear) { tear_sectors_ = tear; }

    /// Every further change fails: with kFull once `bytes` more were written.
    void set_free_bytes(std::optional<std::uint64_t> bytes) { free_ = bytes; }
    /// The n-th change or sync from now (0 is the next) fails with kIo; once.
    void fail_after(std::uint64_t changes) { fail_after_ = changes; }
    /// Number of writes, syncs, renames, removals, truncations and creations so far.
    std::uint64_t changes() const { return changes_; }
    /// Number of successful file syncs so far.
    std::uint64_t syncs() const { return syncs_; }
    /// Syncs claim to succeed and do nothing: for tests that prove that a test can fail.
    void ignore_syncs(bool ignore) { ignore_syncs_ = ignore; }
    /// A sync comes before the write that it was meant for: the other such proof.
    void swap_syncs(bool swap) { swap_syncs_ = swap; }

    struct Content {
        Bytes now;
        Bytes durable;
        Bytes before;  ///< the newest write; kept where syncs are swapped
    };

  private:
    friend class FakeFile;
    Status change(std::uint64_t bytes, const Path& path);

    std::map<Path, std::shared_ptr<Content>> names_;
    std::map<Path, std::shared_ptr<Content>> durable_names_;
    std::set<Path> folders_;
    std::optional<std::uint64_t> free_;
    std::optional<std::uint64_t> fail_after_;
    std::uint64_t changes_ = 0;
    std::uint64_t syncs_ = 0;
    bool ignore_syncs_ = false;
    bool swap_syncs_ = false;
    bool tear_sectors_ = false;
};

}  // namespace assay
