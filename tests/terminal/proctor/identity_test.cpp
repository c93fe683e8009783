#include "terminal/proctor/identity.h"

#include <cmath>

#include <gtest/gtest.h>

namespace assay::proctor {
namespace {

/// Someone whose embedding is so similar to the first person's.
Embedding person(float likeness) { return {likeness, std::sqrt(1 - likeness * likeness), 0}; }

class IdentityTest : public ::testing::Test {
  protected:
    /// Feeds samples as the observer does: whenever one is due.
    void sit(std::chrono::seconds length, const Embedding& who) {
        for (const SteadyTime end = now_ + length; now_ < end; now_ += milliseconds(1000)) {
            if (identity_.due(now_)) {
                identity_.take(now_, who);
                ++samples_;
            }
        }
    }
    bool differs() const { return identity_.mismatch().met.value_or(false); }

    Identity identity_;
    SteadyTime now_{100000};
    int samples_ = 0;
};

TEST_F(IdentityTest, TakesFiveSamplesAtCheckInAndThenOneEveryFiveSeconds) {
    sit(std::chrono::seconds(5), person(1));
    EXPECT_EQ(samples_, 5);
    sit(std::chrono::seconds(60), person(1));
    EXPECT_NEAR(samples_, 5 + 12, 1);
}

TEST_F(IdentityTest, KnowsThePersonWhoCheckedIn) {
    EXPECT_FALSE(identity_.mismatch().met.has_value());
    sit(std::chrono::seconds(120), person(0.9F));
    EXPECT_EQ(identity_.mismatch().met, false);
}

TEST_F(IdentityTest, NoticesAnotherPersonWithTheOnsetOfTheFirstDifferingSample) {
    sit(std::chrono::seconds(60), person(1));
    const SteadyTime swapped = now_;
    sit(std::chrono::seconds(20), person(0.1F));
    ASSERT_TRUE(differs());
    EXPECT_LE(*identity_.mismatch().since - swapped, SteadyTime(5000));
    EXPECT_EQ(identity_.raise_after(), kMismatchAfter);
}

TEST_F(IdentityTest, ForgivesTwoBadSamplesOfFive) {
    sit(std::chrono::seconds(60), person(1));
    sit(std::chrono::seconds(10), person(0.1F));
    EXPECT_FALSE(differs());
    sit(std::chrono::seconds(60), person(1));
    EXPECT_FALSE(differs());
}

TEST_F(IdentityTest, DecidesWithinFiveSecondsAfterAnAbsence) {
    sit(std::chrono::seconds(60), person(1));
    identity_.interrupt();
    EXPECT_FALSE(identity_.mismatch().met.has_value());
    sit(std::chrono::seconds(5), person(0));
    EXPECT_TRUE(differs());
    EXPECT_EQ(identity_.raise_after(), kMismatchAfterAbsence);
}

TEST_F(IdentityTest, ComparesWithTheRosterFromTheFirstSampleOn) {
    identity_.set_roster(person(0.2F));
    sit(std::chrono::seconds(6), person(1));
    EXPECT_TRUE(differs());
    Identity good;
    good.set_roster(person(0.5F));
    for (int i = 0; i < 5; ++i) {
        good.take(SteadyTime(i * 1000), person(1));
    }
    EXPECT_EQ(good.mismatch().met, false);
}

TEST_F(IdentityTest, SaysAfterFiveMinutesThatNothingCouldBeCompared) {
    EXPECT_EQ(identity_.unverified(now_, true).met, false);
    const SteadyTime begun = now_;
    now_ += std::chrono::seconds(301);
    EXPECT_EQ(identity_.unverified(now_, true).met, true);
    EXPECT_EQ(identity_.unverified(now_, true).since, begun);
    EXPECT_FALSE(identity_.unverified(now_, false).met.has_value());  // nobody there to compare
    identity_.take(now_, person(1));
    EXPECT_EQ(identity_.unverified(now_, true).met, false);
}

TEST(Cosine, IsOneForTheSameAndZeroForTheUnlike) {
    EXPECT_NEAR(cosine(person(1), person(1)), 1, 1e-6);
    EXPECT_NEAR(cosine(person(1), person(0)), 0, 1e-6);
    EXPECT_NEAR(cosine(mean_of({person(1), person(0)}), person(1)), 0.7071, 1e-3);
}

}  // namespace
}  // namespace assay::proctor
