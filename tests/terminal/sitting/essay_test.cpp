// Long answers: a change costs what changed, and everything that reads a journal gets the text.
#include <gtest/gtest.h>

#include "tests/terminal/sitting/seat.h"

namespace assay::sitting {
namespace {

using test::RunningRoom;
using test::Seat;

class Essay : public testing::Test {
  protected:
    void SetUp() override { room.start(seat); }

    /// 50,000 characters.
    static std::string long_text() {
        std::string out;
        for (int i = 0; i < 5000; ++i) {
            out += "\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\n";
        }
        return out;
    }
    void type(std::string text) {
        text_ = std::move(text);
        ASSERT_TRUE(seat.answer("Q1", text_).ok());
    }
    /// Something at a place that wanders through the text, in whole characters.
    void change(int i) {
        std::string text = text_;
        const std::size_t at = text.find('\n', static_cast<std::size_t>(i) * 997 % 100'000) + 1;
        if (i % 3 == 2) {
            text.erase(at, text.find('\n', at) + 1 - at);
        } else {
            text.insert(at, "\u65b0" + std::to_string(i) + "\u5b57");
        }
        type(std::move(text));
    }
    std::uint64_t journal_bytes() {
        const Path path = Path("/sittings") / room.world.attempt.hex() / "journal-01.records";
        return seat.disk.open_read_only(path).value()->size().value();
    }

    RunningRoom room;
    Seat seat{room.world, room.desk, room.clock};
    std::string text_;
};

TEST_F(Essay, CostsAsMuchForAChangeAsAShortAnswer) {
    type(long_text());
    const std::uint64_t before = journal_bytes();
    for (int i = 0; i < 200; ++i) {
        change(i * 3);
    }
    EXPECT_LT(journal_bytes() - before, 200U * 400);
    EXPECT_EQ(seat.value_of("Q1"), text_);
}

TEST_F(Essay, IsWrittenWholeNowAndThenAndWhereMostOfItIsNew) {
    type(long_text());
    std::uint64_t before = journal_bytes();
    for (int i = 0; i < kEditsMax; ++i) {
        change(i * 3);
    }
    EXPECT_LT(journal_bytes() - before, text_.size());
    before = journal_bytes();
    change(0);
    EXPECT_GT(journal_bytes() - before, text_.size());
    before = journal_bytes();
    change(0);
    EXPECT_LT(journal_bytes() - before, 1000U);
    type(std::string(3000, 'x'));
    EXPECT_EQ(seat.value_of("Q1"), text_);
}

TEST_F(Essay, IsWholeAfterAKillAPowerCutAndInThePackage) {
    type(long_text());
    for (int i = 0; i < 40; ++i) {
        change(i);
        if (i == 20) {
            ASSERT_TRUE(seat.run().ok());
            ASSERT_EQ(seat.value_of("Q1"), text_);
        } else if (i == 30) {
            seat.power_cut(1);
            ASSERT_TRUE(seat.run().ok());
            ASSERT_EQ(seat.value_of("Q1"), text_);
        }
        seat.pass(1);
    }
    ASSERT_TRUE(seat.session->confirm_hand_in().ok());
    seat.pass(4);
    ASSERT_TRUE(seat.session->view().countersigned);
    const Bytes tar = crypto::age_decrypt(room.desk.package_age, room.world.attempt_key).value();
    const auto contents = record::read_contents(tar).value();
    const Status checked = record::check_contents(room.desk.package->object, contents);
    EXPECT_TRUE(checked.ok()) << to_string(checked.error());
    const auto answers = record::read_document<record::Answers>(contents.answers).value();
    EXPECT_EQ(answers.items.at(0).responses.at(0).values->at(0), text_);
}

TEST_F(Essay, GoesOnWholeAtAnotherTerminal) {
    type(long_text());
    change(1);
    seat.pass(2);
    Seat spare(room.world, room.desk, room.clock, true);
    ASSERT_TRUE(spare.run().ok());
    spare.pass(1);
    room.desk.move_to(room.world.terminal_2, room.world.terminal_2_age);
    spare.pass(2);
    (void)spare.session->confirm_person("desk", true);
    spare.pass(4);
    ASSERT_EQ(spare.value_of("Q1"), text_);
    ASSERT_EQ(spare.session->view().phase, Phase::kRunning);
    std::string next = text_;
    next.insert(0, "x");
    ASSERT_TRUE(spare.answer("Q1", next).ok());  // whole: the first of this journal
    next.insert(0, "y");
    ASSERT_TRUE(spare.answer("Q1", next).ok());
    EXPECT_EQ(spare.value_of("Q1"), next);
}

TEST_F(Essay, HasAHistoryWhoseVersionsCanBeRestored) {
    std::vector<std::string> typed;
    type(long_text());
    typed.push_back(text_);
    for (int i = 0; i < 5; ++i) {
        change(i);
        typed.push_back(text_);
    }
    seat.pass(1);
    const auto history = seat.session->history("Q1", "RESPONSE").value();
    ASSERT_EQ(history.size(), typed.size());
    for (std::size_t i = 0; i < typed.size(); ++i) {
        EXPECT_EQ(history[i].values->front(), typed[i]) << i;
        EXPECT_FALSE(history[i].restores);
    }
    ASSERT_TRUE(seat.session->restore("Q1", "RESPONSE", history[2].record).ok());
    EXPECT_EQ(seat.value_of("Q1"), typed[2]);
    seat.pass(1);
    const auto after = seat.session->history("Q1", "RESPONSE").value();
    ASSERT_EQ(after.size(), typed.size() + 1);
    EXPECT_EQ(after.back().restores, history[2].record);
    EXPECT_EQ(after.back().values->front(), typed[2]);
    EXPECT_EQ(seat.session->restore("Q1", "RESPONSE", 9999).error().code, Code::kNotFound);
    text_ = typed[2];
    change(1);  // and goes on from there
    EXPECT_EQ(seat.value_of("Q1"), text_);
}

}  // namespace
}  // namespace assay::sitting
