#include "question-bank/sealed/scoring.h"

#include <gtest/gtest.h>

#include "question-bank/sealed/capsule.h"
#include "tests/question-bank/sealed/sealed_part.h"

namespace assay::test {
namespace {

class ScoringTest : public ::testing::Test {
  protected:
    ScoringTest() : made(it.seal()) {}
    Result<sealed::ScoringView> open() const {
        return sealed::open_scoring(made.scoring, made.scoring_statement, made.bank_statement,
                                    it.keys, made.scoring_view_key);
    }
    std::string refusal() const {
        const auto view = open();
        return view.ok() ? "" : std::string(view.error().what.id.text());
    }
    /// Another scoring.dsse.json, signed all the same.
    void restate(const std::function<void(sealed::ScoringPart&)>& change) {
        auto part = made.scoring_statement.object;
        change(part);
        made.scoring_statement = record::make(part);
        it.approve(made.scoring_statement);
    }

    SealedPartFixture it;
    sealed::SealedPart made;
};

TEST_F(ScoringTest, OpensWithTheScoringKeyThroughItsCapsule) {
    const auto key = sealed::open_capsule(made.scoring_key_capsule, it.scoring_key,
                                          made.scoring_statement.object.recipient);
    ASSERT_TRUE(key.ok());
    const auto view = sealed::open_scoring(made.scoring, made.scoring_statement,
                                           made.bank_statement, it.keys, *key);
    ASSERT_TRUE(view.ok()) << to_string(view.error());
    EXPECT_EQ(view->files.size(), it.files.size()) << "the item list is not a file of the package";
    EXPECT_EQ(to_string(view->files.at("items/a.xml")), "<item a/><correctResponse/>");
    EXPECT_NE(view->find("items/b.xml"), nullptr);
    EXPECT_EQ(view->scoring, made.scoring_statement.object.scoring);
}

TEST_F(ScoringTest, AgreesWithTheBankThatItScores) {
    const auto view = open();
    ASSERT_TRUE(view.ok());
    const auto file = sealed::memory_file(made.bank);
    auto bank = it.open(*file, made);
    ASSERT_TRUE(bank.ok());
    EXPECT_TRUE(sealed::check_items(*view, *bank).ok());

    it.files.at("items/b.xml") = to_bytes("<item other/>");
    const auto other = it.seal();
    const auto other_file = sealed::memory_file(other.bank);
    auto other_bank = it.open(*other_file, other);
    ASSERT_TRUE(other_bank.ok());
    const auto status = sealed::check_items(*view, *other_bank);
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().what.args[0].second, "items/b.xml");
}

TEST_F(ScoringTest, RefusesEveryOtherPair) {
    const auto original = made.scoring_statement;
    restate([](auto& part) { part.exam.bytes[0] ^= 1U; });
    EXPECT_EQ(refusal(), "sealed.scoring.pair");
    made.scoring_statement = original;
    restate([](auto& part) { part.part.bytes[0] ^= 1U; });
    EXPECT_EQ(refusal(), "sealed.scoring.pair");
    made.scoring_statement = original;
    restate([](auto& part) { part.version += 1; });
    EXPECT_EQ(refusal(), "sealed.scoring.pair");
    made.scoring_statement = original;
    restate([](auto& part) { part.bank.bytes[0] ^= 1U; });
    EXPECT_EQ(refusal(), "sealed.scoring.pair");
    made.scoring_statement = it.seal().scoring_statement;
    EXPECT_EQ(refusal(), "sealed.scoring.pair") << "of another sealing of the same part";
}

TEST_F(ScoringTest, NeedsBothStatementsSigned) {
    made.scoring_statement.envelope.signatures.resize(1);
    EXPECT_EQ(refusal(), "record.signature.too-few");
    it.approve(made.scoring_statement);
    made.bank_statement.envelope.signatures.clear();
    EXPECT_EQ(refusal(), "record.signature.too-few");
}

TEST_F(ScoringTest, RefusesAChangedFileOrAnotherKey) {
    made.scoring.back() ^= 1U;
    EXPECT_EQ(refusal(), "sealed.scoring.digest");
    made.scoring.back() ^= 1U;
    made.scoring_view_key = crypto::AgeIdentity::generate(it.random);
    EXPECT_EQ(refusal(), "sealed.scoring.other-key");
}

TEST_F(ScoringTest, RefusesAnItemListThatIsNotTheSignedOne) {
    restate([](auto& part) { part.items.bytes[0] ^= 1U; });
    EXPECT_EQ(refusal(), "sealed.scoring.items");
    made = it.seal();
    restate([](auto& part) { part.item_count = 1; });
    EXPECT_EQ(refusal(), "sealed.scoring.items");
}

}  // namespace
}  // namespace assay::test
