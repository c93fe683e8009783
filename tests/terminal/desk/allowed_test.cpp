#include "terminal/desk/allowed.h"

#include <algorithm>
#include <map>

#include <gtest/gtest.h>

namespace assay::desk {
namespace {

/// A column of the table: the room as it stands.
const std::map<std::string, RoomFacts>& rooms() {
    const RoomFacts sitting{.has_sitting = true, .terminals = 3, .free_terminals = 1};
    const auto with = [](RoomFacts facts, auto change) {
        change(facts);
        return facts;
    };
    const RoomFacts opened = with(sitting, [](RoomFacts& f) { f.opened = true; });
    const RoomFacts part = with(opened, [](RoomFacts& f) { f.released = true; });
    const RoomFacts released = with(part, [](RoomFacts& f) { f.all_released = true; });
    const RoomFacts running = with(released, [](RoomFacts& f) { f.started = true; });
    const RoomFacts paused = with(running, [](RoomFacts& f) { f.paused = true; });
    static const std::map<std::string, RoomFacts> kRooms{
        {"nothing", RoomFacts{}},
        {"sitting", sitting},
        {"opened", opened},
        {"no-terminal", with(opened, [](RoomFacts& f) { f.terminals = f.free_terminals = 0; })},
        {"empty", with(opened, [](RoomFacts& f) { f.closable = true; })},
        {"part", part},
        {"released", released},
        {"running", running},
        {"no-spare", with(running, [](RoomFacts& f) { f.free_terminals = 0; })},
        {"paused", paused},
        {"sealed", with(running, [](RoomFacts& f) { f.sealed = true; })},
        {"sealed-paused", with(paused, [](RoomFacts& f) { f.sealed = true; })},
    };
    return kRooms;
}

std::string said(const Status& status) {
    return status.ok() ? "" : std::string(status.error().what.id.text());
}

struct Row {
    Command command;
    SeatState seat;
    std::map<std::string, std::string> off;  ///< why; "" where it may be given
};

/// The same answer in every room that a row does not name.
std::string expected(const Row& row, const std::string& room) {
    const auto found = row.off.find(room);
    if (found != row.off.end()) {
        return found->second;
    }
    if (room == "nothing") {
        return "desk.sitting.none";
    }
    if (room == "sitting" && row.command != Command::kOpen) {
        return "desk.room.not-open";
    }
    if (room.starts_with("sealed") && row.command != Command::kOpen) {
        return "desk.off.sealed";
    }
    return row.off.at("else");
}

const std::vector<Row>& table() {
    const auto here = SeatState::kHere;
    static const std::vector<Row> kTable{
        {Command::kOpen, here, {{"sitting", ""}, {"else", "desk.off.opened"}}},
        {Command::kCode, here, {{"else", ""}}},
        {Command::kAssignSeat, here, {{"no-terminal", "desk.off.no-terminal"}, {"else", ""}}},
        {Command::kRelease,
         here,
         {{"opened", ""},
          {"no-terminal", ""},
          {"empty", ""},
          {"part", ""},
          {"else", "desk.off.released"}}},
        {Command::kReleaseOffline,
         here,
         {{"opened", ""},
          {"no-terminal", ""},
          {"empty", ""},
          {"part", ""},
          {"else", "desk.off.released"}}},
        {Command::kStart,
         here,
         {{"part", ""},
          {"released", ""},
          {"running", "desk.off.started"},
          {"no-spare", "desk.off.started"},
          {"paused", "desk.off.started"},
          {"else", "desk.off.not-released"}}},
        {Command::kPause,
         here,
         {{"running", ""},
          {"no-spare", ""},
          {"paused", "desk.off.paused"},
          {"else", "desk.off.not-started"}}},
        {Command::kResume, here, {{"paused", ""}, {"else", "desk.off.not-paused"}}},
        {Command::kExtraTime,
         here,
         {{"running", ""}, {"no-spare", ""}, {"paused", ""}, {"else", "desk.off.not-started"}}},
        {Command::kExtraTime,
         SeatState::kNobody,
         {{"running", "desk.off.nobody"},
          {"no-spare", "desk.off.nobody"},
          {"paused", "desk.off.nobody"},
          {"else", "desk.off.not-started"}}},
        {Command::kExtraTime,
         SeatState::kAbsent,
         {{"running", "desk.off.absent"},
          {"no-spare", "desk.off.absent"},
          {"paused", "desk.off.absent"},
          {"else", "desk.off.not-started"}}},
        {Command::kExtraTime,
         SeatState::kHandedIn,
         {{"running", "desk.off.handed-in"},
          {"no-spare", "desk.off.handed-in"},
          {"paused", "desk.off.handed-in"},
          {"else", "desk.off.not-started"}}},
        {Command::kMessage, SeatState::kNobody, {{"else", ""}}},
        {Command::kMove,
         here,
         {{"no-terminal", "desk.off.no-spare"}, {"no-spare", "desk.off.no-spare"}, {"else", ""}}},
        {Command::kMove, SeatState::kNobody, {{"else", "desk.off.nobody"}}},
        {Command::kMove, SeatState::kAbsent, {{"else", "desk.off.absent"}}},
        {Command::kMove, SeatState::kHandedIn, {{"else", "desk.off.handed-in"}}},
        {Command::kSeal,
         SeatState::kNobody,
         {{"empty", ""},
          {"running", ""},
          {"no-spare", ""},
          {"paused", ""},
          {"else", "desk.off.seal-early"}}},
    };
    return kTable;
}

TEST(DeskCommands, MayBeGivenExactlyWhenTheRoomAndTheSeatAllow) {
    for (const Row& row : table()) {
        for (const auto& [name, facts] : rooms()) {
            EXPECT_EQ(said(allowed(row.command, facts, row.seat)), expected(row, name))
                << "command " << static_cast<int>(row.command) << " in room " << name << ", seat "
                << static_cast<int>(row.seat);
        }
    }
}

TEST(DeskCommands, AreAllInTheTable) {
    for (const Command command : kEveryCommand) {
        EXPECT_TRUE(std::ranges::any_of(table(), [&](const Row& row) {
            return row.command == command;
        })) << static_cast<int>(command);
    }
}

TEST(DeskCommands, AreNotForOneSeatUnlessTheyNeedOne) {
    for (const Command command : kEveryCommand) {
        if (command == Command::kExtraTime || command == Command::kMove) {
            continue;
        }
        for (const auto& [name, facts] : rooms()) {
            for (const SeatState seat :
                 {SeatState::kAbsent, SeatState::kHere, SeatState::kHandedIn}) {
                EXPECT_EQ(said(allowed(command, facts, seat)),
                          said(allowed(command, facts, SeatState::kNobody)))
                    << name;
            }
        }
    }
}

}  // namespace
}  // namespace assay::desk
