#pragma once

#include "crypto/record/desk_order.h"
#include "crypto/record/enrolment.h"
#include "crypto/record/key_list.h"
#include "crypto/record/manifest.h"
#include "crypto/record/package.h"
#include "crypto/record/room.h"
#include "crypto/record/start.h"

// Who must have signed what, said once. Each check takes an object as it was read and answers
// whether it counts; nothing here looks at a clock. Pure functions, for any thread. What officers
// and the server decide beside a sitting is in verify_office.h.
//
// Errors name the object and the rule: record.signature.too-few (kDenied: get the missing
// signature), record.verify.other (kRefused: it is of another sitting, room, attempt...; take the
// right file), record.verify.unknown-machine (kDenied: look at the key list).
namespace assay::record {

/// t-of-n exam officers of the key list, whose number is at least the manifest's lowest.
Status check_manifest(const Signed<SittingManifest>& manifest, const TrustedKeys& keys);

/// Signed by a desk of the same site.
Status check_enrolment(const Signed<Enrolment>& enrolment, const TrustedKeys& keys);

/// A desk that the manifest names for this room, signed by that desk; two persons from number 2 on.
Status check_opening(const Signed<RoomOpening>& opening, const Signed<SittingManifest>& manifest,
                     const TrustedKeys& keys);

/// The signing key of the desk in charge. kDenied where the key list has no such desk.
Result<SigningPublic> desk_key(const RoomOpening& opening, const TrustedKeys& keys);

/// t-of-n exam officers. Its exam and its parts are held against those of a release.
Status check_batch(const Signed<Batch>& batch, const TrustedKeys& keys);

/// For this manifest, room and desk, a part of the manifest with its bank digest, not before the
/// batch's time; signed by the server's release key with an approved batch (online), or by the
/// desk in charge (offline; the caller checks kit and shares with sealed/kit.h).
Status check_release(const Signed<Release>& release, const Signed<SittingManifest>& manifest,
                     const Signed<RoomOpening>& opening, const Signed<Batch>* batch,
                     const TrustedKeys& keys);

/// For this manifest, an attempt and a room of it: by the terminal; then, to admit it, by the desk.
Status check_start(const Signed<Start>& start, const Enrolment& terminal,
                   const Signed<SittingManifest>& manifest, const AttemptsFile& attempts);
Status check_admission(const Signed<Start>& start, const SigningPublic& desk);

/// By the desk in charge, for this manifest and room; errata carry t officers' signatures as well.
Status check_order(const Signed<DeskOrder>& order, const RoomOpening& opening,
                   const TrustedKeys& keys);

/// Of this journal, and signed by the desk in charge.
Status check_acknowledgement(const Signed<Acknowledgement>& acknowledgement,
                             const JournalId& journal, const SigningPublic& desk);

/// Of this manifest and attempt, one epoch after the journal that it continues; signed by the desk
/// in charge.
Status check_move(const Signed<Move>& move, const Signed<SittingManifest>& manifest,
                  const Start& before, const JournalHead& head, const SigningPublic& desk);

/// What a package must be about: the manifest, and the newest start of its attempt.
/// record.verify.other names the first member that is another.
Status check_package_place(const Package& package, const Signed<SittingManifest>& manifest,
                           const Start& newest);

/// A package of kind handed-in or forced: the terminal of its start and the desk in charge. One of
/// kind recovered: t-of-n officers. Two terminals, or two desks, are not enough; one key in both
/// roles is record.verify.other.
Status check_package_signers(const Signed<Package>& package, const SigningPublic& terminal,
                             const SigningPublic& desk, const TrustedKeys& keys);

/// "This object belongs to something else: its member is not the one expected here."
Error other_object(std::string_view object, const char* member);
/// The key list has no such machine, or no longer trusts it.
Error unknown_machine(std::string_view object, const MachineId& machine);

/// Signed by the desk of the opening it names; one row for each attempt that the manifest has in
/// this room, no attempt twice.
Status check_seal(const Signed<Seal>& seal, const Signed<RoomOpening>& opening,
                  const AttemptsFile& attempts, const TrustedKeys& keys);

}  // namespace assay::record
