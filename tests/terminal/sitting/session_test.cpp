#include "terminal/sitting/session.h"

#include <gtest/gtest.h>

#include "tests/terminal/sitting/seat.h"

namespace assay::sitting {
namespace {

using record::OrderKind;
using test::RunningRoom;
using test::Seat;

TEST(Session, GoesFromCheckInToTheCountersignedPackage) {
    RunningRoom room;
    Seat seat(room.world, room.desk, room.clock);
    ASSERT_TRUE(seat.run().ok());
    EXPECT_EQ(seat.session->view().phase, Phase::kCheckIn);
    seat.pass(1);
    EXPECT_TRUE(seat.session->view().room_known);
    seat.session->check_in(std::nullopt, std::nullopt);
    seat.pass(1);
    ASSERT_TRUE(seat.session->view().person);
    EXPECT_EQ(seat.session->view().person->row.name, "王小明");
    ASSERT_TRUE(seat.session->confirm_person("name", true).ok());
    seat.pass(2);
    EXPECT_EQ(seat.session->view().phase, Phase::kWaiting);
    room.desk.release();
    room.desk.order(OrderKind::kStart);
    seat.pass(2);
    ASSERT_EQ(seat.session->view().phase, Phase::kRunning);
    ASSERT_TRUE(seat.answer("Q1", "A").ok());
    ASSERT_TRUE(seat.session->save_file("Q2", "plan.txt", as_bytes("a plan")).ok());
    EXPECT_EQ(seat.session->uploads().size(), 1U);
    EXPECT_EQ(to_string(seat.session->saved_file("Q2", "plan.txt").value()), "a plan");
    ASSERT_TRUE(seat.session->ask_hand_in().ok());
    ASSERT_TRUE(seat.session->confirm_hand_in().ok());
    seat.pass(3);
    const View view = seat.session->view();
    EXPECT_TRUE(view.countersigned) << (view.trouble ? to_string(*view.trouble) : "");
    ASSERT_TRUE(view.slip);
    EXPECT_EQ(view.slip->proof, "a proof");
    EXPECT_EQ(view.records, view.acknowledged);

    const Bytes tar = crypto::age_decrypt(room.desk.package_age, room.world.attempt_key).value();
    const auto contents = record::read_contents(tar).value();
    const Status checked = record::check_contents(room.desk.package->object, contents);
    EXPECT_TRUE(checked.ok()) << to_string(checked.error());
    EXPECT_EQ(contents.salt, view.slip->salt);
    EXPECT_EQ(contents.index.files.size(), 1U);
}

TEST(Session, GoesBackToTheBeginningForTheNextGroup) {
    RunningRoom room;
    Seat seat(room.world, room.desk, room.clock);
    room.start(seat);
    ASSERT_TRUE(seat.answer("Q1", "A").ok());
    EXPECT_FALSE(seat.session->finish().ok());
    ASSERT_TRUE(seat.session->confirm_hand_in().ok());
    seat.pass(3);
    EXPECT_FALSE(seat.session->view().may_finish);
    room.desk.seal();
    seat.pass(2);
    ASSERT_TRUE(seat.session->view().may_finish);
    const std::string first = seat.session->state().terms.attempt.hex();
    ASSERT_TRUE(seat.session->finish().ok());
    seat.pass(8);
    // The desk still has the old room open: nobody is asked to sit down in it.
    EXPECT_EQ(seat.session->view().phase, Phase::kCheckIn);
    EXPECT_FALSE(seat.session->view().room_known);
    EXPECT_TRUE(seat.session->view().finished);
    ASSERT_TRUE(seat.run().ok());
    seat.pass(8);
    EXPECT_FALSE(seat.session->view().room_known);

    room.desk.next_sitting();
    seat.pass(5);
    ASSERT_TRUE(seat.session->view().room_known);
    EXPECT_FALSE(seat.session->view().person);
    seat.session->check_in(std::nullopt, std::nullopt);
    seat.pass(1);
    ASSERT_TRUE(seat.session->confirm_person("name", true).ok());
    room.desk.release();
    room.desk.order(OrderKind::kStart);
    seat.pass(4);
    EXPECT_EQ(seat.session->view().phase, Phase::kRunning);
    EXPECT_EQ(seat.value_of("Q1"), "");
    EXPECT_TRUE(seat.disk.exists("/sittings/" + first + "/package-01.age"));
}

TEST(Session, BringsEvidenceToTheDeskAfterTheNextGroupIsAwaited) {
    RunningRoom room;
    Seat seat(room.world, room.desk, room.clock);
    room.start(seat);
    ASSERT_TRUE(seat.session->save_file("Q2", "plan.txt", as_bytes("a plan")).ok());
    const auto waiting = seat.session->uploads();
    ASSERT_EQ(waiting.size(), 1U);
    ASSERT_TRUE(seat.session->confirm_hand_in().ok());
    seat.pass(3);
    room.desk.seal();
    seat.pass(2);
    ASSERT_TRUE(seat.session->view().may_finish);  // nobody waits for a slow line
    ASSERT_TRUE(seat.session->finish().ok());
    EXPECT_FALSE(seat.session->view().person);
    ASSERT_TRUE(seat.run().ok());
    const auto left = seat.session->uploads();
    ASSERT_EQ(left.size(), 1U);
    EXPECT_EQ(left[0].digest, waiting[0].digest);
    EXPECT_EQ(left[0].attempt, waiting[0].attempt);
    EXPECT_TRUE(seat.disk.exists(left[0].path));
    ASSERT_TRUE(seat.session->uploaded(left[0].digest).ok());
    EXPECT_TRUE(seat.session->uploads().empty());
    ASSERT_TRUE(seat.run().ok());
    EXPECT_TRUE(seat.session->uploads().empty());
}

TEST(Session, TakesTheNextSittingAlsoWhereNobodyPressesFinish) {
    RunningRoom room;
    Seat seat(room.world, room.desk, room.clock);
    room.start(seat);
    ASSERT_TRUE(seat.session->confirm_hand_in().ok());
    seat.pass(3);
    room.desk.seal();
    seat.pass(2);
    room.desk.next_sitting();
    seat.pass(5);
    EXPECT_EQ(seat.session->view().phase, Phase::kCheckIn);
    EXPECT_TRUE(seat.session->view().room_known);
    EXPECT_FALSE(seat.session->view().person);
}

TEST(Session, LeavesASealedRoomWhereNobodySat) {
    RunningRoom room;
    Seat seat(room.world, room.desk, room.clock);
    ASSERT_TRUE(seat.run().ok());
    seat.pass(2);
    ASSERT_TRUE(seat.session->view().room_known);
    room.desk.seal();
    seat.pass(2);
    EXPECT_FALSE(seat.session->view().room_known);
    room.desk.next_sitting();
    seat.pass(5);
    EXPECT_TRUE(seat.session->view().room_known);
}

TEST(Session, NamesANumberThatIsNotOnTheRoster) {
    RunningRoom room;
    Seat seat(room.world, room.desk, room.clock);
    ASSERT_TRUE(seat.run().ok());
    seat.pass(1);
    seat.session->check_in("unknown", "1234");
    seat.pass(1);
    EXPECT_FALSE(seat.session->view().person);
    EXPECT_TRUE(seat.session->view().trouble);
    seat.session->check_in("20260001", "4711");
    seat.pass(1);
    EXPECT_TRUE(seat.session->view().person);
    EXPECT_FALSE(seat.session->view().trouble);
}

TEST(Session, GoesOnWhileTheDeskIsAwayAndSendsWhatItOwes) {
    RunningRoom room;
    Seat seat(room.world, room.desk, room.clock);
    room.start(seat);
    seat.link.cut(FakeLink::Cut::kBeforeArrival);
    for (int i = 0; i < 30; ++i) {
        ASSERT_TRUE(seat.answer("Q" + std::to_string(i % 5), std::to_string(i)).ok());
        seat.pass(1);
    }
    EXPECT_EQ(seat.session->view().link, LinkState::kDown);
    EXPECT_LT(seat.session->view().acknowledged, seat.session->view().records);
    seat.link.cut(FakeLink::Cut::kNone);
    seat.pass(2);
    EXPECT_EQ(seat.session->view().link, LinkState::kUp);
    EXPECT_EQ(seat.session->view().acknowledged, seat.session->view().records);
}

TEST(Session, IsWhereItWasAfterAKillWithTheRightTime) {
    RunningRoom room;
    Seat seat(room.world, room.desk, room.clock);
    room.start(seat);
    ASSERT_TRUE(seat.session->open_item("Q3").ok());
    ASSERT_TRUE(seat.answer("Q3", "kept").ok());
    ASSERT_TRUE(seat.session->flag("Q4", true).ok());
    const std::int64_t before = seat.session->view().remaining_ms;
    room.clock.advance(std::chrono::seconds(7));
    room.clock.set_wall(WallTime{0});  // the battery of the clock is dead
    ASSERT_TRUE(seat.run().ok());
    EXPECT_EQ(seat.session->view().phase, Phase::kRunning);
    EXPECT_EQ(seat.session->view().remaining_ms, before - 7000);
    EXPECT_EQ(seat.value_of("Q3"), "kept");
    EXPECT_EQ(seat.session->state().current_item, "Q3");
    EXPECT_TRUE(seat.session->state().items.at("Q4").flagged);
    seat.pass(2);
    EXPECT_GE(seat.session->state().time.dark_ms, 7000);
    EXPECT_GE(room.desk.last_heartbeat->dark_ms, 7000);
    ASSERT_TRUE(seat.answer("Q5", "after").ok());
}

TEST(Session, ResumesWithoutTheDeskAfterAWhile) {
    RunningRoom room;
    Seat seat(room.world, room.desk, room.clock);
    room.start(seat);
    ASSERT_TRUE(seat.answer("Q1", "A").ok());
    seat.link.cut(FakeLink::Cut::kBeforeArrival);
    ASSERT_TRUE(seat.run().ok());
    const std::uint64_t records = seat.session->view().records;
    seat.pass(5);
    EXPECT_GT(seat.session->view().records, records);
    ASSERT_TRUE(seat.answer("Q1", "B").ok());
    seat.link.cut(FakeLink::Cut::kNone);
    seat.pass(2);
    EXPECT_EQ(seat.session->view().acknowledged, seat.session->view().records);
}

TEST(Session, TakesFromTheDeskWhatItsDiskLost) {
    RunningRoom room;
    Seat seat(room.world, room.desk, room.clock);
    room.start(seat);
    seat.disk.ignore_syncs(true);
    ASSERT_TRUE(seat.answer("Q1", "lost by a lying disk").ok());
    seat.pass(2);
    seat.disk.ignore_syncs(false);
    seat.power_cut(4);
    ASSERT_TRUE(seat.run().ok());
    EXPECT_EQ(seat.value_of("Q1"), "");
    seat.pass(2);
    EXPECT_EQ(seat.value_of("Q1"), "lost by a lying disk");
    ASSERT_TRUE(seat.answer("Q2", "B").ok());
    seat.pass(2);
    EXPECT_FALSE(seat.session->view().fenced);
    EXPECT_EQ(seat.session->view().acknowledged, seat.session->view().records);
}

TEST(Session, SendsEverythingAgainToADeskThatWasPutBackToAnOlderCopy) {
    RunningRoom room;
    Seat seat(room.world, room.desk, room.clock);
    room.start(seat);
    ASSERT_TRUE(seat.answer("Q1", "A").ok());
    seat.pass(2);
    ASSERT_EQ(seat.session->view().acknowledged, seat.session->view().records);
    room.desk.forget_records_after(2);
    ASSERT_TRUE(seat.answer("Q2", "B").ok());
    seat.pass(3);
    EXPECT_EQ(seat.session->view().acknowledged, seat.session->view().records);
    EXPECT_EQ(room.desk.journals.back().records.size(), seat.session->view().records);
    EXPECT_FALSE(seat.session->view().fenced);
}

TEST(Session, MovesToAnotherTerminalWithEverythingAndFencesTheFirst) {
    RunningRoom room;
    Seat first(room.world, room.desk, room.clock);
    room.start(first);
    ASSERT_TRUE(first.answer("Q1", "A").ok());
    ASSERT_TRUE(first.session->note("Q2", "a note").ok());
    first.pass(2);
    const std::int64_t before = first.session->view().remaining_ms;

    room.desk.move_to(room.world.terminal_2, room.world.terminal_2_age);
    Seat second(room.world, room.desk, room.clock, true);
    ASSERT_TRUE(second.run().ok());
    second.pass(3);
    ASSERT_TRUE(second.session->view().person)
        << (second.last.trouble ? to_string(*second.last.trouble) : "");
    ASSERT_TRUE(second.session->confirm_person("name", true).ok());
    second.pass(3);
    EXPECT_EQ(second.session->view().phase, Phase::kRunning);
    EXPECT_EQ(second.value_of("Q1"), "A");
    EXPECT_EQ(second.session->state().items.at("Q2").note, "a note");
    const std::int64_t gone = before - second.session->view().remaining_ms;
    EXPECT_NEAR(static_cast<double>(gone), 6000, 1500);

    first.pass(2);
    EXPECT_TRUE(first.session->view().fenced);
    EXPECT_EQ(first.answer("Q1", "late").error().what.id, "sitting.fenced"_id);

    ASSERT_TRUE(second.answer("Q3", "C").ok());
    ASSERT_TRUE(second.session->confirm_hand_in().ok());
    second.pass(3);
    ASSERT_TRUE(second.session->view().countersigned);
    const Bytes tar = crypto::age_decrypt(room.desk.package_age, room.world.attempt_key).value();
    const auto contents = record::read_contents(tar).value();
    EXPECT_EQ(contents.journals.size(), 2U);
    const Status checked = record::check_contents(room.desk.package->object, contents);
    EXPECT_TRUE(checked.ok()) << to_string(checked.error());
}

TEST(Session, FollowsASpareDeskThatTookCharge) {
    RunningRoom room;
    Seat seat(room.world, room.desk, room.clock);
    room.start(seat);
    ASSERT_TRUE(seat.answer("Q1", "A").ok());
    seat.pass(1);
    room.desk.take_over();
    ASSERT_TRUE(seat.answer("Q1", "B").ok());
    room.desk.order(OrderKind::kExtraTime, 600);
    const std::int64_t before = seat.session->view().remaining_ms;
    seat.pass(4);
    EXPECT_GT(seat.session->view().remaining_ms, before);
    ASSERT_EQ(seat.session->view().desk_texts.size(), 1U);
    EXPECT_EQ(seat.session->view().desk_texts[0].kind, OrderKind::kExtraTime);
    EXPECT_EQ(seat.session->view().desk_texts[0].seconds, 600);
    EXPECT_EQ(seat.session->view().acknowledged, seat.session->view().records);
    EXPECT_FALSE(seat.session->view().fenced);
    ASSERT_TRUE(seat.session->confirm_hand_in().ok());
    seat.pass(3);
    EXPECT_TRUE(seat.session->view().countersigned);
}

// The terminal was away while the first desk gave its orders: it has them from the second one.
TEST(Session, TakesTheOrdersThatStandFromTheDeskThatTookCharge) {
    RunningRoom room;
    Seat seat(room.world, room.desk, room.clock);
    ASSERT_TRUE(seat.run().ok());
    seat.admit();
    room.desk.release();
    room.desk.order(OrderKind::kStart);
    room.desk.order(OrderKind::kExtraTime, 600);
    room.desk.take_over();
    seat.pass(4);
    EXPECT_EQ(seat.session->view().phase, Phase::kRunning)
        << (seat.last.trouble ? to_string(*seat.last.trouble) : "");
    EXPECT_EQ(seat.session->view().desk_texts.size(), 1U);
}

// What both desks said is taken once; what the first says later has no word here.
TEST(Session, TakesAnOrderOfTwoDesksOnceAndNoneOfTheFirstAfterTheSecond) {
    RunningRoom room;
    Seat seat(room.world, room.desk, room.clock);
    room.start(seat);
    room.desk.order(OrderKind::kExtraTime, 600);
    seat.pass(1);
    const std::int64_t before = seat.session->view().remaining_ms;
    const auto second = room.desk.spare();
    room.desk.order(OrderKind::kMessage);  // it does not know yet
    seat.pass(1);
    second->order(OrderKind::kPause);
    seat.link.redirect(
        [&](const LinkRequest& request) { return second->answer(request, room.world.terminal); });
    seat.pass(4);
    EXPECT_EQ(seat.session->view().phase, Phase::kPaused)
        << (seat.last.trouble ? to_string(*seat.last.trouble) : "");
    EXPECT_LE(seat.session->view().remaining_ms, before);
    room.desk.order(OrderKind::kResume);
    seat.link.redirect(
        [&](const LinkRequest& request) { return room.desk.answer(request, room.world.terminal); });
    seat.pass(4);
    EXPECT_EQ(seat.session->view().phase, Phase::kPaused);
}

TEST(Session, FollowsNoErrataWithoutOfficersAndNoOrderOfAnotherRoom) {
    RunningRoom room;
    Seat seat(room.world, room.desk, room.clock);
    room.start(seat);
    room.desk.order(OrderKind::kErrata);
    seat.pass(1);
    ASSERT_TRUE(seat.last.trouble.has_value());
    EXPECT_EQ(seat.last.trouble->what.id, "record.signature.too-few"_id);
    const std::int64_t before = seat.session->view().remaining_ms;
    room.desk.order(OrderKind::kExtraTime, 600, room.world.random.id<RoomId>());
    seat.pass(1);
    EXPECT_LE(seat.session->view().remaining_ms, before);
}

TEST(Session, GoesOnWhereTheDeskReopensAHandIn) {
    RunningRoom room;
    Seat seat(room.world, room.desk, room.clock);
    room.start(seat);
    ASSERT_TRUE(seat.answer("Q1", "A").ok());
    ASSERT_TRUE(seat.session->confirm_hand_in().ok());
    seat.pass(3);
    ASSERT_TRUE(seat.session->view().countersigned);
    room.desk.move_to(room.world.terminal, room.world.terminal_age);
    seat.pass(4);
    ASSERT_EQ(seat.session->view().phase, Phase::kRunning)
        << (seat.last.trouble ? to_string(*seat.last.trouble) : "");
    ASSERT_TRUE(seat.answer("Q1", "B").ok());
    ASSERT_TRUE(seat.session->confirm_hand_in().ok());
    seat.pass(3);
    ASSERT_TRUE(seat.session->view().countersigned);
    const Bytes tar = crypto::age_decrypt(room.desk.package_age, room.world.attempt_key).value();
    const auto contents = record::read_contents(tar).value();
    const Status checked = record::check_contents(room.desk.package->object, contents);
    EXPECT_TRUE(checked.ok()) << to_string(checked.error());
    const auto answers = record::read_document<record::Answers>(contents.answers).value();
    EXPECT_EQ(answers.items.at(0).responses.at(0).values->at(0), "B");
}

TEST(Session, HandsInByForceWhenTheTimeIsOver) {
    RunningRoom room;
    room.world.rules.duration_minutes = 1;
    test::FakeDesk desk(room.world, room.clock);
    Seat seat(room.world, desk, room.clock);
    room.start(seat, desk);
    ASSERT_TRUE(seat.answer("Q1", "A").ok());
    seat.pass(70);
    ASSERT_TRUE(seat.session->view().countersigned);
    EXPECT_EQ(desk.package->object.kind, record::PackageKind::kForced);
}

TEST(Session, KeepsAHistoryThatAnOldStoreCannotFalsify) {
    RunningRoom room;
    Seat seat(room.world, room.desk, room.clock);
    room.start(seat);
    ASSERT_TRUE(seat.answer("Q1", "one").ok());
    seat.pass(1);
    const FakeStore old = seat.store;
    ASSERT_TRUE(seat.answer("Q1", "two").ok());
    ASSERT_TRUE(seat.answer("Q1", "three").ok());
    seat.pass(2);
    ASSERT_EQ(seat.session->history("Q1", "RESPONSE")->size(), 3U);
    seat.session.reset();
    seat.store = old;  // somebody copied an old store back
    ASSERT_TRUE(seat.run().ok());
    seat.pass(2);
    const auto history = seat.session->history("Q1", "RESPONSE").value();
    ASSERT_EQ(history.size(), 3U);
    EXPECT_EQ(history.back().values->at(0), "three");
}

}  // namespace
}  // namespace assay::sitting
