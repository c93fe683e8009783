#pragma once

#include "crypto/record/manifest.h"
#include "crypto/record/room.h"

namespace assay::protocol {

/// One bank part's statements; bank.age itself is GET /v1/banks/{H(bank.age)} as plain bytes.
struct BankStatement {
    PartId part;
    Bytes statement;  ///< bank.dsse.json
    std::uint64_t bytes = 0;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("part", s.part);
        v.field("statement", s.statement);
        v.field("bytes", s.bytes);
    }
};

/// GET /v1/sittings/{sitting} at the server, for a desk of the sitting's site. Photos are
/// GET /v1/photos/{digest}.
struct SittingReply {
    static constexpr std::string_view kName = "sitting-reply";
    Bytes manifest;  ///< Signed<SittingManifest>
    Bytes attempts;  ///< AttemptsFile
    Bytes roster;    ///< SiteRoster: personal, stays at the site
    std::vector<BankStatement> banks;
    std::vector<Bytes> kits;  ///< Signed<SiteKit>, for a release without the server

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("manifest", s.manifest);
        v.field("attempts", s.attempts);
        v.field("roster", s.roster);
        v.field("banks", s.banks);
        v.field("kits", s.kits);
    }
};

/// GET /v1/room at a desk, for an enrolled terminal: all it needs before check-in, nothing
/// personal.
struct RoomReply {
    static constexpr std::string_view kName = "room-reply";
    Bytes manifest;
    Bytes attempts;
    Bytes opening;  ///< Signed<RoomOpening>, the newest
    std::vector<BankStatement> banks;
    std::string log_key;  ///< verifier key of the desk's site log

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("manifest", s.manifest);
        v.field("attempts", s.attempts);
        v.field("opening", s.opening);
        v.field("banks", s.banks);
        v.field("logKey", s.log_key);
    }
};

/// POST /v1/check-in: who sits here? Without number the desk looks up the terminal's seat.
struct CheckInRequest {
    static constexpr std::string_view kName = "check-in-request";
    std::optional<std::string> number;
    std::optional<std::string> seat_code;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("number", s.number);
        v.field("seatCode", s.seat_code);
    }
};

/// The person's roster row and photo, to be confirmed on the screen. The photo is PNG or JPEG.
struct CheckInReply {
    static constexpr std::string_view kName = "check-in-reply";
    record::RosterRow row;
    std::string room_name;
    Bytes photo;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("row", s.row);
        v.field("roomName", s.room_name);
        v.field("photo", s.photo);
    }
};

}  // namespace assay::protocol
