#include "terminal/sitting/journal_file.h"

#include <algorithm>

#include "crypto/record/document.h"

namespace assay::sitting {
namespace {

constexpr std::size_t kFrameBytes = 4;

/// The records of a file that open, in order, and where the rest begins.
struct Intact {
    std::vector<Bytes> records;
    std::vector<record::Event> events;
    std::uint64_t bytes = 0;
    std::size_t records_after = 0;  ///< whole records that do not open
};

Result<Intact> read_intact(record::RecordSealer& sealer, const record::JournalId& id,
                           ByteView file) {
    record::RecordWalk walk = record::walk_records(file);
    Intact out;
    Digest previous = record::first_hash(id);
    for (Bytes& record : walk.records) {
        const auto body = sealer.open(out.records.size(), previous, record);
        if (!body.ok()) {
            break;
        }
        ASSAY_TRY(record::Event event, record::read_document<record::Event>(*body));
        previous = record::record_hash(previous, record);
        out.bytes += kFrameBytes + record.size();
        out.events.push_back(std::move(event));
        out.records.push_back(std::move(record));
    }
    out.records_after = walk.records.size() - out.records.size();
    return out;
}

Status write_zeros(File& file, std::size_t bytes) {
    const Bytes zeros(std::size_t{64} << 10U);
    for (std::size_t left = bytes; left > 0;) {
        const std::size_t now = std::min(left, zeros.size());
        ASSAY_TRY_STATUS(file.append(ByteView(zeros).first(now)));
        left -= now;
    }
    return file.sync();
}

}  // namespace

JournalWriter::JournalWriter(Disk& disk, JournalPlace place, record::RecordSealer& sealer,
                             const record::JournalId& id, std::unique_ptr<File> file)
    : disk_(&disk),
      place_(std::move(place)),
      sealer_(&sealer),
      file_(std::move(file)),
      head_{id, 0, record::first_hash(id)} {}

Result<JournalWriter> JournalWriter::create(Disk& disk, const JournalPlace& place,
                                            record::RecordSealer& sealer,
                                            const record::JournalId& id) {
    ASSAY_TRY(std::unique_ptr<File> file, disk.create(place.records));
    JournalWriter out(disk, place, sealer, id, std::move(file));
    out.keep_reserve();
    ASSAY_TRY_STATUS(out.file_->sync());
    ASSAY_TRY_STATUS(disk.sync_folder(place.records.parent_path()));
    return out;
}

Result<JournalWriter::Opened> JournalWriter::open(Disk& disk, const JournalPlace& place,
                                                  record::RecordSealer& sealer,
                                                  const record::JournalId& id) {
    ASSAY_TRY(const Bytes bytes, read_file(disk, place.records, kJournalBytesMax));
    ASSAY_TRY(Intact intact, read_intact(sealer, id, bytes));
    const std::uint64_t rest = bytes.size() - intact.bytes;
    if (rest > kBatchBytesMax || intact.records_after > kBatchRecordsMax) {
        return fail(
            Code::kCorrupt, "sitting.journal.damaged"_id,
            {{"path", place.records.string()}, {"record", std::to_string(intact.records.size())}});
    }
    ASSAY_TRY(std::unique_ptr<File> file, disk.open(place.records));
    JournalWriter writer(disk, place, sealer, id, std::move(file));
    for (const Bytes& record : intact.records) {
        writer.placed(record);
    }
    ASSAY_TRY_STATUS(writer.settle(bytes.size(), bytes));
    writer.reserve_used_ = !disk.exists(place.reserve);
    writer.renew_reserve();
    return Opened{std::move(writer), std::move(intact.events), rest};
}

// What a process reads may be in the page cache only: after a failed sync the kernel forgets that
// it never reached the disk. The last batch is the only part that can be so, and writing it once
// more with the same bytes costs nothing and cannot harm it.
Status JournalWriter::settle(std::uint64_t found, ByteView file) {
    if (found > size_) {
        const Path kept = place_.records.string() + ".dropped-" + std::to_string(size_);
        (void)write_file(*disk_, kept, file.subspan(size_));
        ASSAY_TRY_STATUS(file_->truncate(size_));
    }
    const std::uint64_t from = size_ > kBatchBytesMax ? size_ - kBatchBytesMax : 0;
    if (size_ > from) {
        ASSAY_TRY_STATUS(file_->write_at(from, file.subspan(from, size_ - from)));
    }
    ASSAY_TRY_STATUS(file_->sync());
    return disk_->sync_folder(place_.records.parent_path());
}

void JournalWriter::placed(ByteView record) {
    head_.head = record::record_hash(head_.head, record);
    ++head_.count;
    placed_.push_back({size_, static_cast<std::uint32_t>(record.size()), head_.head});
    size_ += kFrameBytes + record.size();
}

Status JournalWriter::append(const record::Event& event) { return append(std::vector{event}); }

Status JournalWriter::append(const std::vector<record::Event>& events) {
    if (broken_) {
        return *broken_;
    }
    std::vector<Bytes> records;
    Digest previous = head_.head;
    for (const record::Event& event : events) {
        const Bytes body = record::write_document(event);
        if (body.size() > record::kRecordBodyBytesMax) {
            return fail(Code::kLimit, "sitting.journal.too-long"_id,
                        {{"size", std::to_string(body.size())},
                         {"limit", std::to_string(record::kRecordBodyBytesMax)}});
        }
        records.push_back(sealer_->seal(head_.count + records.size(), previous, body));
        previous = record::record_hash(previous, records.back());
    }
    return write_frames(records);
}

Result<std::vector<record::Event>> JournalWriter::append_records(
    const std::vector<Bytes>& records) {
    if (broken_) {
        return *broken_;
    }
    std::vector<record::Event> events;
    Digest previous = head_.head;
    for (const Bytes& record : records) {
        ASSAY_TRY(const Bytes body, sealer_->open(head_.count + events.size(), previous, record));
        ASSAY_TRY(record::Event event, record::read_document<record::Event>(body));
        previous = record::record_hash(previous, record);
        events.push_back(std::move(event));
    }
    for (std::size_t at = 0; at < records.size(); at += kBatchRecordsMax) {
        const auto from = records.begin() + static_cast<std::ptrdiff_t>(at);
        const auto count = std::min(records.size() - at, kBatchRecordsMax);
        ASSAY_TRY_STATUS(
            write_frames(std::vector(from, from + static_cast<std::ptrdiff_t>(count))));
    }
    return events;
}

Status JournalWriter::write_frames(const std::vector<Bytes>& records) {
    Bytes frames;
    for (const Bytes& record : records) {
        append_be32(frames, static_cast<std::uint32_t>(record.size()));
        assay::append(frames, record);
    }
    if (frames.empty()) {
        return Ok{};
    }
    if (frames.size() > kBatchBytesMax || records.size() > kBatchRecordsMax) {
        return fail(
            Code::kLimit, "sitting.journal.too-long"_id,
            {{"size", std::to_string(frames.size())}, {"limit", std::to_string(kBatchBytesMax)}});
    }
    ASSAY_TRY_STATUS(append_freeing_reserve(frames));
    if (const Status synced = file_->sync(); !synced.ok()) {
        broken_ = synced.error();
        return synced;
    }
    for (const Bytes& record : records) {
        placed(record);
    }
    return Ok{};
}

Status JournalWriter::append_freeing_reserve(ByteView frames) {
    Status written = file_->append(frames);
    if (written.ok()) {
        return written;
    }
    ASSAY_TRY_STATUS(take_back());
    if (written.error().code != Code::kFull || reserve_used_) {
        return written;
    }
    free_reserve();
    written = file_->append(frames);
    if (!written.ok()) {
        ASSAY_TRY_STATUS(take_back());
    }
    return written;
}

Status JournalWriter::take_back() {
    const Status cut = file_->truncate(size_);
    if (!cut.ok()) {
        broken_ = cut.error();
    }
    return cut;
}

// Without a reserve the sitting still goes on: a disk that is full from the start is found by the
// readiness check, and the desk is told.
void JournalWriter::keep_reserve() {
    const Path fresh = place_.reserve.string() + ".new";
    (void)disk_->remove(fresh);
    auto file = disk_->create(fresh);
    const bool kept = file.ok() && write_zeros(**file, place_.reserve_bytes).ok() &&
                      disk_->rename(fresh, place_.reserve).ok() &&
                      disk_->sync_folder(place_.reserve.parent_path()).ok();
    if (!kept) {
        (void)disk_->remove(fresh);
    }
    reserve_used_ = !kept;
}

void JournalWriter::free_reserve() {
    (void)disk_->remove(place_.reserve);
    (void)disk_->sync_folder(place_.reserve.parent_path());
    reserve_used_ = true;
}

void JournalWriter::renew_reserve() {
    if (!reserve_used_ || broken_) {
        return;
    }
    const auto free = disk_->free_bytes(place_.reserve.parent_path());
    if (free.ok() && *free > std::uint64_t{4} * place_.reserve_bytes) {
        keep_reserve();
    }
}

Result<std::vector<Bytes>> JournalWriter::records(std::uint64_t first, std::size_t count,
                                                  std::size_t bytes) const {
    std::vector<Bytes> out;
    std::size_t total = 0;
    for (std::uint64_t i = first; i < head_.count && out.size() < count; ++i) {
        const Placed& place = placed_[i];
        total += place.bytes;
        if (!out.empty() && total > bytes) {
            break;
        }
        Bytes record(place.bytes);
        ASSAY_TRY(const std::size_t got, file_->read_at(place.offset + kFrameBytes, record));
        if (got != record.size()) {
            return fail(Code::kCorrupt, "sitting.journal.damaged"_id,
                        {{"path", place_.records.string()}, {"record", std::to_string(i)}});
        }
        out.push_back(std::move(record));
    }
    return out;
}

Digest JournalWriter::hash_before(std::uint64_t count) const {
    return count == 0 ? record::first_hash(head_.journal) : placed_[count - 1].hash;
}

}  // namespace assay::sitting
