#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "crypto/base/disk.h"
#include "crypto/record/event.h"
#include "crypto/record/journal.h"

namespace assay::sitting {

/// A batch is one write and one sync. What an interrupted write can spoil is never longer: what
/// does not open further back than this was damaged, and is not cut off.
inline constexpr std::size_t kBatchBytesMax = 2U << 20U;
inline constexpr std::size_t kBatchRecordsMax = 16;
/// A journal of three hours with an essay has 4 MiB.
inline constexpr std::uint64_t kJournalBytesMax = 256U << 20U;
/// Space that only the journal may take when the disk is full: a whole sitting of usual length.
inline constexpr std::size_t kReserveBytes = 4U << 20U;

/// Where one journal lies: both in one folder, which must exist.
struct JournalPlace {
    Path records;
    Path reserve;
    std::size_t reserve_bytes = kReserveBytes;
};

/// The journal of one (attempt, epoch) on this machine's disk. One thread.
///
/// An event is acknowledged when append() returned success, and never lost after that. After a
/// failed write the file is as it was before; after a failed sync, or where even that cannot be
/// said, the writer is broken: every further call fails with the same error until the shell opens
/// the journal anew, which drops what was not acknowledged or writes it once more.
class JournalWriter {
  public:
    /// A new journal and its reserve. kConflict where there is one already.
    static Result<JournalWriter> create(Disk& disk, const JournalPlace& place,
                                        record::RecordSealer& sealer, const record::JournalId& id);

    struct Opened;
    /// Reads an existing journal, drops a torn tail of one batch, and makes sure that what remains
    /// is on the disk. kCorrupt (sitting.journal.damaged) where a record further back does not
    /// open: then nothing is changed.
    static Result<Opened> open(Disk& disk, const JournalPlace& place, record::RecordSealer& sealer,
                               const record::JournalId& id);

    /// Durable when it returns success. All of them or none. kLimit where an event is longer than
    /// a record or all are longer than a batch; kFull where the reserve is used up too.
    Status append(const std::vector<record::Event>& events);
    Status append(const record::Event& event);

    /// Records that the desk holds and this disk lost, as they are: each must open at its place.
    /// Gives their events.
    Result<std::vector<record::Event>> append_records(const std::vector<Bytes>& records);

    /// Records from `first` on, as they lie on the disk, up to `count` and `bytes`.
    Result<std::vector<Bytes>> records(std::uint64_t first, std::size_t count,
                                       std::size_t bytes) const;
    /// h(index) of a record that is there; h(-1) for nothing.
    Digest hash_before(std::uint64_t count) const;
    const record::JournalHead& head() const { return head_; }
    bool broken() const { return broken_.has_value(); }
    /// The reserve is gone: answers still fit, the desk should know.
    bool reserve_used() const { return reserve_used_; }
    /// Makes the reserve anew where there is space again; nothing to do otherwise.
    void renew_reserve();

  private:
    struct Placed {
        std::uint64_t offset;
        std::uint32_t bytes;
        Digest hash;
    };
    JournalWriter(Disk& disk, JournalPlace place, record::RecordSealer& sealer,
                  const record::JournalId& id, std::unique_ptr<File> file);
    Status write_frames(const std::vector<Bytes>& records);
    Status append_freeing_reserve(ByteView frames);
    Status take_back();
    Status settle(std::uint64_t found, ByteView file);
    void keep_reserve();
    void free_reserve();
    void placed(ByteView record);

    Disk* disk_;
    JournalPlace place_;
    record::RecordSealer* sealer_;
    std::unique_ptr<File> file_;
    record::JournalHead head_;
    std::uint64_t size_ = 0;
    std::vector<Placed> placed_;
    std::optional<Error> broken_;
    bool reserve_used_ = false;
};

/// What a journal file held.
struct JournalWriter::Opened {
    JournalWriter writer;
    std::vector<record::Event> events;
    std::uint64_t dropped_bytes = 0;  ///< a torn tail that was never acknowledged
};

}  // namespace assay::sitting
