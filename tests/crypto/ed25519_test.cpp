#include "crypto/ed25519.h"

#include <gtest/gtest.h>

#include "crypto/hash.h"

namespace assay::crypto {

namespace {

class Ed25519 : public testing::Test {
  protected:
    FakeRandom random_{4};
    SigningKey key_ = SigningKey::generate(random_);
    const Bytes message_ = to_bytes("statement");
    const Signature signature_ = key_.sign(message_);
};

}  // namespace

TEST_F(Ed25519, VerifiesOnlyWhatWasSigned) {
    EXPECT_TRUE(key_.verify_key().verifies(message_, signature_));
    EXPECT_FALSE(key_.verify_key().verifies(as_bytes("Statement"), signature_));
    EXPECT_FALSE(key_.verify_key().verifies({}, signature_));
    EXPECT_FALSE(SigningKey::generate(random_).verify_key().verifies(message_, signature_));
    for (std::size_t bit = 0; bit < Signature::kBytes * 8; ++bit) {
        Signature bad = signature_;
        bad.bytes[bit / 8] = static_cast<std::uint8_t>(bad.bytes[bit / 8] ^ (1U << (bit % 8)));
        EXPECT_FALSE(key_.verify_key().verifies(message_, bad)) << bit;
    }
}

TEST_F(Ed25519, SignsNothingAtAll) { EXPECT_TRUE(key_.verify_key().verifies({}, key_.sign({}))); }

TEST_F(Ed25519, KeysComeBackFromTextAndSeed) {
    const VerifyKey& key = key_.verify_key();
    EXPECT_EQ(VerifyKey::from_text(key.text()).value(), key);
    EXPECT_EQ(VerifyKey::from_bytes(key.view()).value(), key);
    EXPECT_EQ(SigningKey::from_seed(key_.seed())->verify_key(), key);
    EXPECT_EQ(key.id(), sha256(key.view()));
}

TEST_F(Ed25519, RefusesWhatIsNoKey) {
    EXPECT_FALSE(VerifyKey::from_text("").ok());
    EXPECT_FALSE(VerifyKey::from_text(key_.verify_key().text() + "A").ok());
    EXPECT_FALSE(VerifyKey::from_text(key_.verify_key().text().substr(8)).ok());
    EXPECT_FALSE(VerifyKey::from_bytes(Bytes(31)).ok());
    EXPECT_FALSE(SigningKey::from_seed(SecretBytes::zeros(31)).ok());
}

TEST_F(Ed25519, RefusesPointsOutsideThePrimeOrderGroup) {
    Bytes point(32);
    EXPECT_EQ(VerifyKey::from_bytes(point).error().what.id, "crypto.ed25519.point"_id);
    point[0] = 1;  // the neutral element
    EXPECT_FALSE(VerifyKey::from_bytes(point).ok());
    point.assign(32, 0xff);  // not below the field's prime
    EXPECT_FALSE(VerifyKey::from_bytes(point).ok());
}

}  // namespace assay::crypto
