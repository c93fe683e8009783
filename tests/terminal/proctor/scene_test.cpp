// What is read off the picture alone: a film that comes back, a camera that was moved.
#include <gtest/gtest.h>

#include "terminal/proctor/background.h"
#include "terminal/proctor/loop_finder.h"
#include "terminal/proctor/thresholds.h"
#include "tests/terminal/proctor/drawn_person.h"

namespace assay::proctor {
namespace {

const Face kPerson{0.36, 0.3, 0.28, 0.45, 0.95, {}};

Image room(double seconds, FakeRandom& random, bool person = true) {
    Image image = Image::make(640, 480, 3);
    test::draw_room(image);
    if (person) {
        test::draw_person(image, test::pose_at(seconds));
    }
    Image small = to_luma(resize(image, 160, 120));
    test::add_noise(small, random, 1);
    return small;
}

Image moved(const Image& image, int right, int down) {
    Image out = image;
    for (int y = 0; y < image.height; ++y) {
        for (int x = 0; x < image.width; ++x) {
            *out.at(x, y) = image.row(std::clamp(
                y - down, 0, image.height - 1))[std::clamp(x - right, 0, image.width - 1)];
        }
    }
    return out;
}

class SceneTest : public ::testing::Test {
  protected:
    void SetUp() override {
        for (int i = 0; i < 120; ++i) {
            film_.push_back(room(i * 0.61, random_));
        }
    }
    /// Pictures in an order that has no lag.
    const Image& any() { return film_[random_.below(film_.size())]; }

    FakeRandom random_{11};
    std::vector<Image> film_;
    SteadyTime now_{100000};
};

TEST_F(SceneTest, FindsAFilmThatComesBackAndItsOnset) {
    LoopFinder finder;
    for (int i = 0; i < 200; ++i, now_ += kAnalysisEvery) {
        EXPECT_FALSE(finder.take(now_, any()).met.value_or(false)) << i;
    }
    const SteadyTime begun = now_;
    std::optional<SteadyTime> found;
    std::optional<SteadyTime> since;
    for (int i = 0; i < 100; ++i, now_ += kAnalysisEvery) {
        Image image = film_[static_cast<std::size_t>(i % 17)];
        test::add_noise(image, random_, 2);
        const Met met = finder.take(now_, image);
        if (met.met.value_or(false) && !found) {
            found = now_;
            since = met.since;
        }
    }
    ASSERT_TRUE(found.has_value());
    EXPECT_LE(*found - begun, SteadyTime(17 * 250 + 11000));
    EXPECT_NEAR(static_cast<double>((*since - begun).count()), 17 * 250, 600);
}

TEST_F(SceneTest, DoesNotTakeSittingStillForALoop) {
    LoopFinder finder;
    for (int i = 0; i < 100; ++i, now_ += kAnalysisEvery) {
        finder.take(now_, any());
    }
    for (int i = 0; i < 300; ++i, now_ += kAnalysisEvery) {
        Image image = film_[3];
        test::add_noise(image, random_, 2);
        EXPECT_FALSE(finder.take(now_, image).met.value_or(false)) << i;
    }
}

TEST_F(SceneTest, NoticesAMovedCameraAndGetsUsedToIt) {
    Background background;
    for (int i = 0; i < 60; ++i, now_ += kBackgroundEvery) {
        const auto seen = background.take(now_, any(), kPerson);
        EXPECT_EQ(seen.has_value(), i >= 30);
        EXPECT_FALSE(seen.value_or(false));
    }
    int noticed = 0;
    for (int i = 0; i < 120; ++i, now_ += kBackgroundEvery) {
        noticed += background.take(now_, moved(any(), 20, 6), kPerson).value_or(false) ? 1 : 0;
    }
    EXPECT_GE(noticed, 55);
    EXPECT_LE(noticed, 65);  // then the new place is the place
}

TEST_F(SceneTest, TakesNeitherLightNorAnEmptyChairForAMovedCamera) {
    Background background;
    for (int i = 0; i < 40; ++i, now_ += kBackgroundEvery) {
        background.take(now_, any(), kPerson);
    }
    for (int i = 0; i < 20; ++i, now_ += kBackgroundEvery) {
        Image image = any();
        for (std::uint8_t& pixel : image.pixels) {
            pixel = static_cast<std::uint8_t>(pixel * (i < 10 ? 6 : 11) / 10 * 9 / 10);
        }
        EXPECT_EQ(background.take(now_, image, kPerson), false) << i;
    }
    for (int i = 0; i < 20; ++i, now_ += kBackgroundEvery) {
        EXPECT_EQ(background.take(now_, room(0, random_, false), kPerson), false);
    }
}

// Before a bare wall a still shoulder is most of what has edges.
TEST_F(SceneTest, LearnsNoRoomFromWhereThePersonIs) {
    const auto plain = [this](bool person) {
        Image image = Image::make(640, 480, 3);
        std::fill(image.pixels.begin(), image.pixels.end(), std::uint8_t{170});
        if (person) {
            test::draw_person(image, test::Pose{});
        }
        Image small = to_luma(resize(image, 160, 120));
        test::add_noise(small, random_, 1);
        return small;
    };
    Background background;
    for (int i = 0; i < 60; ++i, now_ += kBackgroundEvery) {
        background.take(now_, plain(true), kPerson);
    }
    for (int i = 0; i < 20; ++i, now_ += kBackgroundEvery) {
        EXPECT_FALSE(background.take(now_, plain(false), kPerson).value_or(false));
    }
}

}  // namespace
}  // namespace assay::proctor
