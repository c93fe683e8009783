#include "crypto/base/clock.h"

#include <gtest/gtest.h>

namespace assay {
namespace {

TEST(WallTime, WritesAndReadsTheSameText) {
    for (const std::int64_t seconds : {std::int64_t{0}, std::int64_t{951782400},
                                       std::int64_t{1772353800}, std::int64_t{253402300799}}) {
        const WallTime time{seconds};
        EXPECT_EQ(WallTime::from_text(time.text()).value(), time);
    }
    EXPECT_EQ(WallTime{1772353800}.text(), "2026-03-01T08:30:00Z");
}

TEST(WallTime, RefusesOtherForms) {
    for (const char* text : {"", "2026-03-01", "2026-03-01T08:30:00+00:00", "2026-02-30T00:00:00Z",
                             "2026-03-01T24:00:00Z", "2026-03-01t08:30:00z"}) {
        EXPECT_FALSE(WallTime::from_text(text).ok()) << text;
    }
}

TEST(FakeClock, KeepsTheSteadyClockWhenTheWallIsSet) {
    FakeClock clock;
    const SteadyTime before = clock.steady();
    clock.set_wall(WallTime{0});
    clock.advance(std::chrono::milliseconds(1500));
    EXPECT_EQ((clock.steady() - before).count(), 1500);
    EXPECT_EQ(clock.wall().seconds, 1);
}

}  // namespace
}  // namespace assay
