#include "terminal/sitting/desk_checks.h"

#include <algorithm>

#include "crypto/record/verify.h"
#include "question-bank/sealed/kit.h"

namespace assay::sitting {
namespace {

using record::Signed;

Error other(const char* what) {
    return fail(Code::kRefused, "sitting.desk.other"_id, {{"object", what}});
}

/// An offline release rests on a kit that officers made for this bank and this site.
Status check_site_kit(const protocol::ReleaseReply& reply, const record::Release& release,
                      const VerifiedRoom& room, const record::TrustedKeys& keys) {
    if (!reply.kit) {
        return other("site-kit");
    }
    ASSAY_TRY(const auto kit, record::read_signed<sealed::SiteKit>(*reply.kit));
    ASSAY_TRY_STATUS(record::require(kit, keys.officers(), keys.officer_threshold()));
    if (kit.digest != release.kit || kit.object.bank != release.bank ||
        kit.object.site != room.manifest.object.site) {
        return other("site-kit");
    }
    return Ok{};
}

}  // namespace

Result<VerifiedRoom> verify_room(const protocol::RoomReply& reply,
                                 const record::TrustedKeys& keys) {
    ASSAY_TRY(auto manifest, record::read_signed<record::SittingManifest>(reply.manifest));
    ASSAY_TRY_STATUS(record::check_manifest(manifest, keys));
    ASSAY_TRY(auto attempts, record::read_attempts(manifest.object, reply.attempts));
    ASSAY_TRY(auto opening, record::read_signed<record::RoomOpening>(reply.opening));
    ASSAY_TRY_STATUS(record::check_opening(opening, manifest, keys));
    ASSAY_TRY(const record::SigningPublic desk, record::desk_key(opening.object, keys));
    VerifiedRoom out{std::move(manifest), std::move(attempts), std::move(opening), desk, {}};
    for (const protocol::BankStatement& bank : reply.banks) {
        ASSAY_TRY(auto statement, record::read_signed<sealed::BankPart>(bank.statement));
        ASSAY_TRY_STATUS(record::require(statement, keys.officers(), keys.officer_threshold()));
        out.banks.push_back(std::move(statement));
    }
    return out;
}

Result<record::AttemptRow> verify_person(const protocol::CheckInReply& reply,
                                         const VerifiedRoom& room) {
    const record::AttemptRow* row = room.attempts.find(reply.row.attempt);
    if (row == nullptr || row->person != record::person_digest(reply.row) ||
        row->accommodations != reply.row.accommodations) {
        return other("roster-row");
    }
    if (reply.row.photo && !reply.photo.empty() &&
        crypto::sha256(reply.photo) != *reply.row.photo) {
        return other("photo");
    }
    return *row;
}

Result<Signed<record::Start>> verify_start(const Signed<record::Start>& sent,
                                           const protocol::StartReply& reply,
                                           const VerifiedRoom& room) {
    ASSAY_TRY(auto start, record::read_signed<record::Start>(reply.start));
    if (start.digest != sent.digest) {
        return other("start");
    }
    ASSAY_TRY_STATUS(record::require_key(start, room.desk));
    return start;
}

Result<Signed<record::Release>> verify_release(const protocol::ReleaseReply& reply,
                                               const VerifiedRoom& room,
                                               const record::TrustedKeys& keys) {
    ASSAY_TRY(auto release, record::read_signed<record::Release>(reply.release));
    std::optional<Signed<record::Batch>> batch;
    if (reply.batch) {
        ASSAY_TRY(batch, record::read_signed<record::Batch>(*reply.batch));
    }
    ASSAY_TRY_STATUS(record::check_release(release, room.manifest, room.opening,
                                           batch ? &*batch : nullptr, keys));
    if (!release.object.online()) {
        ASSAY_TRY_STATUS(check_site_kit(reply, release.object, room, keys));
    }
    return release;
}

Result<Signed<record::DeskOrder>> verify_order(ByteView order, const VerifiedRoom& room,
                                               const record::TrustedKeys& keys) {
    ASSAY_TRY(auto read, record::read_signed<record::DeskOrder>(order));
    ASSAY_TRY_STATUS(record::check_order(read, room.opening.object, keys));
    return read;
}

Result<Signed<record::Acknowledgement>> verify_acknowledgement(ByteView acknowledgement,
                                                               const record::JournalHead& held,
                                                               const VerifiedRoom& room) {
    ASSAY_TRY(auto read, record::read_signed<record::Acknowledgement>(acknowledgement));
    ASSAY_TRY_STATUS(record::require_key(read, room.desk));
    if (held.count == 0 || read.object.journal != held.journal ||
        read.object.index != held.count - 1 || read.object.head != held.head) {
        return fail(Code::kConflict, "sitting.journal.fork"_id);
    }
    return read;
}

Result<Signed<record::Package>> verify_countersigned(const Signed<record::Package>& sent,
                                                     ByteView reply, const VerifiedRoom& room) {
    ASSAY_TRY(auto package, record::read_signed<record::Package>(reply));
    if (package.digest != sent.digest) {
        return other("package");
    }
    ASSAY_TRY_STATUS(record::require_key(package, room.desk));
    return package;
}

namespace {

Result<record::PackagedJournal> read_moved(const protocol::MovedJournal& moved,
                                           const record::TrustedKeys& keys,
                                           const crypto::AgeIdentity& age) {
    ASSAY_TRY(auto start, record::read_signed<record::Start>(moved.start));
    ASSAY_TRY_STATUS(record::require(start, keys.signing(record::Role::kDesk), 1));
    ASSAY_TRY(const crypto::SecretBytes opened, crypto::age_decrypt_secret(moved.key, age));
    ASSAY_TRY(auto key, crypto::JournalKey::from_bytes(opened.view()));
    if (record::journal_key_digest(key) != start.object.key_digest) {
        return other("journal-key");
    }
    record::PackagedJournal out{std::move(start), std::move(key), moved.records, std::nullopt};
    if (moved.acknowledgement) {
        ASSAY_TRY(out.acknowledgement,
                  record::read_signed<record::Acknowledgement>(*moved.acknowledgement));
    }
    return out;
}

}  // namespace

Result<AdoptedMove> verify_move(const protocol::MoveReply& reply, const VerifiedRoom& room,
                                const record::TrustedKeys& keys, const MoveTarget& here,
                                const SealerMaker& sealers) {
    std::vector<Signed<record::Move>> moves;
    for (const Bytes& each : reply.moves) {
        ASSAY_TRY(auto move, record::read_signed<record::Move>(each));
        ASSAY_TRY_STATUS(record::require(move, keys.signing(record::Role::kDesk), 1));
        moves.push_back(std::move(move));
    }
    if (moves.empty() || moves.back().object.terminal != here.terminal ||
        moves.back().object.manifest != room.manifest.digest ||
        moves.back().object.attempt != reply.attempt.attempt) {
        return other("move");
    }
    ASSAY_TRY_STATUS(record::require_key(moves.back(), room.desk));
    AdoptedMove out{moves.back(), moves, {}};
    std::optional<record::JournalHead> head;
    for (const protocol::MovedJournal& each : reply.journals) {
        ASSAY_TRY(auto journal, read_moved(each, keys, here.age));
        const record::JournalId id = record::journal_id(journal.start);
        const auto sealer = sealers(journal.key, id);
        ASSAY_TRY(const auto opened, record::open_journal(*sealer, id, journal.records));
        if (journal.start.object.continued != head ||
            journal.start.object.attempt != reply.attempt.attempt) {
            return other("journal");
        }
        head = opened.head;
        out.journals.push_back(std::move(journal));
    }
    if (head != out.move.object.continued) {
        return other("journal");
    }
    return out;
}

Terms terms_of(const VerifiedRoom& room, const record::AttemptRow& row) {
    return {room.manifest.digest, row.attempt, room.manifest.object.rules, row.accommodations};
}

}  // namespace assay::sitting
