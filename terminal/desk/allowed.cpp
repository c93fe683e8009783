#include "terminal/desk/allowed.h"

#include <algorithm>

namespace assay::desk {
namespace {

Status off(MessageId why) { return fail(Code::kRefused, why); }

Status for_release(const RoomFacts& room) {
    return room.all_released ? off("desk.off.released"_id) : Status(Ok{});
}

Status for_start(const RoomFacts& room) {
    if (!room.released) {
        return off("desk.off.not-released"_id);
    }
    return room.started ? off("desk.off.started"_id) : Status(Ok{});
}

Status for_pause(const RoomFacts& room) {
    if (!room.started) {
        return off("desk.off.not-started"_id);
    }
    return room.paused ? off("desk.off.paused"_id) : Status(Ok{});
}

Status for_seat(SeatState seat) {
    switch (seat) {
        case SeatState::kNobody:
            return off("desk.off.nobody"_id);
        case SeatState::kAbsent:
            return off("desk.off.absent"_id);
        case SeatState::kHandedIn:
            return off("desk.off.handed-in"_id);
        case SeatState::kHere:
            break;
    }
    return Ok{};
}

Status for_extra_time(const RoomFacts& room, SeatState seat) {
    return room.started ? for_seat(seat) : off("desk.off.not-started"_id);
}

Status for_move(const RoomFacts& room, SeatState seat) {
    ASSAY_TRY_STATUS(for_seat(seat));
    return room.free_terminals == 0 ? off("desk.off.no-spare"_id) : Status(Ok{});
}

}  // namespace

RoomFacts facts_of(const RoomView& view) {
    RoomFacts out;
    out.has_sitting = view.has_sitting;
    out.opened = view.opened;
    out.released = view.released;
    out.all_released = view.all_released;
    out.started = view.started;
    out.paused = view.paused;
    out.closable = view.closable;
    out.sealed = view.sealed;
    out.terminals = view.terminals.size();
    out.free_terminals = static_cast<std::size_t>(std::ranges::count_if(
        view.terminals, [](const TerminalRow& row) { return !row.attempt.has_value(); }));
    return out;
}

SeatState seat_state_of(const CandidateRow& row) {
    if (row.package) {
        return SeatState::kHandedIn;
    }
    return row.terminal ? SeatState::kHere : SeatState::kAbsent;
}

Status allowed(Command command, const RoomFacts& room, SeatState seat) {
    if (!room.has_sitting) {
        return off("desk.sitting.none"_id);
    }
    if (command == Command::kOpen) {
        return room.opened ? off("desk.off.opened"_id) : Status(Ok{});
    }
    if (!room.opened) {
        return off("desk.room.not-open"_id);
    }
    if (room.sealed) {
        return off("desk.off.sealed"_id);
    }
    switch (command) {
        case Command::kAssignSeat:
            return room.terminals == 0 ? off("desk.off.no-terminal"_id) : Status(Ok{});
        case Command::kRelease:
        case Command::kReleaseOffline:
            return for_release(room);
        case Command::kStart:
            return for_start(room);
        case Command::kPause:
            return for_pause(room);
        case Command::kResume:
            return room.paused ? Status(Ok{}) : off("desk.off.not-paused"_id);
        case Command::kExtraTime:
            return for_extra_time(room, seat);
        case Command::kMove:
            return for_move(room, seat);
        case Command::kSeal:
            return room.started || room.closable ? Status(Ok{}) : off("desk.off.seal-early"_id);
        case Command::kOpen:
        case Command::kCode:
        case Command::kMessage:
            break;
    }
    return Ok{};
}

}  // namespace assay::desk
