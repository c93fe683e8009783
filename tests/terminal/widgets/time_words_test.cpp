#include "terminal/widgets/time_words.h"

#include <gtest/gtest.h>

#include "tests/support/paths.h"

namespace assay::widgets {
namespace {

class TimeWords : public testing::Test {
  protected:
    std::string left(text::Language language, std::int64_t milliseconds) const {
        return time_left_words(Tongue(texts_, language), milliseconds).utf8_string();
    }
    std::string english(std::int64_t milliseconds) const {
        return left(text::Language::kEnglish, milliseconds);
    }
    std::string chinese(std::int64_t milliseconds) const {
        return left(text::Language::kChinese, milliseconds);
    }

    SystemDisk disk_;
    text::Texts texts_ = text::Texts::load(disk_, test::locale_folder()).value();
};

TEST_F(TimeWords, NameTheUnitOfEveryFigure) {
    EXPECT_EQ(english(75 * 60'000), "1 h 15 min");
    EXPECT_EQ(chinese(75 * 60'000), "1 小时 15 分");
    EXPECT_EQ(english(2 * 3'600'000), "2 h");
    EXPECT_EQ(chinese(2 * 3'600'000), "2 小时");
    EXPECT_EQ(english(45 * 60'000), "45 min");
    EXPECT_EQ(chinese(45 * 60'000), "45 分钟");
    EXPECT_EQ(english(42'000), "42 s");
    EXPECT_EQ(chinese(42'000), "42 秒");
}

TEST_F(TimeWords, NeverCallTheLastMinuteNone) {
    EXPECT_EQ(english(60'001), "2 min");
    EXPECT_EQ(english(60'000), "1 min");
    EXPECT_EQ(english(59'999), "1 min");
    EXPECT_EQ(english(59'000), "59 s");
    EXPECT_EQ(english(1), "1 s");
    EXPECT_EQ(english(0), "0 s");
    EXPECT_EQ(english(-5'000), "0 s");
    EXPECT_EQ(english(59 * 60'000 + 1), "1 h");
}

TEST_F(TimeWords, RoundNothingOfALengthThatWasGiven) {
    const Tongue tongue(texts_, text::Language::kEnglish);
    EXPECT_EQ(time_words(tongue, 90).utf8_string(), "1 min 30 s");
    EXPECT_EQ(time_words(tongue, 3'661).utf8_string(), "1 h 1 min 1 s");
    EXPECT_EQ(time_words(tongue, 300).utf8_string(), "5 min");
}

}  // namespace
}  // namespace assay::widgets
