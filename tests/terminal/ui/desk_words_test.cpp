#include "terminal/ui/desk_words.h"

#include <gtest/gtest.h>

#include "tests/support/paths.h"

namespace assay::terminal_ui {
namespace {

using record::OrderKind;

class DeskWords : public testing::Test {
  protected:
    DeskWords() { scene_.items = {{"Q01", ""}, {"Q02", ""}}; }
    std::string say(const sitting::DeskText& said, text::Language language) const {
        return desk_words(scene_, said, widgets::Tongue(texts_, language)).utf8_string();
    }

    SystemDisk disk_;
    text::Texts texts_ = text::Texts::load(disk_, test::locale_folder()).value();
    Scene scene_;
};

TEST_F(DeskWords, TellHowMuchTimeWasAdded) {
    const sitting::DeskText extra{3, OrderKind::kExtraTime, "", "", 300};
    EXPECT_EQ(say(extra, text::Language::kEnglish), "Your time was extended by 5 min.");
    EXPECT_EQ(say(extra, text::Language::kChinese), "您的考试时间延长了 5 分钟。");
}

TEST_F(DeskWords, LeaveAMessageAsTheInvigilatorWroteIt) {
    const sitting::DeskText message{1, OrderKind::kMessage, "", "请核对座位号。", 0};
    EXPECT_EQ(say(message, text::Language::kEnglish), "请核对座位号。");
}

TEST_F(DeskWords, NameTheItemOfAnErrata) {
    const sitting::DeskText errata{2, OrderKind::kErrata, "Q02", "42 is 24", 0};
    EXPECT_EQ(say(errata, text::Language::kEnglish), "Item 2: 42 is 24");
    EXPECT_EQ(say(errata, text::Language::kChinese), "第 2 题：42 is 24");
    const sitting::DeskText unknown{2, OrderKind::kErrata, "Q99", "42 is 24", 0};
    EXPECT_EQ(say(unknown, text::Language::kEnglish), "42 is 24");
}

}  // namespace
}  // namespace assay::terminal_ui
