#include "terminal/proctor/analysis.h"

#include <gtest/gtest.h>

#include "crypto/base/random.h"

namespace assay::proctor {
namespace {

using record::FindingCode;
using record::FindingWeight;
using record::Phase;

/// Feeds an Analysis four observations a second, as the watch does.
class AnalysisTest : public ::testing::Test {
  protected:
    Observation person() {
        Observation seen;
        seen.frame = true;
        seen.raw_hash = ++hash_;
        seen.picture = {120, 50, 400};
        seen.change = 1.0 + 0.5 * static_cast<double>(hash_ % 4);
        seen.faces = 1;
        seen.second_score = 0.9;
        return seen;
    }
    Observation nobody() {
        Observation seen = person();
        seen.faces = 0;
        return seen;
    }
    template <typename Make>
    void feed(std::chrono::milliseconds length, Make make) {
        for (const SteadyTime end = now_ + length; now_ < end; now_ += kAnalysisEvery) {
            Observation seen = make();
            seen.at = now_;
            const auto more = analysis_.step(seen);
            events_.insert(events_.end(), more.begin(), more.end());
        }
    }
    void feed_person(int seconds) {
        feed(std::chrono::seconds(seconds), [this] { return person(); });
    }
    void feed_nobody(int seconds) {
        feed(std::chrono::seconds(seconds), [this] { return nobody(); });
    }
    std::vector<Event> of(FindingCode code) const {
        std::vector<Event> out;
        std::copy_if(events_.begin(), events_.end(), std::back_inserter(out),
                     [&](const Event& event) { return event.code == code; });
        return out;
    }

