#pragma once

#include <optional>
#include <string>
#include <vector>

#include "crypto/base/clock.h"
#include "crypto/base/ids.h"
#include "crypto/record/room.h"
#include "server/protocol/exchange.h"

namespace assay::desk {

enum class Seen { kNever, kHere, kAway };

}  // namespace assay::desk

template <>
struct assay::record::Words<assay::desk::Seen> {
    static constexpr std::array kWords{
        std::pair{desk::Seen::kNever, std::string_view("never")},
        std::pair{desk::Seen::kHere, std::string_view("here")},
        std::pair{desk::Seen::kAway, std::string_view("away")},
    };
};

namespace assay::desk {

struct TerminalRow {
    MachineId machine;
    std::string seat;  ///< empty: a spare terminal
    std::string fingerprint;
    Seen seen = Seen::kNever;
    std::optional<AttemptId> attempt;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("machine", s.machine);
        v.field("seat", s.seat);
        v.field("fingerprint", s.fingerprint);
        v.field("seen", s.seen);
        v.field("attempt", s.attempt);
    }
};

/// One candidate as the invigilator sees them. Words, not codes, are made by the screen.
struct CandidateRow {
    AttemptId attempt;
    std::string name;
    std::string number;
    std::string seat;
    std::optional<Digest> photo;
    bool accommodated = false;  ///< shown at the desk only
    std::string state;          ///< absent, admitted, or the word of the terminal's last heartbeat
    std::optional<MachineId> terminal;
    Seen seen = Seen::kNever;
    std::int64_t remaining_ms = 0;
    std::uint64_t answered = 0;
    std::uint64_t items = 0;
    std::uint64_t records_behind = 0;  ///< written there, not yet copied here
    std::int64_t dark_ms = 0;          ///< time dark that no order credited
    std::vector<std::string> findings;
    std::vector<std::string> trouble;
    bool wants_help = false;
    std::optional<record::Disposition> disposition;
    std::optional<Digest> package;
    bool receipt = false;  ///< the server has it
    /// Segments and files that the package names and this desk does not hold yet. The candidate is
    /// done all the same.
    std::uint64_t evidence_missing = 0;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("attempt", s.attempt);
        v.field("name", s.name);
        v.field("number", s.number);
        v.field("seat", s.seat);
        v.field("photo", s.photo);
        v.field("accommodated", s.accommodated);
        v.field("state", s.state);
        v.field("terminal", s.terminal);
        v.field("seen", s.seen);
        v.field("remainingMs", s.remaining_ms);
        v.field("answered", s.answered);
        v.field("items", s.items);
        v.field("recordsBehind", s.records_behind);
        v.field("darkMs", s.dark_ms);
        v.field("findings", s.findings);
        v.field("trouble", s.trouble);
        v.field("wantsHelp", s.wants_help);
        v.field("disposition", s.disposition);
        v.field("package", s.package);
        v.field("receipt", s.receipt);
        v.field("evidenceMissing", s.evidence_missing);
    }
};

/// What the server refused for good. It is kept here, and a person has to look.
struct RefusedRow {
    Digest digest;            ///< of the statement, or of an upload's file
    std::string what;         ///< kName of a statement, or the kind of an upload: segment, file
    std::string seat;         ///< empty where it is nobody's
    protocol::Refusal error;  ///< what the server said

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("digest", s.digest);
        v.field("what", s.what);
        v.field("seat", s.seat);
        v.field("error", s.error);
    }
};

/// Everything the desk's window draws.
struct RoomView {
    static constexpr std::string_view kName = "room-view";
    std::string title;
    std::string room_name;
    bool has_sitting = false;
    bool opened = false;
    bool released = false;      ///< a part is open, or there is none to open
    bool all_released = false;  ///< no part is left to release
    bool started = false;
    bool paused = false;
    bool closable = false;  ///< may be sealed before a start: nobody came, or the window is over
    bool sealed = false;
    std::uint64_t seal_number = 0;
    std::optional<std::string> room_code;
    std::vector<CandidateRow> candidates;  ///< by seat
    std::vector<TerminalRow> terminals;    ///< by seat, spare ones last
    std::size_t waiting_for_server = 0;
    std::size_t uploads_waiting = 0;  ///< segments and files, beside them
    std::size_t refused_by_server = 0;
    std::vector<RefusedRow> refused;  ///< the first of them
    WallTime now;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("title", s.title);
        v.field("roomName", s.room_name);
        v.field("hasSitting", s.has_sitting);
        v.field("opened", s.opened);
        v.field("released", s.released);
        v.field("allReleased", s.all_released);
        v.field("started", s.started);
        v.field("paused", s.paused);
        v.field("closable", s.closable);
        v.field("sealed", s.sealed);
        v.field("sealNumber", s.seal_number);
        v.field("roomCode", s.room_code);
        v.field("candidates", s.candidates);
        v.field("terminals", s.terminals);
        v.field("waitingForServer", s.waiting_for_server);
        v.field("uploadsWaiting", s.uploads_waiting);
        v.field("refusedByServer", s.refused_by_server);
        v.field("refused", s.refused);
        v.field("now", s.now);
    }
};

}  // namespace assay::desk
