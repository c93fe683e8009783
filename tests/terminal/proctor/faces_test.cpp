#include "terminal/proctor/faces.h"

#include <cmath>

#include <gtest/gtest.h>

#include "terminal/proctor/tolerance.h"

namespace assay::proctor {
namespace {

Face face_at(double x, double y, double width, double score = 0.9) {
    return {x, y, width, width * 1.3, score, {}};
}

class FacesTest : public ::testing::Test {
  protected:
    /// The person, who is never quite still.
    Face person() {
        ++looks_;
        return face_at(0.4 + 0.02 * std::sin(looks_ * 0.7), 0.3, 0.2);
    }
    FacesSeen look(std::vector<Face> others) {
        others.push_back(person());
        now_ += kSecondFaceEvery;
        return faces_.take(now_, others, true);
    }
    Faces faces_;
    int looks_ = 0;
    SteadyTime now_{100000};
};

TEST_F(FacesTest, AllowsAPosterThatHungThereAtCheckIn) {
    const Face poster = face_at(0.75, 0.1, 0.1);
    for (int i = 0; i < 40; ++i) {
        look({poster});
    }
    EXPECT_EQ(look({poster}).count, 1);
    EXPECT_EQ(look({face_at(0.1, 0.3, 0.15)}).count, 2);
    EXPECT_EQ(look({poster, face_at(0.1, 0.3, 0.15)}).count, 2);
}

TEST_F(FacesTest, DoesNotTakeASecondPersonForAPoster) {
    std::optional<SteadyTime> since;
    for (int i = 0; i < 40; ++i) {
        const FacesSeen seen = look({face_at(0.7 + 0.02 * std::sin(i * 0.9), 0.3, 0.15)});
        since = since ? since : seen.since;
        EXPECT_EQ(seen.unsure, i < 30);
    }
    ASSERT_TRUE(
        since.has_value());  // kept back until posters were learnt, then told with its onset
    EXPECT_EQ(*since, SteadyTime(101000));
    EXPECT_EQ(look({face_at(0.7, 0.3, 0.15)}).count, 2);
}

TEST_F(FacesTest, ForgetsAPasserByOfTheFirstHalfMinute) {
    for (int i = 0; i < 40; ++i) {
        const bool passes = i == 10 || i == 11;
        const FacesSeen seen = look(passes ? std::vector<Face>{face_at(0.1 * (i - 9), 0.3, 0.1)}
                                           : std::vector<Face>());
        EXPECT_FALSE(seen.since.has_value());
    }
}

TEST_F(FacesTest, TakesOnePersonWhoMovedForOne) {
    for (int i = 0; i < 40; ++i) {
        now_ += kSecondFaceEvery;
        const double x = i < 15 ? 0.1 : 0.6;
        const FacesSeen seen =
            faces_.take(now_, {face_at(x + 0.02 * std::sin(i * 0.7), 0.3, 0.2)}, true);
        EXPECT_FALSE(seen.since.has_value());
        EXPECT_EQ(seen.count, 1);
    }
}

// A skull, twice as large as the face above it, seen on and off.
TEST_F(FacesTest, TakesAFaceOnTheShirtForAPrintAndNeverForThePerson) {
    for (int i = 0; i < 80; ++i) {
        const Face skull = face_at(0.35 + 0.02 * std::sin(i * 0.7), 0.65, 0.3);
        const FacesSeen seen = look(i % 3 == 0 ? std::vector<Face>() : std::vector<Face>{skull});
        EXPECT_EQ(seen.count, 1);
        EXPECT_FALSE(seen.since.has_value());
        EXPECT_NEAR(seen.main->width, 0.2, 1e-9);
    }
}

TEST_F(FacesTest, CountsWhoStandsBehindThePersonOrLeansInBesideThem) {
    for (int i = 0; i < 40; ++i) {
        look({});
    }
    EXPECT_EQ(look({face_at(0.42, 0.02, 0.14)}).count, 2);
    EXPECT_EQ(look({face_at(0.65, 0.5, 0.2)}).count, 2);
    EXPECT_NEAR(look({face_at(0.65, 0.3, 0.3)}).main->width, 0.2, 1e-9);  // larger, yet not them
}

TEST_F(FacesTest, DoesNotCountSmallOrDoubtfulSecondFaces) {
    EXPECT_EQ(look({face_at(0.1, 0.1, 0.03)}).count, 1);
    EXPECT_EQ(look({face_at(0.1, 0.1, 0.1, 0.65)}).count, 1);
    EXPECT_EQ(look({face_at(0.1, 0.1, 0.1)}).count, 2);
    EXPECT_EQ(faces_.take(now_, {face_at(0.1, 0.1, 0.03)}, false).count, 1);  // alone it is the one
}

TEST(Overlap, IsTheCommonPartOfTwoBoxes) {
    const Face a = face_at(0.1, 0.1, 0.2);
    EXPECT_DOUBLE_EQ(overlap(a, a), 1);
    EXPECT_DOUBLE_EQ(overlap(a, face_at(0.6, 0.1, 0.2)), 0);
    EXPECT_NEAR(overlap(a, face_at(0.2, 0.1, 0.2)), 1.0 / 3, 1e-9);
}

TEST(Tolerances, AreReadAndRefusedForTheCamerasOwnFindings) {
    const auto some = Tolerances::parse("LOOK_AWAY=off FACE_ABSENT=wide");
    ASSERT_TRUE(some.ok());
    EXPECT_EQ(some->of(record::FindingCode::kLookAway), Tolerance::kOff);
    EXPECT_EQ(some->of(record::FindingCode::kFaceAbsent), Tolerance::kWide);
    EXPECT_EQ(some->of(record::FindingCode::kFaceMultiple), Tolerance::kUsual);
    EXPECT_TRUE(Tolerances::parse("").ok());
    for (const char* bad : {"LOOK_AWAY", "LOOK_AWAY=", "LOOK_AWAY=loud", "NOBODY=off",
                            "CAM_LOST=off", "ID_MISMATCH=off", " LOOK_AWAY=off"}) {
        EXPECT_FALSE(Tolerances::parse(bad).ok()) << bad;
    }
}

}  // namespace
}  // namespace assay::proctor
