#include "question-bank/sealed/bank.h"

#include <gtest/gtest.h>

#include "tests/question-bank/sealed/sealed_part.h"

namespace assay::test {
namespace {

class BankTest : public ::testing::Test {
  protected:
    BankTest() : made(it.seal()), file(sealed::memory_file(made.bank)) {}

    std::string refusal() {
        const auto bank = it.open(*file, made);
        return bank.ok() ? "" : std::string(bank.error().what.id.text());
    }
    std::string refusal(const sealed::Expected& expected) {
        const auto bank =
            sealed::open_bank(*file, made.bank_statement, it.keys, expected, made.part_key);
        return bank.ok() ? "" : std::string(bank.error().what.id.text());
    }

    SealedPartFixture it;
    sealed::SealedPart made;
    std::unique_ptr<File> file;
};

TEST_F(BankTest, OpensAndGivesItsMembers) {
    ASSERT_TRUE(sealed::check_arrival(*file, made.bank_statement.object).ok());
    auto bank = it.open(*file, made);
    ASSERT_TRUE(bank.ok()) << to_string(bank.error());
    EXPECT_EQ(bank->names().size(), it.files.size());
    EXPECT_EQ(bank->read("items/a.xml").value(), it.files.at("items/a.xml"));
    EXPECT_EQ(bank->size("media/film.mp4").value(), 200'000U);
    EXPECT_EQ(bank->read_files(sealed::Bank::Which::kAll).value(), it.files);
    EXPECT_EQ(bank->read_files(sealed::Bank::Which::kTexts).value().size(), 3U);
    EXPECT_EQ(bank->read("items/none.xml").error().code, Code::kNotFound);
    Bytes piece(1000);
    EXPECT_EQ(bank->read_range("media/film.mp4", 123'456, piece).value(), 1000U);
    EXPECT_TRUE(
        std::equal(piece.begin(), piece.end(), it.files.at("media/film.mp4").begin() + 123'456));
}

TEST_F(BankTest, NeedsTheThresholdOfOfficers) {
    made.bank_statement.envelope.signatures.resize(1);
    EXPECT_EQ(refusal(), "record.signature.too-few");
    made.bank_statement.envelope.add_signature(crypto::SigningKey::generate(it.random));
    EXPECT_EQ(refusal(), "record.signature.too-few");
}

TEST_F(BankTest, RefusesAnotherExamPartOrBank) {
    auto expected = SealedPartFixture::expected(made);
    expected.exam.bytes[0] ^= 1U;
    EXPECT_EQ(refusal(expected), "sealed.bank.other");
    expected = SealedPartFixture::expected(made);
    expected.part.bytes[0] ^= 1U;
    EXPECT_EQ(refusal(expected), "sealed.bank.other");
    expected = SealedPartFixture::expected(made);
    expected.bank.bytes[0] ^= 1U;
    EXPECT_EQ(refusal(expected), "sealed.bank.other");
}

TEST_F(BankTest, RefusesAReleaseBeforeOrAfterItsTime) {
    auto expected = SealedPartFixture::expected(made);
    expected.release_time = WallTime{kNotBefore.seconds - 1};
    EXPECT_EQ(refusal(expected), "sealed.bank.too-early");
    expected.release_time = WallTime{kNotAfter.seconds + 1};
    EXPECT_EQ(refusal(expected), "sealed.bank.too-late");
    expected.release_time = kNotAfter;
    EXPECT_EQ(refusal(expected), "");
}

TEST_F(BankTest, RefusesAnotherKeyBeforeItTouchesTheFile) {
    CountingFile counted(made.bank);
    const auto other = crypto::AgeIdentity::generate(it.random);
    const auto bank = sealed::open_bank(counted, made.bank_statement, it.keys,
                                        SealedPartFixture::expected(made), other);
    ASSERT_FALSE(bank.ok());
    EXPECT_EQ(bank.error().what.id.text(), "sealed.bank.other-key");
    EXPECT_EQ(counted.read, 0U);
}

TEST_F(BankTest, RefusesABankThatIsCutOrAppendedTo) {
    Bytes bytes = made.bank;
    bytes.pop_back();
    file = sealed::memory_file(bytes);
    EXPECT_EQ(refusal(), "sealed.bank.length");
    EXPECT_FALSE(sealed::check_arrival(*file, made.bank_statement.object).ok());
    bytes.push_back(made.bank.back());
    bytes.push_back(0);
    file = sealed::memory_file(bytes);
    EXPECT_EQ(refusal(), "sealed.bank.length");
}

TEST_F(BankTest, FindsEveryFlippedBitOnArrivalAndInTheHeader) {
    const std::uint64_t head = made.bank_statement.object.head_bytes;
    for (std::size_t at = 0; at < made.bank.size(); at += at < head + 32 ? 1 : 9973) {
        Bytes bytes = made.bank;
        bytes[at] ^= 0x10U;
        file = sealed::memory_file(std::move(bytes));
        const auto arrival = sealed::check_arrival(*file, made.bank_statement.object);
        ASSERT_FALSE(arrival.ok());
        EXPECT_EQ(arrival.error().what.id.text(), "sealed.bank.digest");
        if (at < head) {
            EXPECT_EQ(refusal(), "sealed.bank.head") << at;
        }
    }
}

TEST_F(BankTest, FindsAChangedChunkWhenItIsRead) {
    Bytes bytes = made.bank;
    bytes[made.bank_statement.object.head_bytes + 66'000] ^= 1U;  // in the second chunk: the film
    file = sealed::memory_file(std::move(bytes));
    auto bank = it.open(*file, made);
    ASSERT_TRUE(bank.ok());
    EXPECT_TRUE(bank->read("items/a.xml").ok());
    const auto film = bank->read("media/film.mp4");
    ASSERT_FALSE(film.ok());
    EXPECT_EQ(film.error().code, Code::kCorrupt);
    EXPECT_TRUE(bank->read("items/b.xml").ok()) << "one bad chunk does not poison the rest";
}

TEST_F(BankTest, ReadsOneItemOfALargeBankWithoutTheRest) {
    it.files["media/large.mp4"] = Bytes(8U << 20U, 0x11);
    made = it.seal();
    CountingFile counted(made.bank);
    auto bank = it.open(counted, made);
    ASSERT_TRUE(bank.ok());
    EXPECT_EQ(bank->read("items/b.xml").value(), it.files.at("items/b.xml"));
    EXPECT_LT(counted.read, 600'000U);
}

TEST_F(BankTest, RefusesTheStatementOfAnotherSealing) {
    const auto again = it.seal();
    EXPECT_NE(again.bank, made.bank) << "every sealing has a key of its own";
    file = sealed::memory_file(again.bank);
    EXPECT_NE(refusal(), "");
}

}  // namespace
}  // namespace assay::test
