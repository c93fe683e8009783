#include "server/core/upload_slots.h"

#include <gtest/gtest.h>

#include "crypto/random.h"

namespace assay::server_core {
namespace {

constexpr std::uint32_t kPerSecond = 100;

class UploadSlotsTest : public testing::Test {
  protected:
    MachineId desk() { return random_.id<MachineId>(); }
    /// The wait that the last of so many new desks is told.
    std::chrono::seconds wait_after(std::size_t desks) {
        std::chrono::seconds out{0};
        for (std::size_t i = 0; i < desks; ++i) {
            out = slots_.ask(desk()).value_or(std::chrono::seconds(0));
        }
        return out;
    }
    FakeClock clock_;
    crypto::SystemRandom random_;
    UploadSlots slots_{clock_, random_, kPerSecond};
};

TEST_F(UploadSlotsTest, LetEveryoneInWhileTheServerKeepsUp) {
    const MachineId one = desk();
    for (int i = 0; i < 1000; ++i) {
        EXPECT_FALSE(slots_.ask(one));
        clock_.advance(std::chrono::milliseconds(10));
    }
}

TEST_F(UploadSlotsTest, SendAwayWhatComesBeyondASecondsWorth) {
    clock_.advance(std::chrono::seconds(10));
    EXPECT_EQ(wait_after(kPerSecond + 1).count(), 0);
    EXPECT_GE(wait_after(1).count(), 1);
}

TEST_F(UploadSlotsTest, GiveEachDeskASlotBehindTheOneBefore) {
    wait_after(2 * kPerSecond);
    const auto early = wait_after(1);
    const auto late = wait_after(500);
    // 500 slots of 16 packages at 100 a second take 80 seconds.
    EXPECT_GE((late - early).count(), 75);
    EXPECT_LE((late - early).count(), 85);
}

TEST_F(UploadSlotsTest, KeepTheSlotOfADeskThatAsksTooEarly) {
    wait_after(500);
    const MachineId one = desk();
    const auto first = slots_.ask(one).value();
    wait_after(500);
    clock_.advance(std::chrono::seconds(1));
    const auto second = slots_.ask(one).value();
    EXPECT_LE(second, first);
    EXPECT_GE(second, first - std::chrono::seconds(2));
}

TEST_F(UploadSlotsTest, LetADeskSendItsSixteenInItsSlot) {
    wait_after(500);
    const MachineId one = desk();
    clock_.advance(slots_.ask(one).value());
    wait_after(1000);
    for (std::uint32_t i = 0; i < kSlotPackages; ++i) {
        EXPECT_FALSE(slots_.ask(one));
    }
    EXPECT_TRUE(slots_.ask(one));
}

TEST_F(UploadSlotsTest, SendNobodyAwayForLongerThanTheirLimit) {
    std::chrono::seconds longest{0};
    for (int i = 0; i < 5000; ++i) {
        longest = std::max(longest, slots_.ask(desk()).value_or(std::chrono::seconds(0)));
    }
    EXPECT_GT(longest, kSlotWaitMax / 2);
    EXPECT_LE(longest, kSlotWaitMax + kSlotJitter + std::chrono::seconds(1));
}

TEST_F(UploadSlotsTest, AreFreeAgainWhenTheRushIsOver) {
    wait_after(500);
    clock_.advance(std::chrono::minutes(5));
    EXPECT_EQ(wait_after(1).count(), 0);
}

TEST_F(UploadSlotsTest, LetEveryoneInWhereNoneAreAskedFor) {
    UploadSlots none(clock_, random_, 0);
    for (int i = 0; i < 1000; ++i) {
        EXPECT_FALSE(none.ask(desk()));
    }
}

}  // namespace
}  // namespace assay::server_core
