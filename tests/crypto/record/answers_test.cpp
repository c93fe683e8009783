#include "crypto/record/answers.h"

#include <gtest/gtest.h>

namespace assay::test {
namespace {

using record::AnswerFold;
using record::Event;
using record::EventKind;

Event answer(std::string item, std::string response,
             std::optional<std::vector<std::string>> values) {
    Event out;
    out.kind = EventKind::kAnswer;
    out.item = std::move(item);
    out.response = std::move(response);
    out.values = std::move(values);
    return out;
}

Event of(EventKind kind) {
    Event out;
    out.kind = kind;
    return out;
}

TEST(AnswerFold, KeepsTheLastValueOfEachResponse) {
    AnswerFold fold{AttemptId{}};
    fold.add(answer("Q2", "RESPONSE", {{"B"}}));
    fold.add(answer("Q1", "SECOND", {{"1"}}));
    fold.add(answer("Q1", "RESPONSE", {{"A"}}));
    fold.add(answer("Q1", "RESPONSE", {{"C", "D"}}));
    const auto answers = fold.answers();
    ASSERT_EQ(answers.items.size(), 2U);
    EXPECT_EQ(answers.items[0].item, "Q1") << "by identifier";
    ASSERT_EQ(answers.items[0].responses.size(), 2U);
    EXPECT_EQ(answers.items[0].responses[0].values, (std::vector<std::string>{"C", "D"}));
}

TEST(AnswerFold, TellsAClearedAnswerFromNone) {
    AnswerFold fold{AttemptId{}};
    fold.add(answer("Q1", "RESPONSE", {{"A"}}));
    fold.add(answer("Q1", "RESPONSE", std::nullopt));
    const auto answers = fold.answers();
    ASSERT_EQ(answers.items.size(), 1U);
    EXPECT_EQ(answers.items[0].responses[0].values, std::nullopt);
}

TEST(AnswerFold, KeepsWhatWasTypedBesideTheValue) {
    AnswerFold fold{AttemptId{}};
    Event typed = answer("Q1", "RESPONSE", {{"12.5"}});
    typed.text = "１２．５";
    fold.add(typed);
    EXPECT_EQ(fold.answers().items[0].responses[0].typed, "１２．５");
}

TEST(AnswerFold, TakesFilesByTheirResultName) {
    AnswerFold fold{AttemptId{}};
    Event file = of(EventKind::kFile);
    file.item = "Task";
    file.response = "report.txt";
    file.digest.emplace();
    file.number = 12;
    fold.add(file);
    file.number = 13;
    fold.add(file);
    ASSERT_EQ(fold.answers().items[0].files.size(), 1U);
    EXPECT_EQ(fold.answers().items[0].files[0].bytes, 13U);
}

TEST(AnswerFold, IgnoresEverythingAfterHandIn) {
    AnswerFold fold{AttemptId{}};
    fold.add(answer("Q1", "RESPONSE", {{"A"}}));
    EXPECT_FALSE(fold.handed_in());
    fold.add(of(EventKind::kHandIn));
    fold.add(answer("Q1", "RESPONSE", {{"B"}}));
    EXPECT_TRUE(fold.handed_in());
    EXPECT_EQ(fold.answers().items[0].responses[0].values->front(), "A");
}

TEST(AnswerFold, IgnoresWhatIsNoAnswer) {
    AnswerFold fold{AttemptId{}};
    Event flag = answer("Q1", "RESPONSE", {{"1"}});
    for (const EventKind kind : {EventKind::kFlag, EventKind::kNote, EventKind::kOpenItem}) {
        flag.kind = kind;
        fold.add(flag);
    }
    EXPECT_TRUE(fold.answers().items.empty());
}

TEST(Commitment, HangsOnSaltAttemptAndAnswers) {
    const auto base = record::commitment({}, {}, as_bytes("answers"));
    record::Salt salt;
    salt.bytes[0] = 1;
    AttemptId attempt;
    attempt.bytes[0] = 1;
    EXPECT_NE(base, record::commitment(salt, {}, as_bytes("answers")));
    EXPECT_NE(base, record::commitment({}, attempt, as_bytes("answers")));
    EXPECT_NE(base, record::commitment({}, {}, as_bytes("answerS")));
}

}  // namespace
}  // namespace assay::test
