#pragma once

#include <memory>

#include "crypto/record/verify.h"
#include "crypto/record/verify_office.h"
#include "tests/crypto/record/random_object.h"

namespace assay::test {

/// A signing key with the machine or person that holds it.
struct Holder {
    MachineId id;
    crypto::SigningKey key;
    record::SigningPublic signing() const { return record::public_of(key); }
};

/// One sitting with everybody in it: an organisation, two rooms, a desk in charge and a spare one,
/// a desk of the other room, two terminals. What is right for it is right; all else is a replay.
class OneSitting {
  public:
    OneSitting() {
        for (int i = 0; i < 3; ++i) {
            roots.push_back(holder());
            officers.push_back(holder());
        }
        keys = std::make_unique<record::TrustedKeys>(
            record::TrustedKeys::from(key_list(), rows_bytes(), root_keys(), 2).value());
        make_attempts();
        make_manifest();
        make_room();
    }

    Holder holder() { return Holder{random.id<MachineId>(), crypto::SigningKey::generate(random)}; }
    record::AgePublic age_key() {
        return record::public_of(crypto::AgeIdentity::generate(random).recipient());
    }
    /// Filled at random, so that no member is at its default.
    template <typename T>
    T filled() {
        return values.make<T>();
    }
    std::vector<record::SigningPublic> root_keys() const {
        std::vector<record::SigningPublic> out;
        for (const Holder& each : roots) {
            out.push_back(each.signing());
        }
        return out;
    }

    record::KeyList plain_key_list() {
        record::KeyList list;
        list.organisation = organisation;
        list.roots = root_keys();
        list.rows = crypto::sha256(rows_bytes());
        list.time = WallTime{1000};
        return list;
    }
    record::Signed<record::KeyList> key_list() {
        auto out = record::sign(plain_key_list(), roots[0].key);
        out.envelope.add_signature(roots[1].key);
        return out;
    }
    Bytes rows_bytes() {
        record::KeyRows rows{organisation, {}};
        for (const Holder& each : officers) {
            rows.rows.push_back(row(record::Role::kExamOfficer, each));
        }
        for (const Holder* each : {&desk, &spare_desk, &other_desk}) {
            rows.rows.push_back(row(record::Role::kDesk, *each));
            rows.rows.back().site = site;
        }
        rows.rows.push_back(row(record::Role::kDesk, far_desk));
        rows.rows.back().site = other_site;
        rows.rows.push_back(row(record::Role::kRelease, releaser));
        rows.rows.push_back(row(record::Role::kResult, result_key));
        return record::write_document(rows);
    }

    FakeRandom random{11};
    RandomObject values{12};
    OrganisationId organisation = random.id<OrganisationId>();
    SiteId site = random.id<SiteId>();
    SiteId other_site = random.id<SiteId>();
    ExamId exam = random.id<ExamId>();
    RoomId room = random.id<RoomId>();
    RoomId other_room = random.id<RoomId>();
    std::vector<Holder> roots;
    std::vector<Holder> officers;
    Holder desk = holder();
    Holder spare_desk = holder();
    Holder other_desk = holder();  ///< of the other room
    Holder far_desk = holder();    ///< of another site
    Holder releaser = holder();
    Holder result_key = holder();
    Holder terminal = holder();
    Holder other_terminal = holder();
    std::unique_ptr<record::TrustedKeys> keys;

    record::AttemptsFile attempts;
    record::SittingManifest plain_manifest;
    record::Signed<record::SittingManifest> manifest;
    record::Enrolment enrolment;
    record::Signed<record::RoomOpening> opening;
    record::Start start;
    record::Package package;

  private:
    static record::KeyRow row(record::Role role, const Holder& holder) {
        record::KeyRow out;
        out.role = role;
        out.id = holder.id;
        out.signing = holder.signing();
        return out;
    }
    void make_attempts() {
        attempts.sitting = random.id<SittingId>();
        for (int i = 0; i < 3; ++i) {
            attempts.attempts.push_back(filled<record::AttemptRow>());
            attempts.attempts.back().room = i == 2 ? other_room : room;
        }
    }
    void make_manifest() {
        record::SittingManifest& out = plain_manifest;
        out = filled<record::SittingManifest>();
        out.sitting = attempts.sitting;
        out.organisation = organisation;
        out.exam = exam;
        out.site = site;
        out.lowest_key_list = 1;
        out.attempts = crypto::sha256(record::write_document(attempts));
        out.rooms = {{room, "301", {desk.id, spare_desk.id}}, {other_room, "302", {other_desk.id}}};
        out.parts = {filled<record::ManifestPart>(), filled<record::ManifestPart>()};
        manifest = record::sign(out, officers[0].key);
        manifest.envelope.add_signature(officers[1].key);
    }
    void make_room() {
        enrolment = filled<record::Enrolment>();
        enrolment.machine = terminal.id;
        enrolment.site = site;
        enrolment.desk = desk.id;
        enrolment.keys.signing = terminal.signing();
        record::RoomOpening in_charge = filled<record::RoomOpening>();
        in_charge.manifest = manifest.digest;
        in_charge.room = room;
        in_charge.number = 1;
        in_charge.predecessor.reset();
        in_charge.desk = desk.id;
        opening = record::sign(in_charge, desk.key);
        start = filled<record::Start>();
        start.manifest = manifest.digest;
        start.room = room;
        start.attempt = attempts.attempts[0].attempt;
        start.epoch = Epoch{3};
        start.terminal = terminal.id;
        package = filled<record::Package>();
        package.manifest = manifest.digest;
        package.room = room;
        package.attempt = start.attempt;
        package.epoch = start.epoch;
        package.terminal = terminal.id;
        package.parts = {{plain_manifest.parts[0].part, plain_manifest.parts[0].bank}};
        package.kind = record::PackageKind::kHandedIn;
    }
};

}  // namespace assay::test
