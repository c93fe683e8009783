#include "terminal/proctor/look_away.h"

#include <gtest/gtest.h>

#include "terminal/proctor/face_detector.h"

namespace assay::proctor {
namespace {

class LookAwayTest : public ::testing::Test {
  protected:
    Met look(LookAway& looks, int seconds, std::optional<double> yaw) {
        Met met;
        for (int i = 0; i < seconds * 4; ++i, now_ += kAnalysisEvery) {
            met = looks.take(now_, yaw);
        }
        return met;
    }
    SteadyTime now_{100000};
};

TEST_F(LookAwayTest, SaysNothingInTheMinuteThatTeachesTheNeutral) {
    LookAway looks(Tolerance::kUsual);
    EXPECT_FALSE(look(looks, 30, 0.9).met.has_value());
}

TEST_F(LookAwayTest, MeasuresFromThePersonsOwnNeutral) {
    LookAway looks(Tolerance::kUsual);
    look(looks, 61, 0.3);  // the camera stands at the side
    EXPECT_EQ(look(looks, 1, 0.5).met, false);
    EXPECT_EQ(look(looks, 1, 0.75).met, true);
    EXPECT_EQ(look(looks, 1, -0.05).met, false);
    EXPECT_EQ(look(looks, 1, -0.15).met, true);
    EXPECT_FALSE(look(looks, 1, std::nullopt).met.has_value());
}

TEST_F(LookAwayTest, StaysAwayWhileTheReadingWavers) {
    LookAway looks(Tolerance::kUsual);
    look(looks, 61, 0);
    EXPECT_EQ(look(looks, 1, 0.35).met, false);
    EXPECT_EQ(look(looks, 1, 0.45).met, true);
    EXPECT_EQ(look(looks, 1, 0.35).met, true);
    EXPECT_EQ(look(looks, 1, 0.28).met, false);
    EXPECT_EQ(look(looks, 1, 0.35).met, false);
}

TEST_F(LookAwayTest, WeighsMoreWhatFillsThirtyPercentOfFiveMinutes) {
    LookAway looks(Tolerance::kUsual);
    look(looks, 61, 0);
    for (int i = 0; i < 40; ++i) {
        look(looks, 3, 0.6);
        const Met met = look(looks, 5, 0);
        EXPECT_EQ(met.more, i * 8 + 8 > 300);
    }
}

TEST_F(LookAwayTest, IsWiderWhereAnAccommodationSaysSo) {
    LookAway looks(Tolerance::kWide);
    look(looks, 61, 0);
    EXPECT_EQ(look(looks, 1, 0.5).met, false);
    EXPECT_EQ(look(looks, 1, 0.7).met, true);
}

TEST(Yaw, IsTheNoseAlongTheLineOfTheEyes) {
    Face face;
    face.points = {{{0.4, 0.4}, {0.6, 0.4}, {0.5, 0.5}, {0.42, 0.6}, {0.58, 0.6}}};
    EXPECT_NEAR(yaw_of(face, 4.0 / 3), 0, 1e-9);
    face.points[2].x = 0.6;
    EXPECT_NEAR(yaw_of(face, 4.0 / 3), 0.5, 1e-9);
    // The head leant over by 45 degrees: the same, however the eyes lie.
    face.points = {{{0.4, 0.4}, {0.5, 0.5333}, {0.4, 0.5333}, {0, 0}, {0, 0}}};
    EXPECT_NEAR(yaw_of(face, 4.0 / 3), 0, 1e-3);
    EXPECT_EQ(yaw_of(Face{}, 1), 0);
}

}  // namespace
}  // namespace assay::proctor
