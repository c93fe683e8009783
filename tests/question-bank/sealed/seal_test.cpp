#include "question-bank/sealed/seal.h"

#include <gtest/gtest.h>

#include "question-bank/sealed/capsule.h"
#include "tests/question-bank/sealed/sealed_part.h"

namespace assay::test {
namespace {

TEST(Seal, SaysOfItselfWhatItIs) {
    SealedPartFixture it;
    const auto made = it.seal();
    const sealed::BankPart& part = made.bank_statement.object;
    EXPECT_EQ(part.bank, crypto::sha256(made.bank));
    EXPECT_EQ(part.bytes, made.bank.size());
    EXPECT_EQ(part.head, crypto::sha256(ByteView(made.bank).first(part.head_bytes)));
    EXPECT_EQ(part.languages, (std::vector<std::string>{"zh-CN", "en"}));
    EXPECT_EQ(part.recipient, record::public_of(made.part_key.recipient()));
    const sealed::ScoringPart& scoring = made.scoring_statement.object;
    EXPECT_EQ(scoring.bank, part.bank);
    EXPECT_EQ(scoring.item_count, 2U);
}

TEST(Seal, HoldsNothingThatTheStatementCouldTellInTheClear) {
    SealedPartFixture it;
    const auto made = it.seal();
    for (const std::string_view text : {"<item a/>", "items/a.xml", "assay-items"}) {
        EXPECT_EQ(as_text(made.bank).find(text), std::string::npos);
        EXPECT_EQ(as_text(made.scoring).find(text), std::string::npos);
        EXPECT_EQ(made.scoring_statement.json().find(text), std::string::npos);
    }
}

TEST(Seal, HasOneStanza) {
    SealedPartFixture it;
    const std::string file = to_string(it.seal().bank);
    EXPECT_EQ(file.find("-> X25519 "), file.rfind("-> "));
}

TEST(Seal, GivesItsKeyBackToEnoughOfficers) {
    SealedPartFixture it;
    const auto made = it.seal();
    ASSERT_EQ(made.officer_shares.size(), 3U);
    std::vector<crypto::SecretBytes> two;
    two.push_back(made.officer_shares[2].copy());
    const auto one = sealed::part_key_from_shares(made.bank_statement.object, two);
    ASSERT_FALSE(one.ok());
    two.push_back(made.officer_shares[0].copy());
    const auto key = sealed::part_key_from_shares(made.bank_statement.object, two);
    ASSERT_TRUE(key.ok()) << to_string(key.error());
    EXPECT_TRUE(key->bytes().equals(made.part_key.bytes()));
    const auto other = sealed::part_key_from_shares(it.seal().bank_statement.object, two);
    ASSERT_FALSE(other.ok());
    EXPECT_EQ(other.error().what.id.text(), "sealed.part-key.other");
}

TEST(Seal, RefusesImpossibleRequests) {
    SealedPartFixture it;
    auto request = it.request();
    std::swap(request.not_before, request.not_after);
    EXPECT_EQ(sealed::seal_part(it.random, it.views(), request).error().code, Code::kUsage);
    request = it.request();
    request.officers = {4, 3};
    EXPECT_EQ(sealed::seal_part(it.random, it.views(), request).error().code, Code::kUsage);
}

TEST(Capsule, GivesTheIdentityOnlyToItsKey) {
    FakeRandom random(4);
    const auto secret = crypto::AgeIdentity::generate(random);
    const auto desk = crypto::AgeIdentity::generate(random);
    const auto stranger = crypto::AgeIdentity::generate(random);
    const Bytes capsule = sealed::make_capsule(random, secret, desk.recipient());
    const auto expected = record::public_of(secret.recipient());
    const auto opened = sealed::open_capsule(capsule, desk, expected);
    ASSERT_TRUE(opened.ok());
    EXPECT_TRUE(opened->bytes().equals(secret.bytes()));
    EXPECT_EQ(sealed::open_capsule(capsule, stranger, expected).error().code, Code::kDenied);
    const auto swapped =
        sealed::open_capsule(capsule, desk, record::public_of(stranger.recipient()));
    ASSERT_FALSE(swapped.ok());
    EXPECT_EQ(swapped.error().what.id.text(), "sealed.capsule.other-key");
    Bytes changed = capsule;
    changed.back() ^= 1U;
    EXPECT_FALSE(sealed::open_capsule(changed, desk, expected).ok());
    EXPECT_EQ(
        sealed::open_capsule(Bytes(sealed::kCapsuleBytesMax + 1), desk, expected).error().code,
        Code::kLimit);
    // Stock tools take the plain text as it is.
    const std::string line = to_string(crypto::age_decrypt(capsule, desk).value());
    EXPECT_TRUE(line.starts_with("AGE-SECRET-KEY-1"));
    EXPECT_TRUE(line.ends_with("\n"));
}

}  // namespace
}  // namespace assay::test
