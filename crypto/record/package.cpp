#include "crypto/record/package.h"

#include <algorithm>
#include <cstdio>

#include "crypto/record/tar.h"

namespace assay::record {
namespace {

constexpr std::size_t kJournalsMax = 32;

std::string numbered(const char* name, std::size_t number, const char* ending) {
    std::array<char, 64> out{};
    (void)std::snprintf(out.data(), out.size(), "%s-%02zu%s", name, number, ending);
    return out.data();
}

/// Entries are asked for in the order in which the writer puts them.
class Members {
  public:
    explicit Members(std::vector<TarEntry> entries) : entries_(std::move(entries)) {}

    bool next_is(const std::string& name) const {
        return at_ < entries_.size() && entries_[at_].name == name;
    }
    Result<Bytes> take(const std::string& name) {
        if (!next_is(name)) {
            return fail(Code::kInvalid, "record.package.member"_id, {{"member", name}});
        }
        return std::move(entries_[at_++].bytes);
    }
    bool done() const { return at_ == entries_.size(); }

  private:
    std::vector<TarEntry> entries_;
    std::size_t at_ = 0;
};

Bytes join_records(const std::vector<Bytes>& records) {
    Bytes out;
    for (const Bytes& record : records) {
        append(out, framed_record(record));
    }
    return out;
}

Result<PackagedJournal> read_journal(Members& members, std::size_t number) {
    ASSAY_TRY(const Bytes start, members.take(numbered("start", number, ".dsse.json")));
    ASSAY_TRY(Bytes key, members.take(numbered("journal", number, ".key")));
    const crypto::WipeLater wiper(key);
    ASSAY_TRY(const Bytes records, members.take(numbered("journal", number, ".records")));
    ASSAY_TRY(Signed<Start> read_start, read_signed<Start>(start));
    RecordWalk walk = walk_records(records);
    auto read_key = crypto::JournalKey::from_bytes(key);
    if (!read_key.ok() || walk.torn) {
        return fail(Code::kInvalid, "record.package.member"_id,
                    {{"member", numbered("journal", number, read_key.ok() ? ".records" : ".key")}});
    }
    PackagedJournal out{std::move(read_start), std::move(*read_key), std::move(walk.records),
                        std::nullopt};
    const std::string name = numbered("journal", number, ".ack.dsse.json");
    if (members.next_is(name)) {
        ASSAY_TRY(const Bytes ack, members.take(name));
        ASSAY_TRY(Signed<Acknowledgement> read_ack, read_signed<Acknowledgement>(ack));
        out.acknowledgement = std::move(read_ack);
    }
    return out;
}

Error disagree(const char* what) {
    return fail(Code::kCorrupt, "record.package.disagrees"_id, {{"part", what}});
}

/// What the events of all journals add up to.
struct Story {
    AnswerFold fold;
    std::vector<Digest> segments;
};

Status check_acknowledgement(const JournalId& id, const PackagedJournal& journal) {
    if (!journal.acknowledgement) {
        return Ok{};
    }
    const Acknowledgement& ack = journal.acknowledgement->object;
    if (ack.journal != id || ack.index >= journal.records.size()) {
        return disagree("acknowledgement");
    }
    const auto end = journal.records.begin() + static_cast<std::ptrdiff_t>(ack.index + 1);
    if (chain_head(id, {journal.records.begin(), end}).head != ack.head) {
        return disagree("acknowledgement");
    }
    return Ok{};
}

Status check_journal(const Package& package, const JournalHead& expected,
                     const PackagedJournal& journal, Story& story) {
    const Start& start = journal.start.object;
    if (start.attempt != package.attempt || start.manifest != package.manifest) {
        return disagree("start");
    }
    if (journal_key_digest(journal.key) != start.key_digest) {
        return disagree("journal-key");
    }
    const JournalId id = journal_id(journal.start);
    class NoRandom final : public Random {
        void fill(std::span<std::uint8_t>) override { ASSAY_CHECK(false); }
    } none;
    JournalSealer sealer(journal.key, id, none);
    ASSAY_TRY(const OpenedJournal opened, open_journal(sealer, id, journal.records));
    if (opened.head != expected) {
        return disagree("journal-head");
    }
    story.fold.begin_journal();
    for (const Bytes& body : opened.bodies) {
        ASSAY_TRY(const Event event, read_document<Event>(body));
        story.fold.add(event);
        if (event.kind == EventKind::kSegment && event.digest) {
            story.segments.push_back(*event.digest);
        }
    }
    return check_acknowledgement(id, journal);
}

/// Journals follow each other, epochs rise, and the last one is the package's.
Status check_chain(const Package& package, const PackageContents& contents) {
    if (contents.journals.empty() || contents.journals.size() != package.journals.size()) {
        return disagree("journals");
    }
    for (std::size_t i = 0; i < contents.journals.size(); ++i) {
        const Start& start = contents.journals[i].start.object;
        const bool first = i == 0;
        const bool chained = first ? !start.continued : start.continued == package.journals[i - 1];
        if (!chained) {
            return disagree("journal-continued");
        }
        if (!first && start.epoch <= contents.journals[i - 1].start.object.epoch) {
            return disagree("epoch");
        }
    }
    const Start& last = contents.journals.back().start.object;
    if (last.epoch != package.epoch || last.terminal != package.terminal ||
        last.room != package.room) {
        return disagree("start");
    }
    return Ok{};
}

/// Of this attempt, and continues one of its journals: a desk signs moves of others as well.
bool belongs(const Move& move, const Package& package) {
    return move.attempt == package.attempt && move.manifest == package.manifest &&
           std::ranges::any_of(package.journals, [&](const JournalHead& head) {
               return head.journal == move.continued.journal;
           });
}

Status check_moves(const Package& package, const PackageContents& contents) {
    if (!std::equal(package.moves.begin(), package.moves.end(), contents.moves.begin(),
                    contents.moves.end(), [&](const Digest& digest, const Signed<Move>& move) {
                        return move.digest == digest && belongs(move.object, package);
                    })) {
        return disagree("moves");
    }
    return Ok{};
}

Status check_evidence(const Package& package, const PackageContents& contents,
                      const std::vector<Digest>& segments) {
    const PackageIndex& index = contents.index;
    if (index.files != package.files) {
        return disagree("files");
    }
    if (index.segments.size() != package.evidence.segments ||
        index.gaps.size() != package.evidence.gaps ||
        !std::equal(
            segments.begin(), segments.end(), index.segments.begin(), index.segments.end(),
            [](const Digest& digest, const SegmentEntry& each) { return each.digest == digest; })) {
        return disagree("evidence");
    }
    return Ok{};
}

}  // namespace

Bytes write_contents(const PackageContents& contents) {
    std::vector<TarEntry> entries;
    for (std::size_t i = 0; i < contents.journals.size(); ++i) {
        const PackagedJournal& journal = contents.journals[i];
        entries.push_back({numbered("start", i, ".dsse.json"), to_bytes(journal.start.json())});
        entries.push_back({numbered("journal", i, ".key"), to_bytes(journal.key.view())});
        entries.push_back({numbered("journal", i, ".records"), join_records(journal.records)});
        if (journal.acknowledgement) {
            entries.push_back({numbered("journal", i, ".ack.dsse.json"),
                               to_bytes(journal.acknowledgement->json())});
        }
    }
    for (std::size_t i = 0; i < contents.moves.size(); ++i) {
        entries.push_back({numbered("move", i, ".dsse.json"), to_bytes(contents.moves[i].json())});
    }
    entries.push_back({"answers.json", contents.answers});
    entries.push_back({"result.xml", contents.result});
    entries.push_back({"index.json", write_document(contents.index)});
    entries.push_back({"salt", to_bytes(contents.salt.view())});
    return write_tar(entries);
}

Result<PackageContents> read_contents(ByteView tar) {
    ASSAY_TRY(std::vector<TarEntry> entries, read_tar(tar));
    Members members(std::move(entries));
    PackageContents out;
    while (out.journals.size() < kJournalsMax &&
           members.next_is(numbered("start", out.journals.size(), ".dsse.json"))) {
        ASSAY_TRY(PackagedJournal journal, read_journal(members, out.journals.size()));
        out.journals.push_back(std::move(journal));
    }
    while (out.moves.size() < kJournalsMax &&
           members.next_is(numbered("move", out.moves.size(), ".dsse.json"))) {
        ASSAY_TRY(const Bytes bytes,
                  members.take(numbered("move", out.moves.size(), ".dsse.json")));
        ASSAY_TRY(Signed<Move> move, read_signed<Move>(bytes));
        out.moves.push_back(std::move(move));
    }
    ASSAY_TRY(out.answers, members.take("answers.json"));
    ASSAY_TRY(out.result, members.take("result.xml"));
    ASSAY_TRY(const Bytes index, members.take("index.json"));
    ASSAY_TRY(out.index, read_document<PackageIndex>(index));
    ASSAY_TRY(const Bytes salt, members.take("salt"));
    ASSAY_TRY(out.salt, Salt::from_bytes(salt));
    if (!members.done() || out.journals.empty()) {
        return fail(Code::kInvalid, "record.package.member"_id, {{"member", "start-00.dsse.json"}});
    }
    return out;
}

Status check_contents(const Package& package, const PackageContents& contents) {
    ASSAY_TRY_STATUS(check_chain(package, contents));
    ASSAY_TRY_STATUS(check_moves(package, contents));
    Story story{AnswerFold(package.attempt), {}};
    for (std::size_t i = 0; i < contents.journals.size(); ++i) {
        ASSAY_TRY_STATUS(check_journal(package, package.journals[i], contents.journals[i], story));
    }
    if (commitment(contents.salt, package.attempt, contents.answers) != package.commitment) {
        return disagree("commitment");
    }
    if (write_document(story.fold.answers()) != contents.answers) {
        return disagree("answers");
    }
    return check_evidence(package, contents, story.segments);
}

Bytes write_upload(const PackageUpload& upload) {
    return write_tar({{"package.dsse.json", upload.statement}, {"package.age", upload.package}});
}

Result<PackageUpload> read_upload(ByteView tar) {
    ASSAY_TRY(std::vector<TarEntry> entries, read_tar(tar));
    Members members(std::move(entries));
    PackageUpload out;
    ASSAY_TRY(out.statement, members.take("package.dsse.json"));
    ASSAY_TRY(out.package, members.take("package.age"));
    if (!members.done() || out.package.size() > kPackageBytesMax) {
        return fail(Code::kLimit, "record.package.upload"_id,
                    {{"limit", std::to_string(kPackageBytesMax)}});
    }
    return out;
}

}  // namespace assay::record
