#pragma once

#include <map>
#include <memory>
#include <mutex>

#include "crypto/base/disk.h"
#include "crypto/record/journal.h"

namespace assay::desk {

inline constexpr std::uint64_t kJournalBytesMax = 512U << 20U;

/// The desk's copies of the terminals' journals: a file each, records as they came, durable before
/// they are acknowledged. The desk cannot read them. Thread-safe.
class JournalShelf {
  public:
    JournalShelf(Disk& disk, Path folder);

    /// Takes records from `first` on. Known ones are compared: kConflict (desk.journal.fork) where
    /// one differs, and the branch is kept beside the file. kInvalid where `first` leaves a gap.
    Result<record::JournalHead> take(const record::JournalId& journal, std::uint64_t first,
                                     const std::vector<Bytes>& records);
    /// What is held; count 0 for an unknown journal.
    Result<record::JournalHead> head(const record::JournalId& journal);
    /// At most `limit` records from `first` on.
    Result<std::vector<Bytes>> records(const record::JournalId& journal, std::uint64_t first,
                                       std::size_t limit);

  private:
    struct Journal {
        std::unique_ptr<File> file;  ///< none until the first record
        std::vector<Digest> hashes;  ///< h(i)
        std::vector<std::uint64_t> offsets;
        std::uint64_t bytes = 0;
        bool broken = false;
    };
    Result<Journal*> open(const record::JournalId& journal);
    Path path(const record::JournalId& journal) const;
    static record::JournalHead head_of(const record::JournalId& id, const Journal& journal);
    Status keep_branch(const record::JournalId& journal, std::uint64_t first,
                       const std::vector<Bytes>& records);
    Status write(const record::JournalId& id, Journal& journal, const std::vector<Bytes>& records,
                 std::size_t from);

    std::mutex lock_;
    Disk& disk_;
    Path folder_;
    std::map<record::JournalId, Journal> journals_;
};

}  // namespace assay::desk
