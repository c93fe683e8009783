#pragma once

#include "crypto/record/package.h"
#include "tests/crypto/record/random_object.h"

namespace assay::test {

/// A package as a terminal builds it: an attempt that was moved once, with answers, a segment, a
/// gap and a file. Parts can be changed before build().
class PackedAttempt {
  public:
    explicit PackedAttempt(std::uint64_t seed = 1) : random_(seed), values_(seed) {
        package.attempt = random_.id<AttemptId>();
        package.manifest = random_.id<Digest>();
        package.room = random_.id<RoomId>();
        package.epoch = Epoch{2};
        package.terminal = random_.id<MachineId>();
        package.kind = record::PackageKind::kHandedIn;
        contents.result = to_bytes("<assessmentResult/>");
        contents.salt = random_.id<record::Salt>();
        begin(Epoch{1});
        write(answer("Q1", "A"));
        write(answer("Q2", "草稿"));
        move();
        write(answer("Q2", "定稿"));
        segment();
        gap();
        acknowledge();
        write(of(record::EventKind::kHandIn));
        finish();
    }

    void begin(Epoch epoch) {
        record::Start start = values_.make<record::Start>();
        start.attempt = package.attempt;
        start.manifest = package.manifest;
        start.room = package.room;
        start.terminal = package.terminal;
        start.epoch = epoch;
        start.continued.reset();
        if (!contents.journals.empty()) {
            start.continued = head(contents.journals.size() - 1);
        }
        auto key = crypto::JournalKey::random(random_);
        start.key_digest = record::journal_key_digest(key);
        contents.journals.push_back({record::make(start), std::move(key), {}, std::nullopt});
    }

    void move() {
        record::Move move = values_.make<record::Move>();
        move.attempt = package.attempt;
        move.manifest = package.manifest;
        move.continued = head(contents.journals.size() - 1);
        contents.moves.push_back(record::make(move));
        package.moves.push_back(contents.moves.back().digest);
        begin(Epoch{contents.journals.back().start.object.epoch.value + 1});
    }

    void write(const record::Event& event) {
        auto& journal = contents.journals.back();
        const auto now = head(contents.journals.size() - 1);
        record::JournalSealer sealer(journal.key, now.journal, random_);
        journal.records.push_back(sealer.seal(now.count, now.head, record::write_document(event)));
        events_.push_back(event);
    }

    void segment() {
        record::Event event = of(record::EventKind::kSegment);
        event.digest = random_.id<Digest>();
        event.number = 100;
        write(event);
        contents.index.segments.push_back({"clip", *event.digest, 100, WallTime{1}, WallTime{2}});
        ++package.evidence.segments;
    }
    void gap() {
        write(of(record::EventKind::kGap));
        contents.index.gaps.push_back({WallTime{3}, WallTime{4}, "covered"});
        ++package.evidence.gaps;
    }
    void acknowledge() {
        auto& journal = contents.journals.back();
        const auto now = head(contents.journals.size() - 1);
        journal.acknowledgement = record::make(
            record::Acknowledgement{now.journal, now.count - 1, now.head, WallTime{5}});
    }

    /// Takes over answers, commitment and heads as they are now.
    void finish() {
        contents.answers = record::write_document(fold_for_attempt().answers());
        commit();
        package.files = {{"report.txt.age", random_.id<Digest>(), 12}};
        contents.index.files = package.files;
        note_heads();
    }
    void commit() {
        package.commitment = record::commitment(contents.salt, package.attempt, contents.answers);
    }
    void note_heads() {
        package.journals.clear();
        for (std::size_t i = 0; i < contents.journals.size(); ++i) {
            package.journals.push_back(head(i));
        }
    }

    record::JournalHead head(std::size_t journal) const {
        const auto& each = contents.journals[journal];
        return record::chain_head(record::journal_id(each.start), each.records);
    }
    static record::Event of(record::EventKind kind) {
        record::Event out;
        out.kind = kind;
        return out;
    }
    static record::Event answer(std::string item, std::string value) {
        record::Event out = of(record::EventKind::kAnswer);
        out.item = std::move(item);
        out.response = "RESPONSE";
        out.values = std::vector{std::move(value)};
        return out;
    }

    record::Package package;
    record::PackageContents contents;

  private:
    record::AnswerFold fold_for_attempt() {
        record::AnswerFold out(package.attempt);
        for (const record::Event& event : events_) {
            out.add(event);
        }
        return out;
    }

    FakeRandom random_;
    RandomObject values_;
    std::vector<record::Event> events_;
};

}  // namespace assay::test
