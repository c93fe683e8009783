#include <gtest/gtest.h>

#include "crypto/hash.h"
#include "crypto/record/segment.h"
#include "crypto/record/slip.h"
#include "crypto/tlog/log.h"
#include "question-bank/item/package.h"
#include "server/core/score_attempt.h"
#include "tests/server/audit/audit_folder.h"
#include "tests/support/paths.h"

namespace assay::test {
namespace {

using crypto::SigningKey;

record::KeyRow row_of(record::Role role, const MachineId& id, const SigningKey& key,
                      std::optional<SiteId> site = {}) {
    return {role, id, "", site, std::nullopt, record::public_of(key), std::nullopt};
}

/// The clip of finding 1: one picture, of which only its beginning matters here.
Bytes clip(WallTime time) {
    record::SegmentContent content;
    content.index = {1, record::SegmentKind::kClip, 1, record::FindingCode::kFaceAbsent, {}};
    content.index.pictures.push_back({"", 1000, time, false});
    content.jpegs = {{0xFF, 0xD8, 0xFF, 0xD9}};
    return record::write_segment(std::move(content));
}

record::Event finding(WallTime time, bool begins) {
    record::Event out;
    out.kind = record::EventKind::kFinding;
    out.wall = time + std::chrono::seconds(begins ? 30 : 40);
    out.item = begins ? "begin" : "end";
    out.text = "FACE_ABSENT";
    out.number = 1;
    out.values = {(time + std::chrono::seconds(25)).text(), "90", "1"};
    return out;
}

record::Event gap(WallTime time) {
    record::Event out;
    out.kind = record::EventKind::kGap;
    out.wall = time + std::chrono::seconds(60);
    out.text = "process-ended";
    out.number = 7;
    out.values = {(time + std::chrono::seconds(50)).text(),
                  (time + std::chrono::seconds(57)).text()};
    return out;
}

Bytes key_file(const crypto::AgeIdentity& key) {
    return to_bytes(std::string(as_text(key.text().view())) + "\n");
}

}  // namespace

AuditFolder::AuditFolder(std::uint64_t seed)
    : random_(seed),
      desk_key_(SigningKey::generate(random_)),
      site_log_(SigningKey::generate(random_)),
      result_key_(SigningKey::generate(random_)),
      central_(SigningKey::generate(random_)),
      terminal_key_(SigningKey::generate(random_)),
      scoring_key_(crypto::AgeIdentity::generate(random_)) {
    make_keys();
    make_part();
    make_manifest();
    make_room();
    make_folders();
}

template <typename T>
Bytes AuditFolder::approved(record::Signed<T>& object) const {
    for (const SigningKey& officer : officers_) {  // all three, though two are enough
        object.envelope.add_signature(officer);
    }
    return to_bytes(object.json());
}

void AuditFolder::make_keys() {
    record::KeyRows rows{organisation_, {}};
    record::KeyList list;
    list.organisation = organisation_;
    for (int i = 0; i < 3; ++i) {
        roots_.push_back(SigningKey::generate(random_));
        officers_.push_back(SigningKey::generate(random_));
        officer_ids_.push_back(random_.id<MachineId>());
        list.roots.push_back(record::public_of(roots_.back()));
        rows.rows.push_back(
            row_of(record::Role::kExamOfficer, officer_ids_.back(), officers_.back()));
    }
    rows.rows.push_back(row_of(record::Role::kDesk, desk_, desk_key_, site_));
    rows.rows.push_back(row_of(record::Role::kSiteLog, desk_, site_log_, site_));
    rows.rows.push_back(row_of(record::Role::kResult, random_.id<MachineId>(), result_key_));
    shared_["keys/rows.json"] = record::write_document(rows);
    list.rows = crypto::sha256(shared_["keys/rows.json"]);
    auto made = record::make(list);
    for (const SigningKey& root : roots_) {
        made.envelope.add_signature(root);
    }
    shared_["keys/list.dsse.json"] = to_bytes(made.json());
}

void AuditFolder::make_part() {
    SystemDisk disk;
    const auto package =
        item::read_package(disk, repository() / "question-bank" / "sample").value();
    const auto views = sealed::split_views(package).value();
    bank_.emplace(sealed::seal_part(random_, views,
                                    {exam_,
                                     part_,
                                     1,
                                     "样卷",
                                     time_,
                                     time_ + std::chrono::hours(24),
                                     scoring_key_.recipient(),
                                     {2, 3}})
                      .value());
    shared_["parts/01/bank.dsse.json"] = approved(bank_->bank_statement);
    shared_["parts/01/scoring.dsse.json"] = approved(bank_->scoring_statement);
    shared_["parts/01/scoring.age"] = bank_->scoring;
    shared_["parts/01/scoring-view.key"] = key_file(bank_->scoring_view_key);
}

void AuditFolder::make_manifest() {
    record::SittingManifest manifest;
    manifest.sitting = random_.id<SittingId>();
    attempts_.sitting = manifest.sitting;
    for (int i = 0; i < 2; ++i) {
        attempt_keys_.push_back(crypto::AgeIdentity::generate(random_));
        attempts_.attempts.push_back({random_.id<AttemptId>(),
                                      room_,
                                      record::public_of(attempt_keys_.back().recipient()),
                                      {},
                                      random_.id<Digest>()});
    }
    shared_["attempts.json"] = record::write_document(attempts_);
    manifest.organisation = organisation_;
    manifest.exam = exam_;
    manifest.site = site_;
    manifest.rooms = {{room_, "301", {desk_}}};
    manifest.parts = {{part_, "样卷", false, bank_->bank_statement.object.bank,
                       bank_->scoring_statement.object.scoring}};
    manifest.attempts = crypto::sha256(shared_["attempts.json"]);
    manifest.scoring_recipient = record::public_of(scoring_key_.recipient());
    manifest.escrow_recipient = manifest.scoring_recipient;
    log_key_ =
        tlog::NoteKey::make("assay-log/test", tlog::NoteAlgorithm::kEd25519, central_.verify_key())
            .value()
            .text();
    manifest.log_key = log_key_;
    manifest_ = record::make(manifest);
    shared_["manifest.dsse.json"] = approved(*manifest_);
}

void AuditFolder::make_room() {
    record::Enrolment enrolment{terminal_, site_, room_, {}, desk_, time_};
    enrolment.keys.signing = record::public_of(terminal_key_);
    enrolment.keys.tls = record::TlsPublic::from_bytes(enrolment.keys.signing.view()).value();
    enrolment.keys.age = record::public_of(scoring_key_.recipient());
    shared_["enrolment.dsse.json"] = to_bytes(record::sign(enrolment, desk_key_).json());
    record::RoomOpening opening;
    opening.manifest = manifest_->digest;
    opening.room = room_;
    opening.desk = desk_;
    opening.move_recipient = enrolment.keys.age;
    opening.time = time_;
    opening_ = record::sign(opening, desk_key_);
    shared_["room-opening.dsse.json"] = to_bytes(opening_->json());
}

record::PackagedJournal AuditFolder::begin_journal(const AttemptId& attempt) {
    auto key = crypto::JournalKey::random(random_);
    record::Start start;
    start.manifest = manifest_->digest;
    start.room = room_;
    start.attempt = attempt;
    start.terminal = terminal_;
    start.random = random_.id<record::Nonce>();
    start.key_digest = record::journal_key_digest(key);
    start.desk_time = time_;
    auto made = record::sign(start, terminal_key_);
    made.envelope.add_signature(desk_key_);
    return {std::move(made), std::move(key), {}, std::nullopt};
}

AuditFolder::Packed AuditFolder::pack(std::size_t number) {
    const record::AttemptRow& row = attempts_.attempts[number];
    record::PackageContents contents;
    contents.journals.push_back(begin_journal(row.attempt));
    record::PackagedJournal& journal = contents.journals.back();
    record::AnswerFold fold(row.attempt);
    const auto head = [&] {
        return record::chain_head(record::journal_id(journal.start), journal.records);
    };
    const auto write = [&](const record::Event& event) {
        record::JournalSealer sealer(journal.key, head().journal, random_);
        journal.records.push_back(
            sealer.seal(head().count, head().head, record::write_document(event)));
        fold.add(event);
    };
    record::Event answer;
    answer.kind = record::EventKind::kAnswer;
    answer.item = "Q01";
    answer.response = "RESPONSE";
    answer.values = std::vector<std::string>{number == 0 ? "A" : "B"};
    write(answer);
    write(finding(time_, true));
    write(finding(time_, false));
    write(gap(time_));
    Bytes segment = crypto::age_encrypt(random_, clip(time_), attempt_keys_[number].recipient());
    record::Event seen;
    seen.kind = record::EventKind::kSegment;
    seen.digest = crypto::sha256(segment);
    seen.number = static_cast<std::int64_t>(segment.size());
    write(seen);
    contents.index.segments = {{"clip", *seen.digest, segment.size(), time_, time_}};
    journal.acknowledgement = record::sign(
        record::Acknowledgement{head().journal, head().count - 1, head().head, time_}, desk_key_);
    record::Event done;
    done.kind = record::EventKind::kHandIn;
    done.text = "handed-in";
    write(done);
    contents.answers = record::write_document(fold.answers());
    contents.result = to_bytes("<assessmentResult/>");
    contents.salt = random_.id<record::Salt>();

    record::Package package;
    Bytes age = crypto::age_encrypt(random_, record::write_contents(contents),
                                    attempt_keys_[number].recipient());
    package.package = crypto::sha256(age);
    package.bytes = age.size();
    package.manifest = manifest_->digest;
    package.room = room_;
    package.attempt = row.attempt;
    package.parts = {{part_, bank_->bank_statement.object.bank}};
    package.terminal = terminal_;
    package.journals = {head()};
    package.evidence.segments = 1;
    package.commitment = record::commitment(contents.salt, row.attempt, contents.answers);
    package.kind = record::PackageKind::kHandedIn;
    package.time = time_;
    auto statement = record::sign(package, terminal_key_);
    statement.envelope.add_signature(desk_key_);
    return {std::move(statement), std::move(age), contents.answers, contents.salt, {segment}};
}

void AuditFolder::make_folders() {
    FakeDisk disk;
    auto log = tlog::Log::open("/log", "assay-log/test",
                               SigningKey::from_seed(central_.seed()).value(), disk)
                   .value();
    auto site = tlog::Log::open("/site", "assay-site-log/" + desk_.hex(),
                                SigningKey::from_seed(site_log_.seed()).value(), disk)
                    .value();
    site_log_key_ = site.key().text();
    std::vector<Packed> packed;
    record::Seal seal;
    seal.manifest = manifest_->digest;
    seal.room = room_;
    seal.opening = opening_->digest;
    EXPECT_TRUE(log.append(manifest_->envelope.payload).ok());
    for (std::size_t i = 0; i < 2; ++i) {
        packed.push_back(pack(i));
        const auto& statement = packed.back().statement;
        EXPECT_TRUE(log.append(statement.envelope.payload).ok());
        EXPECT_TRUE(site.append(statement.envelope.payload).ok());
        seal.rows.push_back({statement.object.attempt, statement.object.epoch,
                             record::Disposition::kHandedIn, statement.digest,
                             statement.object.evidence});
    }
    EXPECT_TRUE(log.append(as_bytes("one more")).ok());
    EXPECT_TRUE(log.commit().ok());
    EXPECT_TRUE(site.commit().ok());
    seal.checkpoint = site.checkpoint();
    shared_["seal.dsse.json"] = to_bytes(record::sign(seal, desk_key_).json());
    for (std::size_t i = 0; i < 2; ++i) {
        const Packed& each = packed[i];
        Files out = shared_;
        out["package.dsse.json"] = to_bytes(each.statement.json());
        out["package.age"] = each.age;
        out["receipt.txt"] = to_bytes(log.receipt(i + 1).value().write());
        const std::string proof = site.receipt(i).value().write();
        out["site-proof.txt"] = to_bytes(proof);
        auto opening = record::make(record::Opening{
            each.statement.object.attempt, each.statement.digest, attempts_.attempts[i].recipient,
            record::public_of(scoring_key_.recipient()), "审计", time_});
        out["opening.dsse.json"] = approved(opening);
        out["attempt.key"] = key_file(attempt_keys_[i]);
        out["evidence/0001.age"] = each.evidence.front();
        const auto sheet = mark(each.statement.object.attempt);
        out["marks/Q12.dsse.json"] = to_bytes(sheet.json());
        out["result.dsse.json"] = result_of(each, sheet, 0);
        raised_.push_back(result_of(each, sheet, 1000));
        folders_.push_back(std::move(out));
        slips_.push_back(record::Slip{each.statement.digest, each.salt, true, proof}.text());
        answers_.push_back(each.answers);
    }
}

record::Signed<record::MarkSheet> AuditFolder::mark(const AttemptId& attempt) const {
    record::MarkSheet sheet;
    sheet.attempt = attempt;
    sheet.item = "Q12";
    sheet.criterion = "total";
    sheet.mark_milli = 12'000;
    sheet.max_milli = 15'000;
    sheet.time = time_;
    sheet.marker = officer_ids_[0];
    return record::sign(sheet, officers_[0]);
}

Bytes AuditFolder::result_of(const Packed& packed, const record::Signed<record::MarkSheet>& sheet,
                             std::int64_t extra_milli) {
    record::AttemptResult result;
    result.attempt = packed.statement.object.attempt;
    result.manifest = manifest_->digest;
    result.source = packed.statement.digest;
    result.salt = random_.id<record::Salt>();
    result.scoring = {bank_->scoring_statement.object.scoring};
    result.time = time_;
    SystemDisk disk;
    const auto paper =
        server_core::ScoringPaper::read(
            item::read_package(disk, repository() / "question-bank" / "sample").value())
            .value();
    const server_core::ScoringPaper* const parts[] = {&paper};
    const auto answers = record::read_document<record::Answers>(packed.answers).value();
    server_core::ScoreRequest request;
    request.parts = parts;
    request.answers = &answers;
    request.time = time_;
    const record::MarkSheet marks[] = {sheet.object};
    request.marks = marks;
    auto score = server_core::score_attempt(request).value();
    result.marks = {sheet.digest};
    result.outcomes = std::move(score.outcomes);
    result.score_milli = score.score_milli + extra_milli;
    result.max_milli = score.max_milli;
    result.state = score.state;
    return to_bytes(record::sign(result, result_key_).json());
}

}  // namespace assay::test
