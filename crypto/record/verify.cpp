#include "crypto/record/verify.h"

#include <algorithm>
#include <set>

namespace assay::record {

Error other_object(std::string_view object, const char* member) {
    return fail(Code::kRefused, "record.verify.other"_id,
                {{"object", std::string(object)}, {"member", member}});
}

Error unknown_machine(std::string_view object, const MachineId& machine) {
    return fail(Code::kDenied, "record.verify.unknown-machine"_id,
                {{"object", std::string(object)}, {"machine", machine.hex()}});
}

Status check_manifest(const Signed<SittingManifest>& manifest, const TrustedKeys& keys) {
    if (manifest.object.organisation != keys.list().organisation) {
        return other_object(SittingManifest::kName, "organisation");
    }
    if (keys.list().number < manifest.object.lowest_key_list) {
        return fail(Code::kRefused, "record.verify.key-list"_id,
                    {{"object", std::string(SittingManifest::kName)},
                     {"number", std::to_string(keys.list().number)},
                     {"lowest", std::to_string(manifest.object.lowest_key_list)}});
    }
    return require(manifest, keys.officers(), keys.officer_threshold());
}

Status check_enrolment(const Signed<Enrolment>& enrolment, const TrustedKeys& keys) {
    const KeyRow* desk = keys.find(Role::kDesk, enrolment.object.desk);
    if (desk == nullptr || !desk->signing || keys.revoked(*desk->signing)) {
        return unknown_machine(Enrolment::kName, enrolment.object.desk);
    }
    if (desk->site != enrolment.object.site) {
        return other_object(Enrolment::kName, "site");
    }
    return require_key(enrolment, *desk->signing);
}

Status check_opening(const Signed<RoomOpening>& opening, const Signed<SittingManifest>& manifest,
                     const TrustedKeys& keys) {
    const RoomOpening& object = opening.object;
    if (object.manifest != manifest.digest) {
        return other_object(RoomOpening::kName, "manifest");
    }
    const ManifestRoom* room = manifest.object.find_room(object.room);
    if (room == nullptr ||
        std::find(room->desks.begin(), room->desks.end(), object.desk) == room->desks.end()) {
        return other_object(RoomOpening::kName, "room");
    }
    if (object.number == 0 || (object.number > 1) != object.predecessor.has_value() ||
        (object.number > 1 && object.persons.size() < 2)) {
        return other_object(RoomOpening::kName, "number");
    }
    ASSAY_TRY(const SigningPublic key, desk_key(object, keys));
    return require_key(opening, key);
}

Result<SigningPublic> desk_key(const RoomOpening& opening, const TrustedKeys& keys) {
    const KeyRow* desk = keys.find(Role::kDesk, opening.desk);
    if (desk == nullptr || !desk->signing || keys.revoked(*desk->signing)) {
        return unknown_machine(RoomOpening::kName, opening.desk);
    }
    return *desk->signing;
}

Status check_batch(const Signed<Batch>& batch, const TrustedKeys& keys) {
    return require(batch, keys.officers(), keys.officer_threshold());
}

namespace {

Status check_batch_allows(const Release& release, const Signed<Batch>* batch, const ExamId& exam,
                          const TrustedKeys& keys) {
    if (batch == nullptr || batch->digest != release.batch) {
        return other_object(Release::kName, "batch");
    }
    ASSAY_TRY_STATUS(check_batch(*batch, keys));
    const std::vector<PartDigest>& parts = batch->object.parts;
    const PartDigest wanted{release.part, release.bank};
    if (batch->object.exam != exam) {
        return other_object(Batch::kName, "exam");
    }
    if (std::find(parts.begin(), parts.end(), wanted) == parts.end()) {
        return other_object(Release::kName, "part");
    }
    if (release.time < batch->object.not_before) {
        return fail(
            Code::kRefused, "record.release.too-early"_id,
            {{"time", release.time.text()}, {"not_before", batch->object.not_before.text()}});
    }
    return Ok{};
}

}  // namespace

Status check_release(const Signed<Release>& release, const Signed<SittingManifest>& manifest,
                     const Signed<RoomOpening>& opening, const Signed<Batch>* batch,
                     const TrustedKeys& keys) {
    const Release& object = release.object;
    ASSAY_TRY_STATUS(check_release_kind(object));
    if (object.manifest != manifest.digest || object.sitting != manifest.object.sitting) {
        return other_object(Release::kName, "manifest");
    }
    if (object.site != manifest.object.site) {
        return other_object(Release::kName, "site");
    }
    if (object.room != opening.object.room) {
        return other_object(Release::kName, "room");
    }
    if (object.desk != opening.object.desk) {
        return other_object(Release::kName, "desk");
    }
    const ManifestPart* part = manifest.object.find_part(object.part);
    if (part == nullptr || part->bank != object.bank) {
        return other_object(Release::kName, "part");
    }
    if (object.online()) {
        ASSAY_TRY_STATUS(check_batch_allows(object, batch, manifest.object.exam, keys));
        return require(release, keys.signing(Role::kRelease), 1);
    }
    ASSAY_TRY(const SigningPublic desk, desk_key(opening.object, keys));
    return require_key(release, desk);
}

Status check_start(const Signed<Start>& start, const Enrolment& terminal,
                   const Signed<SittingManifest>& manifest, const AttemptsFile& attempts) {
    if (start.object.manifest != manifest.digest) {
        return other_object(Start::kName, "manifest");
    }
    if (attempts.find(start.object.attempt) == nullptr) {
        return other_object(Start::kName, "attempt");
    }
    if (manifest.object.find_room(start.object.room) == nullptr) {
        return other_object(Start::kName, "room");
    }
    if (start.object.terminal != terminal.machine || terminal.site != manifest.object.site) {
        return other_object(Start::kName, "terminal");
    }
    return require_key(start, terminal.keys.signing);
}

Status check_admission(const Signed<Start>& start, const SigningPublic& desk) {
    return require_key(start, desk);
}

Status check_order(const Signed<DeskOrder>& order, const RoomOpening& opening,
                   const TrustedKeys& keys) {
    if (order.object.manifest != opening.manifest) {
        return other_object(DeskOrder::kName, "manifest");
    }
    if (order.object.room != opening.room) {
        return other_object(DeskOrder::kName, "room");
    }
    if (order.object.kind == OrderKind::kErrata) {
        ASSAY_TRY_STATUS(require(order, keys.officers(), keys.officer_threshold()));
    }
    ASSAY_TRY(const SigningPublic desk, desk_key(opening, keys));
    return require_key(order, desk);
}

Status check_acknowledgement(const Signed<Acknowledgement>& acknowledgement,
                             const JournalId& journal, const SigningPublic& desk) {
    if (acknowledgement.object.journal != journal) {
        return other_object(Acknowledgement::kName, "journal");
    }
    return require_key(acknowledgement, desk);
}

Status check_move(const Signed<Move>& move, const Signed<SittingManifest>& manifest,
                  const Start& before, const JournalHead& head, const SigningPublic& desk) {
    const Move& object = move.object;
    if (object.manifest != manifest.digest) {
        return other_object(Move::kName, "manifest");
    }
    if (object.attempt != before.attempt) {
        return other_object(Move::kName, "attempt");
    }
    if (object.epoch.value != before.epoch.value + 1) {
        return other_object(Move::kName, "epoch");
    }
    if (object.continued != head) {
        return other_object(Move::kName, "continued");
    }
    if (manifest.object.find_room(object.room) == nullptr) {
        return other_object(Move::kName, "room");
    }
    return require_key(move, desk);
}

Status check_package_place(const Package& package, const Signed<SittingManifest>& manifest,
                           const Start& newest) {
    const auto wrong = [&]() -> const char* {
        if (package.manifest != manifest.digest || newest.manifest != manifest.digest) {
            return "manifest";
        }
        if (package.attempt != newest.attempt) {
            return "attempt";
        }
        if (package.epoch != newest.epoch) {
            return "epoch";
        }
        if (package.room != newest.room) {
            return "room";
        }
        return package.terminal == newest.terminal ? nullptr : "terminal";
    }();
    if (wrong != nullptr) {
        return other_object(Package::kName, wrong);
    }
    for (const PartDigest& part : package.parts) {
        const ManifestPart* known = manifest.object.find_part(part.part);
        if (known == nullptr || known->bank != part.bank) {
            return other_object(Package::kName, "parts");
        }
    }
    return Ok{};
}

Status check_package_signers(const Signed<Package>& package, const SigningPublic& terminal,
                             const SigningPublic& desk, const TrustedKeys& keys) {
    if (package.object.kind == PackageKind::kRecovered) {
        return require(package, keys.officers(), keys.officer_threshold());
    }
    if (terminal == desk) {
        return other_object(Package::kName, "terminal");
    }
    ASSAY_TRY_STATUS(require_key(package, terminal));
    return require_key(package, desk);
}

Status check_seal(const Signed<Seal>& seal, const Signed<RoomOpening>& opening,
                  const AttemptsFile& attempts, const TrustedKeys& keys) {
    const Seal& object = seal.object;
    if (object.manifest != opening.object.manifest) {
        return other_object(Seal::kName, "manifest");
    }
    if (object.room != opening.object.room) {
        return other_object(Seal::kName, "room");
    }
    if (object.opening != opening.digest) {
        return other_object(Seal::kName, "opening");
    }
    std::set<AttemptId> accounted;
    for (const SealRow& row : object.rows) {
        if (attempts.find(row.attempt) == nullptr || !accounted.insert(row.attempt).second) {
            return other_object(Seal::kName, "rows");
        }
    }
    for (const AttemptRow& row : attempts.attempts) {
        if (row.room == object.room && !accounted.contains(row.attempt)) {
            return fail(Code::kRefused, "record.seal.missing"_id, {{"attempt", row.attempt.hex()}});
        }
    }
    ASSAY_TRY(const SigningPublic desk, desk_key(opening.object, keys));
    return require_key(seal, desk);
}

}  // namespace assay::record
