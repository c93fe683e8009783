#include "crypto/record/text_edit.h"

#include <gtest/gtest.h>

#include "crypto/base/random.h"
#include "crypto/record/answers.h"

namespace assay::test {
namespace {

using record::difference;
using record::Event;
using record::EventKind;
using record::TextEdit;

/// Of letters of one to four bytes, with many repetitions.
std::string some_text(FakeRandom& random, std::uint64_t letters) {
    constexpr std::array kLetters{"a",      "b",      "\n",     "\u00e9",
                                  "\u00e8", "\u4e2d", "\u4e2e", "\U0001f600"};
    std::string out;
    for (std::uint64_t i = random.below(letters + 1); i > 0; --i) {
        out += kLetters.at(random.below(kLetters.size()));
    }
    return out;
}

TEST(TextEdit, MakesOneTextIntoTheOther) {
    FakeRandom random(7);
    for (int i = 0; i < 5000; ++i) {
        const std::string before = some_text(random, 12);
        const std::string after = some_text(random, 12);
        const TextEdit edit = difference(before, after);
        std::string text = before;
        ASSERT_TRUE(record::apply_edit(text, edit)) << before << " to " << after;
        ASSERT_EQ(text, after) << before;
        ASSERT_LE(edit.text.size(), after.size());
    }
}

TEST(TextEdit, HoldsNoMoreThanTheStretchThatChanged) {
    EXPECT_EQ(difference("one two", "one new two"), (TextEdit{7, 4, 4, "new "}));
    EXPECT_EQ(difference("one new two", "one two"), (TextEdit{11, 4, 8, ""}));
    // The first two bytes of both letters are the same: whole characters all the same.
    EXPECT_EQ(difference("\u4e2d\u6587", "\u4e2e\u6587"), (TextEdit{6, 0, 3, "\u4e2e"}));
    EXPECT_EQ(difference("", "a"), (TextEdit{0, 0, 0, "a"}));
    EXPECT_EQ(difference("a", "a"), (TextEdit{1, 1, 1, ""}));
}

TEST(TextEdit, ChangesNothingWhereItDoesNotFit) {
    const std::string text = "a\u4e2db";
    for (const TextEdit& edit :
         {TextEdit{4, 0, 0, "x"}, TextEdit{5, 2, 4, "x"}, TextEdit{5, 1, 3, "x"},
          TextEdit{5, 3, 1, "x"}, TextEdit{5, 5, 6, "x"}, TextEdit{5, 6, 6, "x"}}) {
        std::string changed = text;
        EXPECT_FALSE(record::apply_edit(changed, edit)) << edit.from << ' ' << edit.to;
        EXPECT_EQ(changed, text);
    }
}

class EditFold : public testing::Test {
  protected:
    EditFold() {
        Event whole;
        whole.kind = EventKind::kAnswer;
        whole.item = "Q1";
        whole.response = "RESPONSE";
        whole.values = {"one two"};
        fold_.add(whole);
    }
    static Event edit(const TextEdit& by) {
        Event out = record::edit_event(by);
        out.item = "Q1";
        out.response = "RESPONSE";
        return out;
    }
    std::string value() const { return fold_.answers().items.at(0).responses.at(0).values->at(0); }

    record::AnswerFold fold_{AttemptId{}};
};

TEST_F(EditFold, ChangesTheValueThatStands) {
    fold_.add(edit({7, 4, 7, "three"}));
    EXPECT_EQ(value(), "one three");
    fold_.add(edit({9, 0, 3, ""}));
    EXPECT_EQ(value(), " three");
}

TEST_F(EditFold, IgnoresWhatIsNoEditOfThisValue) {
    const Event good = edit({7, 4, 7, "three"});
    std::vector<Event> bad(7, good);
    bad[0].number = 8;
    bad[1].number.reset();
    bad[2].text.reset();
    bad[3].values = {"4"};
    bad[4].values = {"4", "07"};
    bad[5].values = {"-4", "7"};
    bad[6].response = "OTHER";
    for (const Event& each : bad) {
        fold_.add(each);
    }
    Event elsewhere = good;
    elsewhere.item = "Q2";
    fold_.add(elsewhere);
    EXPECT_EQ(value(), "one two");
    EXPECT_EQ(fold_.answers().items.size(), 1U);
    EXPECT_EQ(fold_.answers().items[0].responses.size(), 1U);
}

TEST_F(EditFold, ChangesNoValueWithSomethingTypedBesideItAndNoList) {
    for (const bool list : {false, true}) {
        Event whole;
        whole.kind = EventKind::kAnswer;
        whole.item = "Q1";
        whole.response = "RESPONSE";
        whole.values = {"one two"};
        if (list) {
            whole.values->emplace_back("another");
        } else {
            whole.text = "ONE TWO";
        }
        fold_.add(whole);
        fold_.add(edit({7, 4, 7, "three"}));
        EXPECT_EQ(value(), "one two");
    }
}

TEST_F(EditFold, IgnoresAnEditAfterHandIn) {
    Event handed;
    handed.kind = EventKind::kHandIn;
    fold_.add(handed);
    fold_.add(edit({7, 4, 7, "three"}));
    EXPECT_EQ(value(), "one two");
}

}  // namespace
}  // namespace assay::test
