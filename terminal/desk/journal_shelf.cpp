#include "terminal/desk/journal_shelf.h"

#include <algorithm>

#include "crypto/hash.h"

namespace assay::desk {

JournalShelf::JournalShelf(Disk& disk, Path folder) : disk_(disk), folder_(std::move(folder)) {}

Path JournalShelf::path(const record::JournalId& journal) const {
    return folder_ / (journal.hex() + ".records");
}

record::JournalHead JournalShelf::head_of(const record::JournalId& id, const Journal& journal) {
    return {id, journal.hashes.size(),
            journal.hashes.empty() ? record::first_hash(id) : journal.hashes.back()};
}

Result<JournalShelf::Journal*> JournalShelf::open(const record::JournalId& id) {
    const auto known = journals_.find(id);
    if (known != journals_.end() && !known->second.broken) {
        return &known->second;
    }
    // After a failed write the end of the file may look right in the cache and never reach the
    // disk: what was not acknowledged is cut off and comes again.
    const std::uint64_t trusted = known == journals_.end() ? kJournalBytesMax : known->second.bytes;
    Journal journal;
    if (disk_.exists(path(id))) {
        ASSAY_TRY(Bytes bytes, read_file(disk_, path(id), kJournalBytesMax));
        const std::uint64_t found = bytes.size();
        bytes.resize(std::min<std::uint64_t>(found, trusted));
        const record::RecordWalk walk = record::walk_records(bytes);
        Digest last = record::first_hash(id);
        for (const Bytes& record : walk.records) {
            journal.offsets.push_back(journal.bytes);
            last = record::record_hash(last, record);
            journal.hashes.push_back(last);
            journal.bytes += 4 + record.size();
        }
        ASSAY_TRY(journal.file, disk_.open(path(id)));
        if (journal.bytes < found) {
            ASSAY_TRY_STATUS(journal.file->truncate(journal.bytes));
        }
        // What a killed desk wrote may not be on the disk yet; from here on it counts as held.
        ASSAY_TRY_STATUS(journal.file->sync());
        ASSAY_TRY_STATUS(disk_.sync_folder(folder_));
    }
    return &(journals_[id] = std::move(journal));
}

Status JournalShelf::keep_branch(const record::JournalId& id, std::uint64_t first,
                                 const std::vector<Bytes>& records) {
    Bytes out;
    for (const Bytes& record : records) {
        append(out, record::framed_record(record));
    }
    const std::string name =
        id.hex() + ".branch-" + std::to_string(first) + '-' + crypto::sha256(out).hex();
    return write_file(disk_, folder_ / name, out);
}

Status JournalShelf::write(const record::JournalId& id, Journal& journal,
                           const std::vector<Bytes>& records, std::size_t from) {
    journal.broken = true;  // until every call has succeeded
    if (!journal.file) {
        ASSAY_TRY_STATUS(disk_.make_folders(folder_));
        ASSAY_TRY(journal.file, disk_.create(path(id)));
        ASSAY_TRY_STATUS(disk_.sync_folder(folder_));
    }
    Bytes out;
    Digest last = head_of(id, journal).head;
    std::uint64_t at = journal.bytes;
    std::vector<Digest> hashes;
    std::vector<std::uint64_t> offsets;
    for (std::size_t i = from; i < records.size(); ++i) {
        offsets.push_back(at);
        last = record::record_hash(last, records[i]);
        hashes.push_back(last);
        append(out, record::framed_record(records[i]));
        at += 4 + records[i].size();
    }
    ASSAY_TRY_STATUS(journal.file->append(out));
    ASSAY_TRY_STATUS(journal.file->sync());
    journal.broken = false;
    journal.hashes.insert(journal.hashes.end(), hashes.begin(), hashes.end());
    journal.offsets.insert(journal.offsets.end(), offsets.begin(), offsets.end());
    journal.bytes = at;
    return Ok{};
}

Result<record::JournalHead> JournalShelf::take(const record::JournalId& id, std::uint64_t first,
                                               const std::vector<Bytes>& records) {
    const std::lock_guard guard(lock_);
    ASSAY_TRY(Journal* const journal, open(id));
    if (first > journal->hashes.size()) {
        return fail(
            Code::kInvalid, "desk.journal.gap"_id,
            {{"held", std::to_string(journal->hashes.size())}, {"first", std::to_string(first)}});
    }
    Digest last = first == 0 ? record::first_hash(id) : journal->hashes[first - 1];
    std::size_t known = 0;
    for (; known < records.size() && first + known < journal->hashes.size(); ++known) {
        last = record::record_hash(last, records[known]);
        if (last != journal->hashes[first + known]) {
            ASSAY_TRY_STATUS(keep_branch(id, first, records));
            return fail(Code::kConflict, "desk.journal.fork"_id,
                        {{"index", std::to_string(first + known)}});
        }
    }
    if (known < records.size()) {
        ASSAY_TRY_STATUS(write(id, *journal, records, known));
    }
    return head_of(id, *journal);
}

Result<record::JournalHead> JournalShelf::head(const record::JournalId& id) {
    const std::lock_guard guard(lock_);
    ASSAY_TRY(Journal* const journal, open(id));
    return head_of(id, *journal);
}

Result<std::vector<Bytes>> JournalShelf::records(const record::JournalId& id, std::uint64_t first,
                                                 std::size_t limit) {
    const std::lock_guard guard(lock_);
    ASSAY_TRY(Journal* const journal, open(id));
    std::vector<Bytes> out;
    for (std::size_t i = first; i < journal->offsets.size() && out.size() < limit; ++i) {
        const std::uint64_t end =
            i + 1 < journal->offsets.size() ? journal->offsets[i + 1] : journal->bytes;
        Bytes record(end - journal->offsets[i] - 4);
        ASSAY_TRY(const std::size_t read, journal->file->read_at(journal->offsets[i] + 4, record));
        if (read != record.size()) {
            journal->broken = true;
            return fail(Code::kCorrupt, "desk.journal.short"_id, {{"journal", id.hex()}});
        }
        out.push_back(std::move(record));
    }
    return out;
}

}  // namespace assay::desk
