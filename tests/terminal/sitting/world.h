#pragma once

#include "crypto/age.h"
#include "crypto/ed25519.h"
#include "crypto/record/document.h"
#include "crypto/record/key_list.h"
#include "crypto/record/manifest.h"
#include "crypto/record/room.h"
#include "question-bank/sealed/statements.h"

namespace assay::sitting::test {

/// An organisation with two officers, a desk in charge of one room, and one candidate.
struct World {
    explicit World(std::uint64_t seed);

    record::TrustedKeys keys() const;
    record::SittingManifest manifest_object() const;

    FakeRandom random;
    crypto::SigningKey root, officer_1, officer_2, release_key, desk_key, spare_desk_key,
        terminal_key;
    crypto::AgeIdentity terminal_age, terminal_2_age, attempt_key, move_key, part_key;
    MachineId desk, spare_desk, terminal, terminal_2;
    SiteId site;
    RoomId room;
    ExamId exam;
    PartId part;
    SittingId sitting;
    AttemptId attempt;
    record::RosterRow row;
    Bytes bank = to_bytes("a bank");  ///< replaced by tests that open it
    sealed::BankPart bank_part;
    record::SittingRules rules;
};

// ---- definitions; inline, because tests of several kinds use them

inline World::World(std::uint64_t seed)
    : random(seed),
      root(crypto::SigningKey::generate(random)),
      officer_1(crypto::SigningKey::generate(random)),
      officer_2(crypto::SigningKey::generate(random)),
      release_key(crypto::SigningKey::generate(random)),
      desk_key(crypto::SigningKey::generate(random)),
      spare_desk_key(crypto::SigningKey::generate(random)),
      terminal_key(crypto::SigningKey::generate(random)),
      terminal_age(crypto::AgeIdentity::generate(random)),
      terminal_2_age(crypto::AgeIdentity::generate(random)),
      attempt_key(crypto::AgeIdentity::generate(random)),
      move_key(crypto::AgeIdentity::generate(random)),
      part_key(crypto::AgeIdentity::generate(random)),
      desk(random.id<MachineId>()),
      spare_desk(random.id<MachineId>()),
      terminal(random.id<MachineId>()),
      terminal_2(random.id<MachineId>()),
      site(random.id<SiteId>()),
      room(random.id<RoomId>()),
      exam(random.id<ExamId>()),
      part(random.id<PartId>()),
      sitting(random.id<SittingId>()),
      attempt(random.id<AttemptId>()) {
    row.attempt = attempt;
    row.name = "王小明";
    row.number = "20260001";
    row.seat = "01";
    row.seat_code = "4711";
    row.salt = random.id<record::Salt>();
    bank_part.exam = exam;
    bank_part.part = part;
    bank_part.title = "A";
    bank_part.bank = crypto::sha256(bank);
    bank_part.bytes = bank.size();
    bank_part.recipient = record::public_of(part_key.recipient());
    bank_part.not_before = WallTime{0};
    bank_part.not_after = WallTime{4'000'000'000};
}

inline record::TrustedKeys World::keys() const {
    using record::KeyRow;
    using record::public_of;
    using record::Role;
    const auto key_row = [](Role role, const MachineId& id, const crypto::SigningKey& key) {
        KeyRow out;
        out.role = role;
        out.id = id;
        out.signing = public_of(key);
        return out;
    };
    record::KeyRows rows;
    MachineId other;
    rows.rows = {key_row(Role::kExamOfficer, other, officer_1),
                 key_row(Role::kExamOfficer, other, officer_2),
                 key_row(Role::kRelease, other, release_key), key_row(Role::kDesk, desk, desk_key),
                 key_row(Role::kDesk, spare_desk, spare_desk_key)};
    const Bytes file = record::write_document(rows);
    record::KeyList list;
    list.roots = {public_of(root)};
    list.root_threshold = 1;
    list.rows = crypto::sha256(file);
    const auto signed_list = record::sign(list, root);
    return record::TrustedKeys::from(signed_list, file, list.roots, 1).value();
}

inline record::SittingManifest World::manifest_object() const {
    record::SittingManifest out;
    out.sitting = sitting;
    out.exam = exam;
    out.site = site;
    out.title = "1+X";
    out.rooms = {{room, "301", {desk, spare_desk}}};
    out.parts = {{part, "A", false, bank_part.bank, Digest{}}};
    out.rules = rules;
    out.scoring_recipient = out.escrow_recipient = record::public_of(attempt_key.recipient());
    return out;
}

}  // namespace assay::sitting::test
