// Clocks that are wrong, and time in which nobody could answer: what remains is right all the same.
#include <gtest/gtest.h>

#include "tests/terminal/sitting/seat.h"

namespace assay::sitting {
namespace {

using record::OrderKind;
using test::RunningRoom;
using test::Seat;

constexpr const char* kClockOff = "CLOCK_OFF";

/// A clock beside the terminal's: the same seconds, another time of day.
class OtherWall final : public Clock {
  public:
    explicit OtherWall(const Clock& clock) : clock_(clock) {}
    SteadyTime steady() const override { return clock_.steady(); }
    WallTime wall() const override { return clock_.wall() + off; }
    std::chrono::seconds off{0};

  private:
    const Clock& clock_;
};

bool clock_is_a_finding(const Seat& seat) {
    return seat.session->state().evidence.open_findings.contains(kClockOff);
}

TEST(Time, RemainsRightWhereTheWallClockIsSetByADay) {
    for (const int hours : {-24, 24}) {
        RunningRoom room;
        OtherWall desk_clock(room.clock);
        test::FakeDesk desk(room.world, desk_clock);
        Seat seat(room.world, desk, room.clock);
        room.start(seat, desk);
        const std::int64_t before = seat.session->view().remaining_ms;
        const auto day = std::chrono::hours(hours);
        room.clock.set_wall(room.clock.wall() + day);
        desk_clock.off -= day;
        seat.pass(10);
        EXPECT_EQ(seat.session->view().remaining_ms, before - 10'000);
        EXPECT_TRUE(clock_is_a_finding(seat));
        room.clock.set_wall(room.clock.wall() + -day);
        desk_clock.off += day;
        seat.pass(2);
        EXPECT_FALSE(clock_is_a_finding(seat)) << "it was set right";
        EXPECT_EQ(seat.session->view().remaining_ms, before - 12'000);
    }
}

TEST(Time, RemainsRightWhereTheClockBatteryIsDeadAtTheNextBoot) {
    RunningRoom room;
    OtherWall desk_clock(room.clock);
    test::FakeDesk desk(room.world, desk_clock);
    Seat seat(room.world, desk, room.clock);
    room.start(seat, desk);
    seat.pass(3);
    const std::int64_t before = seat.session->view().remaining_ms;
    seat.power_cut(3);
    desk_clock.off = room.clock.wall() + std::chrono::minutes(4) - WallTime{60};
    room.clock.set_wall(WallTime{60});  // 1970
    ASSERT_TRUE(seat.run().ok());
    seat.pass(3);
    // Nobody here knows how long it was dark: nothing is charged, and the desk's clock tells.
    EXPECT_LE(before - seat.session->view().remaining_ms, 4'000);
    EXPECT_TRUE(clock_is_a_finding(seat));
    ASSERT_TRUE(desk.last_heartbeat);
    EXPECT_NEAR(static_cast<double>(desk.last_heartbeat->dark_ms), 240'000, 5'000);
}

TEST(Time, IsDarkInASuspendAndOnlyAnOrderGivesItBack) {
    RunningRoom room;
    Seat seat(room.world, room.desk, room.clock);
    room.start(seat);
    seat.pass(5);
    const std::int64_t before = seat.session->view().remaining_ms;
    room.clock.advance(std::chrono::minutes(10));  // the lid was closed
    seat.pass(2);
    EXPECT_NEAR(static_cast<double>(before - seat.session->view().remaining_ms), 602'000, 1'000);
    ASSERT_TRUE(room.desk.last_heartbeat);
    EXPECT_NEAR(static_cast<double>(room.desk.last_heartbeat->dark_ms), 600'000, 2'000);
    seat.pass(30);
    EXPECT_LT(seat.session->view().remaining_ms, before - 600'000) << "nothing credits itself";
    room.desk.order(OrderKind::kExtraTime, 600);
    seat.pass(2);
    EXPECT_NEAR(static_cast<double>(before - seat.session->view().remaining_ms), 34'000, 2'000);
}

TEST(Time, RemainsRightWhereTheDesksClockIsWrongOrJumps) {
    RunningRoom room;
    OtherWall desk_clock(room.clock);
    desk_clock.off = std::chrono::hours(-9);
    test::FakeDesk desk(room.world, desk_clock);
    Seat seat(room.world, desk, room.clock);
    room.start(seat, desk);
    ASSERT_EQ(seat.session->view().phase, Phase::kRunning);
    EXPECT_TRUE(clock_is_a_finding(seat));
    const std::int64_t whole = room.world.rules.duration_minutes * std::int64_t{60'000};
    EXPECT_NEAR(static_cast<double>(seat.session->view().remaining_ms), static_cast<double>(whole),
                4'000);
    const std::int64_t before = seat.session->view().remaining_ms;
    desk_clock.off = std::chrono::hours(2);
    seat.pass(20);
    EXPECT_EQ(seat.session->view().remaining_ms, before - 20'000);
}

TEST(Time, ShowsAChangeOfTheDeskWithinTwoSeconds) {
    RunningRoom room;
    Seat seat(room.world, room.desk, room.clock);
    room.start(seat);
    const std::int64_t before = seat.session->view().remaining_ms;
    room.desk.order(OrderKind::kExtraTime, 300);
    seat.pass(2);
    EXPECT_EQ(seat.session->view().remaining_ms, before - 2'000 + 300'000);
    room.desk.order(OrderKind::kPause);
    seat.pass(2);
    EXPECT_EQ(seat.session->view().phase, Phase::kPaused);
}

}  // namespace
}  // namespace assay::sitting
