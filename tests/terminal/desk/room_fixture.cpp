#include "tests/terminal/desk/room_fixture.h"

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

RoomFixture::RoomFixture() : desk(make_desk(random)) {
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
        row.name = "王思雨";
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
    object.title = "网络系统运维 初级";
    object.rooms = {{room_id, "301", {desk.id()}}};
    bundle.attempts = record::write_document(attempts);
    object.attempts = crypto::sha256(bundle.attempts);
    object.scoring_recipient = fresh_recipient(random);
    object.escrow_recipient = fresh_recipient(random);
    manifest = record::make(object);
    for (const auto& officer : officers) {
        manifest->envelope.add_signature(officer);
    }
    bundle.manifest = to_bytes(manifest->json());
    bundle.roster = record::write_document(roster);
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
