#pragma once

#include "server/core/intake.h"

namespace assay::server_core {

/// What is known about one attempt: what its room's newest seal says, and what is here.
enum class BoardState {
    kNotSealed,    ///< no seal says anything yet; `package` where one is here already
    kReceived,     ///< the package that the seal names is here
    kOutstanding,  ///< the seal names a package that is not here
    kOther,        ///< another package counts here than the seal names: two people look at it
    kAbsent,       ///< never came
    kTerminated,   ///< ended without a package
    kLost,         ///< started, and nothing is left at the site
    kVoid,         ///< two people decided so
};
}  // namespace assay::server_core

namespace assay::record {
template <>
struct Words<server_core::BoardState> {
    using State = server_core::BoardState;
    static constexpr std::array kWords{
        std::pair{State::kNotSealed, std::string_view("not-sealed")},
        std::pair{State::kReceived, std::string_view("received")},
        std::pair{State::kOutstanding, std::string_view("outstanding")},
        std::pair{State::kOther, std::string_view("other-package")},
        std::pair{State::kAbsent, std::string_view("absent")},
        std::pair{State::kTerminated, std::string_view("terminated")},
        std::pair{State::kLost, std::string_view("lost")},
        std::pair{State::kVoid, std::string_view("void")},
    };
};
}  // namespace assay::record

namespace assay::server_core {

struct BoardRow {
    AttemptId attempt;
    BoardState state{};
    std::optional<Digest> sealed_package;
    std::optional<Digest> package;        ///< that counts here
    std::uint64_t evidence_expected = 0;  ///< segments, as the seal counts them
    std::uint64_t evidence_received = 0;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("attempt", s.attempt);
        v.field("state", s.state);
        v.field("sealedPackage", s.sealed_package);
        v.field("package", s.package);
        v.field("evidenceExpected", s.evidence_expected);
        v.field("evidenceReceived", s.evidence_received);
    }
};

struct BoardRoom {
    RoomId room;
    std::string name;
    bool opened = false;
    std::uint64_t seal = 0;  ///< number of the newest; 0: not sealed
    std::uint64_t refused = 0;
    bool call = false;  ///< somebody should ring this room
    std::vector<BoardRow> rows;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("room", s.room);
        v.field("name", s.name);
        v.field("opened", s.opened);
        v.field("seal", s.seal);
        v.field("refused", s.refused);
        v.field("call", s.call);
        v.field("rows", s.rows);
    }
};

/// What should have come from one sitting against what did. Attempts are random ids: nothing in it
/// names a person.
struct Board {
    static constexpr std::string_view kName = "board";
    SittingId sitting;
    SiteId site;
    std::string title;
    WallTime time;
    /// Each attempt of the manifest has one disposition other than "moved to", and what the seals
    /// name is here.
    bool adds_up = false;
    /// Attempts without a disposition though all rooms are sealed, or with two.
    std::vector<AttemptId> wrong;
    std::vector<BoardRoom> rooms;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("sitting", s.sitting);
        v.field("site", s.site);
        v.field("title", s.title);
        v.field("time", s.time);
        v.field("addsUp", s.adds_up);
        v.field("wrong", s.wrong);
        v.field("rooms", s.rooms);
    }
};

Result<Board> board_of(Ports& ports, Sittings& sittings, Intake& intake, const SittingId& sitting);

/// A line a room, then what is outstanding: UTF-8 with a byte order mark, as spreadsheets want it.
std::string board_csv(const Board& board);

}  // namespace assay::server_core
