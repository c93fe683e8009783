#include "tests/terminal/desk/room_fixture.h"

#include "crypto/record/document.h"
#include "question-bank/sealed/capsule.h"

namespace assay::desk {
namespace {

record::AgePublic fresh_recipient(Random& random) {
    return record::AgePublic::from_bytes(crypto::AgeIdentity::generate(random).recipient().view())
        .value();
}

crypto::KeyRing make_desk(Random& random) {
    crypto::KeyRing ring(random.id<MachineId>());
    ring.add_signing("signing", crypto::SigningKey::generate(random));
    ring.add_signing("site-log", crypto::SigningKey::generate(random));
    ring.add_signing("tls", crypto::SigningKey::generate(random));
    ring.add_age("age", crypto::AgeIdentity::generate(random));
    return ring;
}

}  // namespace

RoomFixture::RoomFixture(Paper paper) : desk(make_desk(random)) {
    record::KeyRows rows{organisation, {}};
    record::KeyList list;
    for (int i = 0; i < 2; ++i) {
        officers.push_back(crypto::SigningKey::generate(random));
        rows.rows.push_back({record::Role::kExamOfficer, random.id<MachineId>(), "officer",
                             std::nullopt, std::nullopt, record::public_of(officers.back()),
                             std::nullopt});
        list.roots.push_back(record::public_of(officers.back()));  // the same two, for brevity
    }
    const DeskKeys keys = desk_keys();
    rows.rows.push_back({record::Role::kDesk, desk.id(), "desk", site, std::nullopt,
                         record::public_of(keys.signing), std::nullopt});
    rows.rows.push_back({record::Role::kRelease, random.id<MachineId>(), "release", std::nullopt,
                         std::nullopt, record::public_of(release_key), std::nullopt});
    key_list.rows = record::write_document(rows);
    list.organisation = organisation;
    list.rows = crypto::sha256(key_list.rows);
    auto signed_list = record::make(list);
    for (const auto& officer : officers) {
        signed_list.envelope.add_signature(officer);
    }
    key_list.list = to_bytes(signed_list.json());

    attempts.sitting = sitting;
    roster.sitting = sitting;
    for (int i = 1; i <= 3; ++i) {
        record::RosterRow row;
        row.attempt = random.id<AttemptId>();
        row.name = i == 3 ? "张·阿依古丽" : "王思雨";
        row.number = "202611000" + std::to_string(i);
        row.seat = "0" + std::to_string(i);
        row.seat_code = "K7M" + std::to_string(i);
        random.fill(row.salt.bytes);
        roster.rows.push_back(row);
        attempts.attempts.push_back(
            {row.attempt, room_id, fresh_recipient(random), {}, record::person_digest(row)});
    }
    record::SittingManifest object;
    object.sitting = sitting;
    object.organisation = organisation;
    object.site = site;
    object.title = "网络系统运维 初级 / Network operations, elementary";
    object.rooms = {{room_id, "301", {desk.id()}}};
    bundle.attempts = record::write_document(attempts);
    object.attempts = crypto::sha256(bundle.attempts);
    object.scoring_recipient = fresh_recipient(random);
    object.escrow_recipient = fresh_recipient(random);
    if (paper == Paper::kSealed) {
        add_paper(object);
    }
    manifest = record::make(object);
    for (const auto& officer : officers) {
        manifest->envelope.add_signature(officer);
    }
    bundle.manifest = to_bytes(manifest->json());
    bundle.roster = record::write_document(roster);
}

void RoomFixture::add_paper(record::SittingManifest& object) {
    part.exam = object.exam = random.id<ExamId>();
    part.part = random.id<PartId>();
    part.title = "样卷";
    part.languages = {"zh-CN"};
    part.bank = crypto::sha256(as_bytes("a bank"));
    part.recipient = record::AgePublic::from_bytes(part_key.recipient().view()).value();
    part.not_after = WallTime{4'000'000'000};
    object.parts = {{part.part, part.title, false, part.bank, {}}};
    object.window_end = part.not_after;
    auto statement = record::make(part);
    for (const auto& officer : officers) {
        statement.envelope.add_signature(officer);
    }
    bundle.banks = {{part.part, to_bytes(statement.json()), 1}};
}

LinkReply RoomFixture::answer_release(const LinkRequest& request) {
    const auto asked = record::read_document<protocol::ReleaseRequest>(request.body).value();
    record::Batch batch;
    batch.batch = random.id<BatchId>();
    batch.exam = part.exam;
    batch.parts = {{part.part, part.bank}};
    auto signed_batch = record::make(batch);
    for (const auto& officer : officers) {
        signed_batch.envelope.add_signature(officer);
    }
    record::Release release;
    release.part = asked.part;
    release.bank = part.bank;
    release.site = site;
    release.room = room_id;
    release.desk = desk.id();
    release.sitting = sitting;
    release.manifest = manifest->digest;
    release.batch = signed_batch.digest;
    release.nonce.emplace();
    random.fill(release.nonce->bytes);
    release.time = clock.wall();
    protocol::ReleaseReply reply;
    reply.release = to_bytes(record::sign(release, release_key).json());
    reply.batch = to_bytes(signed_batch.json());
    reply.key = sealed::make_capsule(random, part_key, desk_keys().age.recipient());
    return {200, {}, record::write_document(reply)};
}

Status RoomFixture::release(Room& to) {
    FakeLink server([this](const LinkRequest& request) { return answer_release(request); });
    return to.release_online(server);
}

RoomFixture::Terminal RoomFixture::new_terminal() {
    return {random.id<MachineId>(), crypto::SigningKey::generate(random),
            crypto::SigningKey::generate(random), crypto::AgeIdentity::generate(random)};
}

Status RoomFixture::enrol(const Terminal& terminal, const std::string& seat) {
    ASSAY_TRY(const record::RoomCode code, room->make_room_code());
    const crypto::TlsExporter exporter{};
    const protocol::EnrolRequest request{
        terminal.id, seat, terminal.keys(),
        record::enrolment_proof(code.secret.view(), terminal.keys(), exporter.view())};
    ASSAY_TRY(const auto reply, room->enrol(request, terminal.tls_key(), exporter));
    return reply.desk == desk.id() ? Status(Ok{}) : fail(Code::kInvalid, "desk.enrol.proof"_id);
}

record::Signed<record::Start> RoomFixture::make_start(
    const Terminal& terminal, std::size_t candidate, Epoch epoch, const crypto::JournalKey& key,
    std::optional<record::JournalHead> continued) {
    record::Start start;
    start.manifest = manifest->digest;
    start.room = room_id;
    start.attempt = attempts.attempts.at(candidate).attempt;
    start.epoch = epoch;
    start.terminal = terminal.id;
    random.fill(start.random.bytes);
    start.key_digest = record::journal_key_digest(key);
    start.continued = continued;
    start.desk_time = clock.wall();
    return record::sign(start, terminal.signing);
}

Result<RoomFixture::Journal> RoomFixture::admit(const Terminal& terminal, std::size_t candidate,
                                                Epoch epoch,
                                                std::optional<record::JournalHead> continued) {
    auto key = crypto::JournalKey::random(random);
    const auto start = make_start(terminal, candidate, epoch, key, continued);
    ASSAY_TRY(const auto reply, room->room());
    ASSAY_TRY(const auto opening, record::read_signed<record::RoomOpening>(reply.opening));
    ASSAY_TRY(const auto move_recipient,
              crypto::AgeRecipient::from_bytes(opening.object.move_recipient.view()));
    const protocol::StartRequest request{to_bytes(start.json()),
                                         crypto::age_encrypt(random, key.view(), move_recipient)};
    ASSAY_TRY(const auto admitted, room->admit(terminal.id, request));
    ASSAY_TRY(auto both, record::read_signed<record::Start>(admitted.start));
    const record::JournalId id = record::journal_id(both);
    return Journal{std::move(both), id, std::move(key), {}};
}

void RoomFixture::write(Journal& journal, const std::string& text) {
    record::JournalSealer sealer(journal.key, journal.id, random);
    const record::JournalHead at = head(journal);
    journal.records.push_back(sealer.seal(at.count, at.head, as_bytes(text)));
}

record::Signed<record::Package> RoomFixture::make_package(const Terminal& terminal,
                                                          std::size_t candidate, Epoch epoch,
                                                          std::vector<record::JournalHead> heads,
                                                          ByteView age_file) {
    record::Package package;
    package.package = crypto::sha256(age_file);
    package.bytes = age_file.size();
    package.manifest = manifest->digest;
    package.room = room_id;
    package.attempt = attempts.attempts.at(candidate).attempt;
    package.epoch = epoch;
    package.terminal = terminal.id;
    package.journals = std::move(heads);
    package.time = clock.wall();
    return record::sign(package, terminal.signing);
}

}  // namespace assay::desk
