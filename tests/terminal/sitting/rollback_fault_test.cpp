// An old copy of a terminal's journal or of its whole disk, and a machine that was cloned: named at
// the next contact with the desk, whichever moment the copy is of.
#include <algorithm>

#include <gtest/gtest.h>

#include "tests/terminal/sitting/seat.h"
#include "tests/terminal/sitting/seeds.h"

namespace assay::sitting {
namespace {

using test::RunningRoom;
using test::Seat;

constexpr const char* kFinding = "JOURNAL_BEHIND";

/// What lies on a disk, to be put back later.
class Copy {
  public:
    enum class What { kJournal, kDisk };
    Copy(Seat& seat, const AttemptId& attempt, What what) : store_(seat.store), what_(what) {
        const SittingFolder folder("/sittings", attempt);
        const auto names = seat.disk.list(folder.path()).value();
        for (const std::string& name : names) {
            const Path path = folder.path() / name;
            const bool journal = name.ends_with(".records");
            if (journal || (what == What::kDisk && path.has_extension())) {
                files_[path] = read_file(seat.disk, path, 1U << 24U).value();
            }
        }
    }
    void put_back(Seat& seat) const {
        for (const auto& [path, bytes] : files_) {
            ASSERT_TRUE(write_file(seat.disk, path, bytes).ok());
        }
        if (what_ == What::kDisk) {
            seat.store = store_;
        }
    }

  private:
    FakeStore store_;
    What what_;
    std::map<Path, Bytes> files_;
};

void write_some(Seat& seat, FakeRandom& random, const std::string& value) {
    for (std::uint64_t i = 0, end = 1 + random.below(5); i < end; ++i) {
        ASSERT_TRUE(seat.answer("Q" + std::to_string(random.below(4)), value).ok());
    }
    seat.pass(1);
}

bool named(const Seat& seat, RunningRoom& room) {
    const bool told = room.desk.last_heartbeat &&
                      std::ranges::count(room.desk.last_heartbeat->findings, kFinding) == 1;
    return told || seat.session->view().fenced ||
           (seat.last.trouble && seat.last.trouble->what.id == "sitting.journal.lost"_id);
}

/// True where the desk, or the terminal's own refusal, names the older copy.
bool finds_old_copy(std::uint64_t seed) {
    RunningRoom room(seed);
    Seat seat(room.world, room.desk, room.clock);
    FakeRandom random(seed);
    room.start(seat);
    write_some(seat, random, "before");
    const auto what = random.below(2) == 0 ? Copy::What::kJournal : Copy::What::kDisk;
    const Copy copy(seat, room.world.attempt, what);
    for (std::uint64_t i = 0, end = 1 + random.below(4); i < end; ++i) {
        write_some(seat, random, "after");
    }
    seat.pass(2);
    EXPECT_EQ(seat.session->view().acknowledged, seat.session->view().records);
    seat.session.reset();
    copy.put_back(seat);
    const bool alone = random.below(2) == 0;  // it goes on before the desk can be asked
    seat.link.cut(alone ? FakeLink::Cut::kBeforeArrival : FakeLink::Cut::kNone);
    if (!seat.run().ok()) {
        return false;
    }
    seat.pass(5);
    if (alone) {
        (void)seat.answer("Q1", "another branch");
        seat.link.cut(FakeLink::Cut::kNone);
    }
    seat.pass(5);
    return named(seat, room);
}

TEST(Rollback, IsNamedAtTheNextContactWhicheverMomentTheCopyIsOf) {
    const auto seeds = test::seeds(100);
    for (std::uint64_t seed = seeds.first; seed < seeds.first + seeds.count; ++seed) {
        ASSERT_TRUE(finds_old_copy(seed)) << "seed " << seed;
    }
}

TEST(Rollback, GivesBackEveryAcknowledgedAnswerWhereTheDeskIsReached) {
    RunningRoom room;
    Seat seat(room.world, room.desk, room.clock);
    room.start(seat);
    ASSERT_TRUE(seat.answer("Q1", "old").ok());
    seat.pass(1);
    const Copy copy(seat, room.world.attempt, Copy::What::kDisk);
    ASSERT_TRUE(seat.answer("Q1", "new").ok());
    seat.pass(2);
    seat.session.reset();
    copy.put_back(seat);
    ASSERT_TRUE(seat.run().ok());
    seat.pass(3);
    EXPECT_EQ(seat.value_of("Q1"), "new");
    EXPECT_TRUE(seat.session->state().evidence.open_findings.contains(kFinding));
}

TEST(Rollback, NamesACloneOfTheMachineWhicheverOfTheTwoWritesFirst) {
    const auto seeds = test::seeds(100);
    for (std::uint64_t seed = seeds.first; seed < seeds.first + seeds.count; ++seed) {
        RunningRoom room(seed);
        Seat first(room.world, room.desk, room.clock);
        Seat clone(room.world, room.desk, room.clock);
        FakeRandom random(seed);
        room.start(first);
        write_some(first, random, "both");
        const Copy copy(first, room.world.attempt, Copy::What::kDisk);
        ASSERT_TRUE(
            clone.disk.make_folders(SittingFolder("/sittings", room.world.attempt).path()).ok());
        copy.put_back(clone);
        ASSERT_TRUE(clone.run().ok());
        for (int i = 0; i < 3; ++i) {
            Seat& one = random.below(2) == 0 ? first : clone;
            (void)one.answer("Q2", one.boot + std::to_string(i));
            one.pass(1);
        }
        clone.pass(6);
        first.pass(6);
        EXPECT_TRUE(named(first, room) || named(clone, room)) << "seed " << seed;
    }
}

TEST(Rollback, IsNotSaidOfAnHonestPowerCut) {
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        RunningRoom room(seed);
        Seat seat(room.world, room.desk, room.clock);
        FakeRandom random(seed);
        room.start(seat);
        write_some(seat, random, "before");
        seat.disk.fail_after(random.below(2));
        (void)seat.answer("Q1", "in the middle");
        seat.disk.fail_after(UINT32_MAX);
        seat.power_cut(seed);
        ASSERT_TRUE(seat.run().ok());
        seat.pass(6);
        EXPECT_FALSE(named(seat, room)) << "seed " << seed;
    }
}

}  // namespace
}  // namespace assay::sitting
