#include "terminal/proctor/coverage.h"

#include <gtest/gtest.h>

namespace assay::proctor {
namespace {

using record::GapCause;
using record::Phase;

TEST(Coverage, CountsASecondInWhichAFrameWasAnalysed) {
    Coverage coverage(SteadyTime(500));
    for (int ms = 500; ms < 10500; ms += 250) {
        EXPECT_TRUE(coverage.analysed(SteadyTime(ms)).empty());
    }
    EXPECT_EQ(coverage.covered_seconds(), 10U);
}

TEST(Coverage, BeginsAGapOnceAWholeSecondIsMissingAndEndsItWithTheNextFrame) {
    Coverage coverage(SteadyTime(0));
    coverage.analysed(SteadyTime(900));
    EXPECT_TRUE(coverage.tick(SteadyTime(1999), GapCause::kCameraLost).empty());
    const auto begin = coverage.tick(SteadyTime(2000), GapCause::kCameraLost);
    ASSERT_EQ(begin.size(), 1U);
    EXPECT_EQ(begin[0],
              (GapTurn{Phase::kBegin, GapCause::kCameraLost, SteadyTime(1000), SteadyTime(1000)}));
    EXPECT_TRUE(coverage.tick(SteadyTime(4000), GapCause::kCameraLost).empty());
    const auto end = coverage.analysed(SteadyTime(5300));
    ASSERT_EQ(end.size(), 1U);
    EXPECT_EQ(end[0],
              (GapTurn{Phase::kEnd, GapCause::kCameraLost, SteadyTime(1000), SteadyTime(5000)}));
    EXPECT_EQ(coverage.covered_seconds(), 2U);
}

TEST(Coverage, CallsSecondsStarvedWhenNobodyTicked) {
    Coverage coverage(SteadyTime(0));
    coverage.analysed(SteadyTime(100));
    const auto turns = coverage.analysed(SteadyTime(7100));
    ASSERT_EQ(turns.size(), 2U);
    EXPECT_EQ(turns[0].cause, GapCause::kStarved);
    EXPECT_EQ(turns[1].from, SteadyTime(1000));
    EXPECT_EQ(turns[1].to, SteadyTime(7000));
}

TEST(Coverage, ClosesAnOpenGapAtTheEnd) {
    Coverage coverage(SteadyTime(0));
    coverage.tick(SteadyTime(3000), GapCause::kCameraLost);
    const auto turns = coverage.finish(SteadyTime(3500));
    ASSERT_EQ(turns.size(), 1U);
    EXPECT_EQ(turns[0].to, SteadyTime(3500));
    EXPECT_TRUE(coverage.finish(SteadyTime(3600)).empty());
}

}  // namespace
}  // namespace assay::proctor
