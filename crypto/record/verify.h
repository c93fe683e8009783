#pragma once

#include "crypto/record/desk_order.h"
#include "crypto/record/enrolment.h"
#include "crypto/record/key_list.h"
#include "crypto/record/manifest.h"
#include "crypto/record/package.h"
#include "crypto/record/room.h"
#include "crypto/record/start.h"

// Who must have signed what, said once. Each check takes an object as it was read and answers
// whether it counts; nothing here looks at a clock. Errors name the object and the rule.
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

/// t-of-n exam officers.
Status check_batch(const Signed<Batch>& batch, const TrustedKeys& keys);

/// For this manifest, room and desk, a part of the manifest with its bank digest, not before the
/// batch's time; signed by the server's release key with an approved batch (online), or by the
/// desk in charge (offline; the caller checks kit and shares with sealed/kit.h).
Status check_release(const Signed<Release>& release, const Signed<SittingManifest>& manifest,
                     const Signed<RoomOpening>& opening, const Signed<Batch>* batch,
                     const TrustedKeys& keys);

/// For this manifest and room, signed by the enrolled terminal and, if `admitted`, by the desk.
Status check_start(const Signed<Start>& start, const Enrolment& terminal,
                   const Signed<SittingManifest>& manifest, const AttemptsFile& attempts);
Status check_admission(const Signed<Start>& start, const SigningPublic& desk);

/// By the desk in charge, for this manifest and room; errata carry two officers as well.
Status check_order(const Signed<DeskOrder>& order, const RoomOpening& opening,
                   const TrustedKeys& keys);

/// A package of kind handed-in or forced: the terminal of its start and the desk in charge. One of
/// kind recovered: t-of-n officers. Two terminals, or two desks, are not enough.
Status check_package_signers(const Signed<Package>& package, const SigningPublic& terminal,
                             const SigningPublic& desk, const TrustedKeys& keys);

/// Signed by the desk of the opening it names; one row for each attempt that the manifest has in
/// this room, no attempt twice.
Status check_seal(const Signed<Seal>& seal, const Signed<RoomOpening>& opening,
                  const AttemptsFile& attempts, const TrustedKeys& keys);

}  // namespace assay::record
