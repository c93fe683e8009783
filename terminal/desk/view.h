#pragma once

#include <optional>
#include <string>
#include <vector>

#include "crypto/base/clock.h"
#include "crypto/base/ids.h"
#include "crypto/record/room.h"

namespace assay::desk {

enum class Seen { kNever, kHere, kAway };

struct TerminalRow {
    MachineId machine;
    std::string seat;  ///< empty: a spare terminal
    std::string fingerprint;
    Seen seen = Seen::kNever;
    std::optional<AttemptId> attempt;
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
};

/// Everything the desk's window draws.
struct RoomView {
    std::string title;
    std::string room_name;
    bool has_sitting = false;
    bool opened = false;
    bool released = false;
    bool started = false;
    bool paused = false;
    bool sealed = false;
    std::uint64_t seal_number = 0;
    std::optional<std::string> room_code;
    std::vector<CandidateRow> candidates;  ///< by seat
    std::vector<TerminalRow> terminals;    ///< by seat, spare ones last
    std::size_t waiting_for_server = 0;
    std::size_t refused_by_server = 0;
    WallTime now;
};

}  // namespace assay::desk
