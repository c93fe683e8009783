#pragma once

#include <vector>

#include "crypto/record/key_list.h"
#include "crypto/record/room.h"
#include "question-bank/sealed/bank.h"
#include "server/protocol/journal.h"
#include "server/protocol/package.h"
#include "server/protocol/release.h"
#include "server/protocol/sitting.h"
#include "terminal/sitting/chain.h"

// What a terminal checks before it believes its desk. TLS says who speaks; these say that the
// organisation stands behind it, and that it belongs to this room.
namespace assay::sitting {

/// A room whose manifest the officers signed and whose opening the desk in charge signed.
struct VerifiedRoom {
    record::Signed<record::SittingManifest> manifest;
    record::AttemptsFile attempts;
    record::Signed<record::RoomOpening> opening;
    record::SigningPublic desk;  ///< the key of the desk in charge
    std::vector<record::Signed<sealed::BankPart>> banks;
};
Result<VerifiedRoom> verify_room(const protocol::RoomReply& reply, const record::TrustedKeys& keys);

/// The person is on the roster that the manifest binds, in this room, with this photo.
Result<record::AttemptRow> verify_person(const protocol::CheckInReply& reply,
                                         const VerifiedRoom& room);

/// The start comes back as it was sent, signed by the desk in charge as well.
Result<record::Signed<record::Start>> verify_start(const record::Signed<record::Start>& sent,
                                                   const protocol::StartReply& reply,
                                                   const VerifiedRoom& room);

/// The release is for this room, part and manifest, in one of its two forms, and what it rests on
/// carries the officers' signatures.
Result<record::Signed<record::Release>> verify_release(const protocol::ReleaseReply& reply,
                                                       const VerifiedRoom& room,
                                                       const record::TrustedKeys& keys);

/// The order is of this manifest and room, by the desk in charge, errata by officers as well.
Result<record::Signed<record::DeskOrder>> verify_order(ByteView order, const VerifiedRoom& room,
                                                       const record::TrustedKeys& keys);

/// The desk acknowledges exactly the record that lies here.
Result<record::Signed<record::Acknowledgement>> verify_acknowledgement(
    ByteView acknowledgement, const record::JournalHead& held, const VerifiedRoom& room);

/// The same Statement with both signatures.
Result<record::Signed<record::Package>> verify_countersigned(
    const record::Signed<record::Package>& sent, ByteView reply, const VerifiedRoom& room);

/// What moves here, checked: the newest move is signed by the desk in charge and names this
/// terminal; each journal's records open under a key that its start commits to, each continues the
/// one before, and the last ends where the move says.
struct AdoptedMove {
    record::Signed<record::Move> move;
    std::vector<record::Signed<record::Move>> moves;
    std::vector<record::PackagedJournal> journals;
};
struct MoveTarget {
    MachineId terminal;
    const crypto::AgeIdentity& age;
};
Result<AdoptedMove> verify_move(const protocol::MoveReply& reply, const VerifiedRoom& room,
                                const record::TrustedKeys& keys, const MoveTarget& here,
                                const SealerMaker& sealers);

Terms terms_of(const VerifiedRoom& room, const record::AttemptRow& row);

}  // namespace assay::sitting
