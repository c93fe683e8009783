#pragma once

#include <array>
#include <optional>

#include "crypto/base/result.h"
#include "terminal/desk/view.h"

namespace assay::desk {

/// What an invigilator can ask of a room.
enum class Command {
    kOpen,
    kCode,
    kAssignSeat,
    kRelease,
    kReleaseOffline,
    kStart,
    kPause,
    kResume,
    kExtraTime,
    kMessage,
    kMove,
    kSeal,
};

inline constexpr std::array kEveryCommand{
    Command::kOpen,           Command::kCode,    Command::kAssignSeat, Command::kRelease,
    Command::kReleaseOffline, Command::kStart,   Command::kPause,      Command::kResume,
    Command::kExtraTime,      Command::kMessage, Command::kMove,       Command::kSeal};

/// A room as far as a command asks.
struct RoomFacts {
    bool has_sitting = false;
    bool opened = false;
    bool released = false;      ///< a part is open, or there is none to open
    bool all_released = false;  ///< no part is left to release
    bool started = false;
    bool paused = false;
    bool closable = false;  ///< nobody came in time, or the window is over
    bool sealed = false;
    std::size_t terminals = 0;
    std::size_t free_terminals = 0;  ///< where nobody sits
};

/// The candidate that a command is for.
enum class SeatState {
    kNobody,    ///< none was chosen
    kAbsent,    ///< not admitted
    kHere,      ///< admitted, and has not handed in
    kHandedIn,  ///< the desk has the package
};

RoomFacts facts_of(const RoomView& view);
SeatState seat_state_of(const CandidateRow& row);

/// Whether a command may be given now; else why not, with the next step. The room asks before it
/// does anything, a screen before it offers anything: the same answer.
Status allowed(Command command, const RoomFacts& room, SeatState seat);

}  // namespace assay::desk