    Analysis analysis_;
    SteadyTime now_{100000};
    std::uint64_t hash_ = 0;
    std::vector<Event> events_;
};

TEST_F(AnalysisTest, SaysNothingOfAPersonWhoSitsThere) {
    feed_person(600);
    EXPECT_TRUE(events_.empty());
}

TEST_F(AnalysisTest, RaisesAbsenceAfterFiveSecondsWithItsTrueOnset) {
    feed_person(10);
    const SteadyTime left = now_;
    feed_nobody(4);
    EXPECT_TRUE(events_.empty());
    feed_nobody(3);
    ASSERT_EQ(events_.size(), 1U);
    EXPECT_EQ(events_[0].code, FindingCode::kFaceAbsent);
    EXPECT_EQ(events_[0].phase, Phase::kBegin);
    EXPECT_EQ(events_[0].onset, left);
    EXPECT_EQ(events_[0].weight, FindingWeight::kLow);
    EXPECT_GE(events_[0].confidence, 80);
}

TEST_F(AnalysisTest, WeighsAbsenceMoreAfterHalfAMinute) {
    feed_person(5);
    feed_nobody(35);
    feed_person(15);
    const auto events = of(FindingCode::kFaceAbsent);
    ASSERT_EQ(events.size(), 3U);
    EXPECT_EQ(events[1].phase, Phase::kUpdate);
    EXPECT_EQ(events[1].weight, FindingWeight::kMedium);
    EXPECT_EQ(events[2].phase, Phase::kEnd);
    EXPECT_EQ(events[2].weight, FindingWeight::kMedium);
    EXPECT_EQ(events[2].at, SteadyTime(100000 + 40000 - 250));  // when last met, not when noticed
}

TEST_F(AnalysisTest, MakesOneOfRepeatsWithinTenSeconds) {
    feed_person(5);
    feed_nobody(8);
    feed_person(6);
    feed_nobody(8);
    feed_person(20);
    EXPECT_EQ(of(FindingCode::kFaceAbsent).size(), 2U);
    feed_nobody(8);
    feed_person(20);
    EXPECT_EQ(of(FindingCode::kFaceAbsent).size(), 4U);
}

TEST_F(AnalysisTest, ForgivesAPasserByAndNoticesSomeoneWhoStays) {
    const auto two = [this] {
        Observation seen = person();
        seen.faces = 2;
        return seen;
    };
    feed_person(5);
    feed(std::chrono::milliseconds(2500), two);
    feed_person(10);
    EXPECT_TRUE(events_.empty());
    feed(std::chrono::seconds(5), two);
    ASSERT_EQ(events_.size(), 1U);
    EXPECT_EQ(events_[0].code, FindingCode::kFaceMultiple);
    EXPECT_EQ(events_[0].weight, FindingWeight::kMedium);
}

TEST_F(AnalysisTest, CallsACoveredLensCoveredAndNotAnAbsence) {
    feed_person(30);
    feed(std::chrono::seconds(20), [this] {
        Observation seen = nobody();
        seen.picture = {60, 4, 3};
        return seen;
    });
    EXPECT_EQ(of(FindingCode::kCameraCovered).size(), 1U);
    EXPECT_TRUE(of(FindingCode::kFaceAbsent).empty());
}

TEST_F(AnalysisTest, DoesNotTakeABareWallBehindAnAbsentPersonForACover) {
    feed_person(30);
    feed(std::chrono::seconds(20), [this] {
        Observation seen = nobody();
        seen.picture = {140, 15, 60};  // smooth, but not under a quarter of both
        return seen;
    });
    EXPECT_TRUE(of(FindingCode::kCameraCovered).empty());
    EXPECT_EQ(of(FindingCode::kFaceAbsent).size(), 1U);
}

TEST_F(AnalysisTest, TellsDarknessFromACover) {
    feed(std::chrono::seconds(12), [this] {
        Observation seen = person();
        seen.picture = {20, 12, 40};
        return seen;
    });
    ASSERT_EQ(events_.size(), 1U);
    EXPECT_EQ(events_[0].code, FindingCode::kCameraDark);
}

TEST_F(AnalysisTest, NoticesAFrozenFeedWithinFourSeconds) {
    feed_person(5);
    Observation frozen = person();
    feed(std::chrono::seconds(4), [&] { return frozen; });
    ASSERT_EQ(of(FindingCode::kFeedFrozen).size(), 1U);
    EXPECT_EQ(of(FindingCode::kFeedFrozen)[0].weight, FindingWeight::kHigh);
}

TEST_F(AnalysisTest, NoticesAnUnnaturallySteadyFeedWithTheOnsetOfItsWindow) {
    feed_person(10);
    const SteadyTime began = now_;
    feed(std::chrono::seconds(70), [this] {
        Observation seen = person();
        seen.change = 0.8;
        return seen;
    });
    const auto events = of(FindingCode::kFeedStill);
    ASSERT_EQ(events.size(), 1U);
    EXPECT_NEAR(static_cast<double>((events[0].onset - began).count()), 0, 4000);
}

TEST_F(AnalysisTest, NoticesALostCameraAndItsReturn) {
    feed_person(5);
    feed(std::chrono::seconds(5), [] { return Observation(); });
    feed_person(5);
    const auto events = of(FindingCode::kCameraLost);
    ASSERT_EQ(events.size(), 2U);
    EXPECT_EQ(events[0].phase, Phase::kBegin);
    EXPECT_EQ(events[1].phase, Phase::kEnd);
    EXPECT_TRUE(of(FindingCode::kFaceAbsent).empty());
}

TEST_F(AnalysisTest, NoticesAnotherDeviceAtOnce) {
    feed_person(2);
    feed(std::chrono::milliseconds(250), [this] {
        Observation seen = person();
        seen.same_device = false;
        return seen;
    });
    ASSERT_EQ(events_.size(), 1U);
    EXPECT_EQ(events_[0].code, FindingCode::kCameraChanged);
}

TEST_F(AnalysisTest, IsUnsureWithoutADetector) {
    const auto blind = [this](double change) {
        return [this, change] {
            Observation seen = person();
            seen.faces.reset();
            seen.change = change * (0.5 + 0.25 * static_cast<double>(hash_ % 5));
            seen.degraded = true;
            return seen;
        };
    };
    feed(std::chrono::seconds(30), blind(2));
    ASSERT_EQ(events_.size(), 1U);
    EXPECT_EQ(events_[0].code, FindingCode::kProctorDegraded);
    EXPECT_EQ(events_[0].weight, FindingWeight::kInfo);
    feed(std::chrono::seconds(50), blind(0.1));
    EXPECT_TRUE(of(FindingCode::kFaceAbsent).empty());
    feed(std::chrono::seconds(15), blind(0.1));
    ASSERT_EQ(of(FindingCode::kFaceAbsent).size(), 1U);
    EXPECT_LE(of(FindingCode::kFaceAbsent)[0].confidence, kConfidenceFromMotionMax);
}

TEST_F(AnalysisTest, OpensAndClosesEveryFindingInOrderWhateverComes) {
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        SCOPED_TRACE(seed);
        FakeRandom random(seed);
        Analysis analysis;
        std::map<FindingCode, int> open;
        SteadyTime at(0);
        SteadyTime last_end(0);
        const auto check = [&](const std::vector<Event>& events) {
            for (const Event& event : events) {
                const int wanted = event.phase == Phase::kBegin ? 0 : 1;
                EXPECT_EQ(open[event.code], wanted);
                open[event.code] = event.phase == Phase::kEnd ? 0 : 1;
                EXPECT_LE(event.onset, event.at);
                EXPECT_LE(event.at, at);
                EXPECT_GE(event.confidence, 0);
                EXPECT_LE(event.confidence, 100);
            }
        };
        for (int run = 0; run < 60; ++run) {
            Observation kind = person();
            kind.frame = random.below(8) != 0;
            kind.faces = random.below(5) == 0 ? std::nullopt
                                              : std::optional(static_cast<int>(random.below(3)));
            kind.picture = {static_cast<double>(random.below(200)),
                            static_cast<double>(random.below(60)),
                            static_cast<double>(random.below(500))};
            kind.same_device = random.below(10) != 0;
            const bool same = random.below(4) == 0;
            for (std::uint64_t i = random.below(200); i > 0; --i) {
                at += SteadyTime(static_cast<std::int64_t>(random.below(600)));
                kind.at = at;
                kind.raw_hash += same ? 0 : 1;
                kind.change = static_cast<double>(random.below(30)) / 10;
                check(analysis.step(kind));
            }
        }
        check(analysis.finish(at));
        for (const auto& [code, still_open] : open) {
            EXPECT_EQ(still_open, 0) << word(code);
        }
    }
}

// Without light the least contrast is left, and still it is the same room.
TEST_F(AnalysisTest, TellsADarkRoomFromACoverByItsShape) {
    feed_person(30);
    feed(std::chrono::seconds(12), [this] {
        Observation seen = nobody();
        seen.picture = {12, 1.8, 3};
        seen.like_lit = 0.8;
        return seen;
    });
    EXPECT_EQ(of(FindingCode::kCameraDark).size(), 1U);
    EXPECT_TRUE(of(FindingCode::kCameraCovered).empty());
    feed_person(30);
    feed(std::chrono::seconds(12), [this] {
        Observation seen = nobody();
        seen.picture = {12, 1.8, 3};
        seen.like_lit = 0.1;
        return seen;
    });
    EXPECT_FALSE(of(FindingCode::kCameraCovered).empty());
}

// A head that turns far is lost now and then: it did not come back for that.
TEST_F(AnalysisTest, KeepsASuspicionWhileNobodyCanKnow) {
    const auto turned = [this] {
        Observation seen = person();
        seen.yaw = 0.5;
        return seen;
    };
    feed(std::chrono::seconds(62), [this] {
        Observation seen = person();
        seen.yaw = 0;
        return seen;
    });
    feed(std::chrono::seconds(2), turned);
    feed(std::chrono::milliseconds(1500), [this] { return nobody(); });
    feed(std::chrono::seconds(1), turned);
    EXPECT_EQ(of(FindingCode::kLookAway).size(), 1U);
}

TEST_F(AnalysisTest, ForgetsASuspicionThatNobodyCouldConfirmForLong) {
    feed(std::chrono::seconds(62), [this] {
        Observation seen = person();
        seen.yaw = 0;
        return seen;
    });
    for (int i = 0; i < 5; ++i) {
        feed(std::chrono::seconds(1), [this] {
            Observation seen = person();
            seen.yaw = 0.5;
            return seen;
        });
        feed(std::chrono::seconds(3), [this] { return nobody(); });
    }
    EXPECT_TRUE(of(FindingCode::kLookAway).empty());
}

}  // namespace
}  // namespace assay::proctor
