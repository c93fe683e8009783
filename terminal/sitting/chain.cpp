#include "terminal/sitting/chain.h"

#include "crypto/record/document.h"

namespace assay::sitting {

using record::Signed;
using record::Start;

Chain::Chain(Disk& disk, Store& store, SealerMaker sealers, SittingFolder folder,
             const AttemptId& attempt)
    : disk_(&disk),
      store_(&store),
      sealers_(std::move(sealers)),
      folder_(std::move(folder)),
      attempt_(attempt) {}

std::string Chain::key_name(Epoch epoch) const {
    return attempt_.hex() + "/key/" + std::to_string(epoch.value);
}

JournalPlace Chain::place(Epoch epoch) const {
    return {folder_.journal(epoch), folder_.reserve(), kReserveBytes};
}

Status Chain::keep_key(Epoch epoch, const crypto::JournalKey& key) {
    return store_->put(key_name(epoch), key.view());
}

Result<crypto::JournalKey> Chain::key(Epoch epoch) const {
    ASSAY_TRY(std::optional<Bytes> kept, store_->get(key_name(epoch)));
    if (!kept) {
        return fail(Code::kNotFound, "sitting.journal.key"_id,
                    {{"epoch", std::to_string(epoch.value)}});
    }
    const crypto::WipeLater wiper(*kept);
    return crypto::JournalKey::from_bytes(*kept);
}

Result<std::vector<Signed<Start>>> Chain::read_starts() const {
    std::vector<Signed<Start>> out;
    for (std::uint32_t epoch = 1; epoch <= kEpochsMax; ++epoch) {
        ASSAY_TRY(auto start, read_signed_file<Start>(*disk_, folder_.start(Epoch{epoch})));
        if (start) {
            out.push_back(std::move(*start));
        }
    }
    return out;
}

Result<std::optional<Signed<record::Acknowledgement>>> Chain::read_ack(Epoch epoch) const {
    // A torn acknowledgement is none: write_file makes that impossible but on a lying disk.
    auto ack = read_signed_file<record::Acknowledgement>(*disk_, folder_.acknowledgement(epoch));
    return ack.ok() ? std::move(ack).value() : std::optional<Signed<record::Acknowledgement>>{};
}

Status Chain::make_sealer(const Signed<Start>& start) {
    ASSAY_TRY(const crypto::JournalKey secret, key(start.object.epoch));
    if (record::journal_key_digest(secret) != start.object.key_digest) {
        return fail(Code::kCorrupt, "sitting.journal.key"_id,
                    {{"epoch", std::to_string(start.object.epoch.value)}});
    }
    sealer_ = sealers_(secret, record::journal_id(start));
    return Ok{};
}

Status Chain::load_earlier(const Signed<Start>& start, State& state) {
    const Epoch epoch = start.object.epoch;
    ASSAY_TRY_STATUS(make_sealer(start));
    ASSAY_TRY(const Bytes file, read_file(*disk_, folder_.journal(epoch), kJournalBytesMax));
    const record::RecordWalk walk = record::walk_records(file);
    ASSAY_TRY(const record::OpenedJournal opened,
              record::open_journal(*sealer_, record::journal_id(start), walk.records));
    state = begin_journal(std::move(state), start.object);
    for (const Bytes& body : opened.bodies) {
        ASSAY_TRY(const record::Event event, record::read_document<record::Event>(body));
        state = fold(std::move(state), event);
    }
    ASSAY_TRY(auto ack, read_ack(epoch));
    journals_.push_back({start, opened.head, std::move(ack)});
    return Ok{};
}

Result<Chain::Loaded> Chain::load(State initial) {
    journals_.clear();
    writer_.reset();
    newest_ack_.reset();
    ASSAY_TRY(const std::vector<Signed<Start>> starts, read_starts());
    Loaded out;
    out.state = std::move(initial);
    for (std::size_t i = 0; i < starts.size(); ++i) {
        const Signed<Start>& start = starts[i];
        const Epoch epoch = start.object.epoch;
        // The journal that is written here has its wrapped key beside it; one that moved here has
        // none, and the new terminal's own start is still to come.
        const bool mine = i + 1 == starts.size() && disk_->exists(folder_.wrapped_key(epoch));
        if (!mine) {
            ASSAY_TRY_STATUS(load_earlier(start, out.state));
            continue;
        }
        ASSAY_TRY_STATUS(make_sealer(start));
        if (!disk_->exists(folder_.journal(epoch))) {
            ASSAY_TRY(JournalWriter fresh, JournalWriter::create(*disk_, place(epoch), *sealer_,
                                                                 record::journal_id(start)));
            writer_.emplace(std::move(fresh));
        } else {
            ASSAY_TRY(
                JournalWriter::Opened opened,
                JournalWriter::open(*disk_, place(epoch), *sealer_, record::journal_id(start)));
            writer_.emplace(std::move(opened.writer));
            out.events = std::move(opened.events);
            out.dropped_bytes = opened.dropped_bytes;
        }
        ASSAY_TRY(newest_ack_, read_ack(epoch));
        out.first = earlier_records();
        journals_.push_back({start, {}, std::nullopt});
        if (out.events.empty()) {
            out.unbegun = start;
            continue;
        }
        out.state = begin_journal(std::move(out.state), start.object);
        for (const record::Event& event : out.events) {
            out.state = fold(std::move(out.state), event);
        }
    }
    return out;
}

Status Chain::begin(const Signed<Start>& start) {
    const Epoch epoch = start.object.epoch;
    if (writer_ && !journals_.empty()) {
        journals_.back().head = writer_->head();
        journals_.back().acknowledgement = newest_ack_;
    }
    ASSAY_TRY_STATUS(make_sealer(start));
    ASSAY_TRY_STATUS(write_file(*disk_, folder_.start(epoch), as_bytes(start.json())));
    const record::JournalId id = record::journal_id(start);
    if (disk_->exists(folder_.journal(epoch))) {
        // An admission that stopped half-way: the file is there, and nothing is in it.
        ASSAY_TRY(JournalWriter::Opened opened,
                  JournalWriter::open(*disk_, place(epoch), *sealer_, id));
        writer_.emplace(std::move(opened.writer));
    } else {
        ASSAY_TRY(JournalWriter writer, JournalWriter::create(*disk_, place(epoch), *sealer_, id));
        writer_.emplace(std::move(writer));
    }
    newest_ack_.reset();
    journals_.push_back({start, {}, std::nullopt});
    return Ok{};
}

Status Chain::adopt(const Signed<Start>& start, const crypto::JournalKey& key,
                    const std::vector<Bytes>& records,
                    const std::optional<Signed<record::Acknowledgement>>& acknowledgement) {
    const Epoch epoch = start.object.epoch;
    Bytes file;
    for (const Bytes& record : records) {
        append(file, record::framed_record(record));
    }
    ASSAY_TRY_STATUS(keep_key(epoch, key));
    if (disk_->exists(folder_.journal(epoch))) {
        ASSAY_TRY(const Bytes here, read_file(*disk_, folder_.journal(epoch), kJournalBytesMax));
        if (here == file) {
            return Ok{};
        }
        // This machine went on where the desk knew no more: both branches are kept.
        const Path branch = folder_.journal(epoch).string() + ".branch";
        ASSAY_TRY_STATUS(disk_->rename(folder_.journal(epoch), branch));
    }
    ASSAY_TRY_STATUS(write_file(*disk_, folder_.journal(epoch), file));
    if (acknowledgement) {
        ASSAY_TRY_STATUS(
            write_file(*disk_, folder_.acknowledgement(epoch), as_bytes(acknowledgement->json())));
    }
    return write_file(*disk_, folder_.start(epoch), as_bytes(start.json()));
}

std::uint64_t Chain::earlier_records() const {
    std::uint64_t out = 0;
    for (const Kept& journal : journals_) {
        out += journal.head.count;
    }
    return out;
}

Status Chain::keep_acknowledgement(const Signed<record::Acknowledgement>& acknowledgement) {
    const Epoch epoch = journals_.back().start.object.epoch;
    return write_file(*disk_, folder_.acknowledgement(epoch), as_bytes(acknowledgement.json()));
}

std::vector<record::JournalHead> Chain::heads() const {
    std::vector<record::JournalHead> out;
    out.reserve(journals_.size());
    for (const Kept& journal : journals_) {
        out.push_back(journal.head);
    }
    if (writer_ && !out.empty()) {
        out.back() = writer_->head();
    }
    return out;
}

Result<std::vector<record::PackagedJournal>> Chain::packaged() const {
    std::vector<record::PackagedJournal> out;
    for (const Kept& journal : journals_) {
        const Epoch epoch = journal.start.object.epoch;
        ASSAY_TRY(crypto::JournalKey secret, key(epoch));
        ASSAY_TRY(const Bytes file, read_file(*disk_, folder_.journal(epoch), kJournalBytesMax));
        record::RecordWalk walk = record::walk_records(file);
        out.push_back(
            {journal.start, std::move(secret), std::move(walk.records), journal.acknowledgement});
    }
    if (writer_ && !out.empty()) {
        out.back().acknowledgement = newest_ack_;
    }
    return out;
}

}  // namespace assay::sitting
