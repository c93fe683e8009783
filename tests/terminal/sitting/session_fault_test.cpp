#include "terminal/sitting/session.h"

#include <gtest/gtest.h>

#include "tests/terminal/sitting/seat.h"
#include "tests/terminal/sitting/seeds.h"

namespace assay::sitting {
namespace {

using record::OrderKind;
using test::RunningRoom;
using test::Seat;

std::string trouble_of(const Seat& seat) {
    return seat.last.trouble ? to_string(*seat.last.trouble) : "no trouble";
}

/// Does what is to be done next at this seat; true when the desk has countersigned.
bool act(Seat& seat, RunningRoom& room, std::map<std::string, std::string>& acknowledged) {
    const View view = seat.session->view();
    if (view.phase == Phase::kCheckIn && view.room_known && !view.person) {
        seat.session->check_in(std::nullopt, std::nullopt);
    } else if (view.phase == Phase::kCheckIn && view.person && !view.confirmed) {
        (void)seat.session->confirm_person("name", true);
    } else if (view.phase == Phase::kWaiting && !room.desk.journals.empty()) {
        room.desk.release();
    } else if (view.phase == Phase::kReleased && seat.session->state().last_order == 0) {
        room.desk.order(OrderKind::kStart);
    } else if (view.phase == Phase::kRunning && acknowledged.size() < 5) {
        const std::string item = "Q" + std::to_string(acknowledged.size());
        if (seat.answer(item, "of " + item).ok()) {
            acknowledged[item] = "of " + item;
        }
    } else if (view.phase == Phase::kRunning) {
        (void)seat.session->confirm_hand_in();
    }
    seat.pass(1);
    return view.countersigned;
}

void expect_whole_package(RunningRoom& room, const std::map<std::string, std::string>& acknowledged,
                          const std::string& where) {
    ASSERT_TRUE(room.desk.package) << where;
    const Bytes tar = crypto::age_decrypt(room.desk.package_age, room.world.attempt_key).value();
    const auto contents = record::read_contents(tar).value();
    const Status checked = record::check_contents(room.desk.package->object, contents);
    ASSERT_TRUE(checked.ok()) << where << ' ' << to_string(checked.error());
    const auto answers = record::read_document<record::Answers>(contents.answers).value();
    std::map<std::string, std::string> packed;
    for (const record::AnsweredItem& item : answers.items) {
        packed[item.item] = item.responses.at(0).values->at(0);
    }
    EXPECT_EQ(packed, acknowledged) << where;
}

// A whole sitting, in which request `number` is lost on its way there or back; with `crash`, the
// program is killed at that moment as well.
bool sitting_with_lost_request(int number, FakeLink::Cut how, bool crash) {
    const std::string where = "request " + std::to_string(number) +
                              (how == FakeLink::Cut::kAfterArrival ? " after" : " before") +
                              (crash ? " with a kill" : "");
    RunningRoom room;
    Seat seat(room.world, room.desk, room.clock);
    EXPECT_TRUE(seat.run().ok());
    seat.link.cut_once(number, how);
    std::map<std::string, std::string> acknowledged;
    bool crashed = false;
    bool done = false;
    for (int second = 0; second < 60 && !done; ++second) {
        done = act(seat, room, acknowledged);
        if (crash && seat.link.was_cut && !crashed) {
            crashed = true;
            EXPECT_TRUE(seat.run().ok()) << where;
        }
    }
    EXPECT_TRUE(done) << where << ": " << trouble_of(seat);
    EXPECT_EQ(room.desk.journals.size(), 1U) << where << ": a second first journal";
    expect_whole_package(room, acknowledged, where);
    return seat.link.was_cut;
}

TEST(Session, FinishesWhicheverRequestIsLost) {
    for (const auto how : {FakeLink::Cut::kBeforeArrival, FakeLink::Cut::kAfterArrival}) {
        for (const bool crash : {false, true}) {
            int number = 0;
            while (sitting_with_lost_request(number, how, crash) && !HasFailure()) {
                ++number;
            }
            EXPECT_GT(number, 15);
        }
    }
}

TEST(Session, FinishesWhereEveryRequestArrivesTwice) {
    RunningRoom room;
    Seat seat(room.world, room.desk, room.clock);
    ASSERT_TRUE(seat.run().ok());
    seat.link.set_copies(2);
    std::map<std::string, std::string> acknowledged;
    bool done = false;
    for (int second = 0; second < 60 && !done; ++second) {
        done = act(seat, room, acknowledged);
    }
    EXPECT_TRUE(done) << trouble_of(seat);
    EXPECT_EQ(room.desk.journals.size(), 1U);
    expect_whole_package(room, acknowledged, "twice");
}

TEST(Session, CountsNothingTwiceWhereAMoveLosesARequest) {
    for (const auto how : {FakeLink::Cut::kBeforeArrival, FakeLink::Cut::kAfterArrival}) {
        bool cut = true;
        for (int number = 0; cut && !HasFailure(); ++number) {
            RunningRoom room;
            Seat first(room.world, room.desk, room.clock);
            room.start(first);
            ASSERT_TRUE(first.answer("Q0", "of Q0").ok());
            first.pass(2);
            room.desk.move_to(room.world.terminal_2, room.world.terminal_2_age);
            Seat second(room.world, room.desk, room.clock, true);
            ASSERT_TRUE(second.run().ok());
            second.link.cut_once(number, how);
            std::map<std::string, std::string> acknowledged{{"Q0", "of Q0"}};
            bool done = false;
            for (int second_no = 0; second_no < 60 && !done; ++second_no) {
                done = act(second, room, acknowledged);
            }
            EXPECT_TRUE(done) << number << ": " << trouble_of(second);
            EXPECT_EQ(room.desk.journals.size(), 2U);
            expect_whole_package(room, acknowledged, "move, request " + std::to_string(number));
            cut = second.link.was_cut;
        }
    }
}

/// A running sitting whose power goes again and again. The number of acknowledged answers that are
/// not there afterwards.
std::size_t lost_by_power_cuts(std::uint64_t seed, test::Sync sync, int cuts = 3) {
    RunningRoom room(seed);
    Seat seat(room.world, room.desk, room.clock);
    room.start(seat);
    seat.link.cut(FakeLink::Cut::kBeforeArrival);  // the desk cannot help
    FakeRandom random(seed);
    test::spoil(seat.disk, sync);
    std::map<std::string, std::string> acknowledged;
    std::map<std::string, std::set<std::string>> typed;
    std::size_t lost = 0;
    for (int cut = 0; cut < cuts; ++cut) {
        for (std::uint64_t i = 0, end = random.below(12); i < end; ++i) {
            const std::string item = "Q" + std::to_string(random.below(4));
            const std::string value = std::to_string(cut) + "-" + std::to_string(i);
            typed[item].insert(value);
            if (i + 1 == end) {
                seat.disk.fail_after(random.below(2));
            }
            if (seat.answer(item, value).ok()) {
                acknowledged[item] = value;
                typed[item] = {value};  // only this, or what is typed later
            }
            if (random.below(3) == 0) {
                seat.pass(1);
            }
        }
        seat.disk.fail_after(UINT32_MAX);
        seat.power_cut(random.below(1U << 30U));
        if (!seat.run().ok()) {
            return acknowledged.size() + 1;
        }
        seat.pass(5);
        lost += seat.session->view().phase == Phase::kRunning ? 0U : 1U;  // it goes on
        for (const auto& [item, values] : typed) {
            const std::string now = seat.value_of(item);
            const bool known =
                values.contains(now) || (now.empty() && !acknowledged.contains(item));
            lost += known ? 0U : 1U;
            typed[item] = {now};
            if (!now.empty()) {
                acknowledged[item] = now;
            }
        }
    }
    return lost;
}

TEST(Session, HasEveryAcknowledgedAnswerAfterPowerCuts) {
    const auto seeds = test::seeds(60);
    for (std::uint64_t seed = seeds.first; seed < seeds.first + seeds.count; ++seed) {
        ASSERT_EQ(lost_by_power_cuts(seed, test::Sync::kTrue), 0U) << "seed " << seed;
    }
}

TEST(Session, APowerCutTestFindsAMissingAndASwappedSync) {
    for (const auto sync : {test::Sync::kNone, test::Sync::kSwapped}) {
        std::uint64_t image = 0;
        while (image < 100 && lost_by_power_cuts(image, sync, 1) == 0) {
            ++image;
        }
        EXPECT_LT(image, 100U);
    }
}

TEST(Session, LosesNoAcknowledgedAnswerWhereverTheDiskFails) {
    for (std::uint64_t step = 0; step < 50; ++step) {
        RunningRoom room(step);
        Seat seat(room.world, room.desk, room.clock);
        room.start(seat);
        seat.disk.fail_after(step);
        std::map<std::string, std::string> acknowledged;
        for (int i = 0; i < 10; ++i) {
            const std::string item = "Q" + std::to_string(i);
            if (seat.answer(item, "A").ok()) {
                acknowledged[item] = "A";
            }
            seat.pass(1);
        }
        seat.disk.fail_after(UINT32_MAX);
        EXPECT_GE(acknowledged.size(), 9U) << step << ": one failure costs one answer at most";
        ASSERT_TRUE(seat.answer("Q99", "goes on").ok()) << step;
        seat.power_cut(step);
        ASSERT_TRUE(seat.run().ok()) << step;
        for (const auto& [item, value] : acknowledged) {
            EXPECT_EQ(seat.value_of(item), value) << step;
        }
        EXPECT_EQ(seat.value_of("Q99"), "goes on");
    }
}

TEST(Session, KeepsAnswersInTheReserveOfAFullDiskAndSaysWhenThatIsFull) {
    RunningRoom room;
    Seat seat(room.world, room.desk, room.clock);
    room.start(seat);
    seat.disk.set_free_bytes(700);
    std::map<std::string, std::string> acknowledged;
    std::optional<Error> full;
    for (int i = 0; i < 100 && !full; ++i) {
        const std::string item = "Q" + std::to_string(i);
        const Status done = seat.answer(item, std::string(50, 'a'));
        if (done.ok()) {
            acknowledged[item] = std::string(50, 'a');
        } else {
            full = done.error();
        }
    }
    ASSERT_TRUE(full);
    EXPECT_EQ(full->code, Code::kFull);
    EXPECT_FALSE(acknowledged.empty());
    EXPECT_EQ(seat.session->view().phase, Phase::kRunning);
    seat.disk.set_free_bytes(std::nullopt);
    ASSERT_TRUE(seat.answer("Q1", "again").ok());
    acknowledged["Q1"] = "again";
    seat.power_cut(1);
    ASSERT_TRUE(seat.run().ok());
    for (const auto& [item, value] : acknowledged) {
        EXPECT_EQ(seat.value_of(item), value);
    }
}

// A disk that was put back to an older image, and a start without the desk.
TEST(Session, FencesItselfWhereTheDeskHoldsAnotherBranch) {
    RunningRoom room;
    Seat seat(room.world, room.desk, room.clock);
    room.start(seat);
    seat.disk.ignore_syncs(true);
    ASSERT_TRUE(seat.answer("Q1", "only the desk has this").ok());
    seat.pass(2);
    seat.disk.ignore_syncs(false);
    seat.link.cut(FakeLink::Cut::kBeforeArrival);
    seat.power_cut(4);
    ASSERT_TRUE(seat.run().ok());
    ASSERT_EQ(seat.value_of("Q1"), "");
    seat.pass(5);
    ASSERT_TRUE(seat.answer("Q1", "another branch").ok());
    seat.link.cut(FakeLink::Cut::kNone);
    seat.pass(3);
    EXPECT_TRUE(seat.session->view().fenced);
    EXPECT_EQ(seat.answer("Q1", "more").error().what.id, "sitting.fenced"_id);
}

}  // namespace
}  // namespace assay::sitting
