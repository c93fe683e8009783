#include "crypto/dsse.h"

#include <gtest/gtest.h>

#include "crypto/base64.h"

namespace assay::crypto {

namespace {

class SignedEnvelope : public testing::Test {
  protected:
    SignedEnvelope() {
        for (int i = 0; i < 3; ++i) {
            keys_.push_back(SigningKey::generate(random_));
            allowed_.push_back(keys_.back().verify_key());
        }
        envelope_.payload = to_bytes(R"({"a":1})");
    }
    static bool reads(std::string_view text) { return Envelope::parse(as_bytes(text)).ok(); }
    static std::string replaced(std::string text, std::string_view from, std::string_view to) {
        const std::size_t at = text.find(from);
        EXPECT_NE(at, std::string::npos) << from;
        return text.replace(at, from.size(), to);
    }

    FakeRandom random_{9};
    std::vector<SigningKey> keys_;
    std::vector<VerifyKey> allowed_;
    Envelope envelope_;
};

}  // namespace

TEST_F(SignedEnvelope, ComesBackFromItsJson) {
    EXPECT_EQ(Envelope::parse(as_bytes(envelope_.json())).value(), envelope_);
    envelope_.add_signature(keys_[0]);
    envelope_.add_signature(keys_[1]);
    EXPECT_EQ(Envelope::parse(as_bytes(envelope_.json())).value(), envelope_);
}

TEST_F(SignedEnvelope, SignsTypeAndPayloadWithTheirLengths) {
    EXPECT_EQ(as_text(envelope_.pae()), "DSSEv1 28 application/vnd.in-toto+json 7 {\"a\":1}");
}

TEST_F(SignedEnvelope, CountsDistinctAllowedKeys) {
    envelope_.add_signature(keys_[0]);
    envelope_.add_signature(keys_[0]);
    EXPECT_EQ(envelope_.signatures.size(), 1U);
    EXPECT_EQ(require_threshold(envelope_, allowed_, 2).error().code, Code::kDenied);
    envelope_.add_signature(keys_[1]);
    EXPECT_TRUE(require_threshold(envelope_, allowed_, 2).ok());
    EXPECT_FALSE(require_threshold(envelope_, std::span(allowed_).first(1), 2).ok());
    const std::vector<VerifyKey> twice = {allowed_[0], allowed_[0]};
    EXPECT_FALSE(require_threshold(envelope_, twice, 2).ok());
    EXPECT_EQ(signers(envelope_, allowed_), (std::set<VerifyKey>{allowed_[0], allowed_[1]}));
}

TEST_F(SignedEnvelope, DoesNotCountACopiedSignatureUnderAnotherKeyId) {
    envelope_.add_signature(keys_[0]);
    envelope_.signatures.push_back({allowed_[1].id(), envelope_.signatures[0].sig});
    EXPECT_EQ(signers(envelope_, allowed_).size(), 1U);
    envelope_.signatures[0].keyid = allowed_[2].id();
    EXPECT_EQ(signers(envelope_, allowed_).size(), 0U);
}

TEST_F(SignedEnvelope, LosesEverySignatureWhenPayloadOrTypeChanges) {
    envelope_.add_signature(keys_[0]);
    Envelope other = envelope_;
    other.payload.back() ^= 1U;
    EXPECT_TRUE(signers(other, allowed_).empty());
    other = envelope_;
    other.payload_type = "application/json";
    EXPECT_TRUE(signers(other, allowed_).empty());
    other = envelope_;
    other.payload.push_back(' ');
    EXPECT_TRUE(signers(other, allowed_).empty());
}

TEST_F(SignedEnvelope, HasOneSpellingOnly) {
    envelope_.add_signature(keys_[0]);
    const std::string good = envelope_.json();
    ASSERT_TRUE(reads(good));
    EXPECT_FALSE(reads(good + "\n"));
    EXPECT_FALSE(reads(" " + good));
    EXPECT_FALSE(reads(replaced(good, ":", ": ")));
    EXPECT_FALSE(reads(replaced(good, "{\"payloadType\"", "{\"x\":1,\"payloadType\"")));
    EXPECT_FALSE(reads(replaced(good, "\"sig\"", "\"\\u0073ig\"")));
    EXPECT_FALSE(reads(replaced(good, "]}", "],\"payload\":\"\"}")));
    EXPECT_FALSE(reads(replaced(good, "=\",\"signatures", "\",\"signatures")));
    EXPECT_FALSE(reads(replaced(good, "\"payload\":", "\"payload\":\"\",\"payload\":")));
    std::string upper = good;
    const std::size_t id = upper.find("keyid\":\"") + 8;
    for (std::size_t i = id; i < id + 64; ++i) {
        upper[i] = static_cast<char>(toupper(upper[i]));
    }
    EXPECT_FALSE(reads(upper));
    EXPECT_FALSE(reads("[]"));
    EXPECT_FALSE(reads("{}"));
    EXPECT_FALSE(reads(""));
}

TEST_F(SignedEnvelope, RefusesTheSameKeyIdTwice) {
    envelope_.add_signature(keys_[0]);
    envelope_.signatures.push_back(envelope_.signatures[0]);
    EXPECT_FALSE(reads(envelope_.json()));
}

TEST_F(SignedEnvelope, KeepsItsLimits) {
    envelope_.payload.resize(kEnvelopeBytesMax);
    EXPECT_EQ(Envelope::parse(as_bytes(envelope_.json())).error().code, Code::kLimit);
    envelope_.payload.clear();
    for (std::size_t i = 0; i <= kSignaturesMax; ++i) {
        envelope_.signatures.push_back({random_.id<Digest>(), random_.id<Signature>()});
    }
    EXPECT_EQ(Envelope::parse(as_bytes(envelope_.json())).error().code, Code::kLimit);
}

TEST_F(SignedEnvelope, RefusesTypesThatJsonWouldHaveToEscape) {
    for (const char* const type : {"", "a\"b", "a b", "a\\b", "\xc3\xa9"}) {
        envelope_.payload_type = type;
        EXPECT_FALSE(reads(envelope_.json())) << type;
    }
}

}  // namespace assay::crypto
