#pragma once

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/crypto/record/random_object.h"

// The laws of every signed object and every document: instantiate the suite with the types of a
// layer, so that a new object is one line in a list.
namespace assay::test {

inline constexpr std::uint64_t kLawRounds = 20;

/// Reads a payload that may be none of ours, in a sound envelope.
template <typename T>
Result<record::Signed<T>> read_altered(std::string_view payload) {
    crypto::Envelope envelope;
    envelope.payload = to_bytes(payload);
    return record::read_signed<T>(as_bytes(envelope.json()));
}

inline std::string replaced(std::string text, std::string_view from, std::string_view to) {
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from << " is not in " << text;
    return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

/// The first member of the predicate, `"name":value`, as it stands in the payload.
inline std::string first_member(const std::string& payload, std::string_view predicate_key) {
    const std::size_t begin = payload.find(predicate_key) + predicate_key.size();
    const auto parsed = boost::json::parse(payload.substr(begin, payload.size() - begin - 1));
    const auto& member = *parsed.get_object().begin();
    const std::string key = '"' + std::string(member.key()) + "\":";
    EXPECT_EQ(payload.substr(begin + 1, key.size()), key);
    // The value ends where the next member begins, or with the object.
    const auto& object = parsed.get_object();
    const std::string next =
        object.size() > 1 ? ",\"" + std::string((object.begin() + 1)->key()) + "\":" : "}}";
    const std::size_t end = payload.find(next, begin);
    return payload.substr(begin + 1, end - begin - 1);
}

template <typename T>
class SignedLaws : public ::testing::Test {
  protected:
    static std::string payload(std::uint64_t seed) {
        return to_string(record::payload_of(RandomObject(seed).make<T>()));
    }
    static void expect_refused(const std::string& altered, std::string_view id) {
        const auto read = read_altered<T>(altered);
        ASSERT_FALSE(read.ok()) << altered;
        EXPECT_EQ(read.error().what.id.text(), id) << to_string(read.error());
    }
};
TYPED_TEST_SUITE_P(SignedLaws);

TYPED_TEST_P(SignedLaws, ReadsBackWhatItWrote) {
    for (std::uint64_t seed = 0; seed < kLawRounds; ++seed) {
        RandomObject random(seed);
        const auto made = record::make(random.make<TypeParam>());
        if (made.envelope.payload.size() > record::kStatementBytesMax) {
            continue;
        }
        const auto read = record::read_signed<TypeParam>(as_bytes(made.json()));
        ASSERT_TRUE(read.ok()) << to_string(read.error()) << '\n' << made.json();
        EXPECT_EQ(record::payload_of(read->object), made.envelope.payload) << "seed " << seed;
        EXPECT_EQ(read->digest, made.digest);
        EXPECT_EQ(read->json(), made.json());
    }
}

TYPED_TEST_P(SignedLaws, IsAnInTotoStatementOfItsOwnType) {
    const auto json = boost::json::parse(this->payload(1));
    EXPECT_EQ(json.at("_type").as_string(), "https://in-toto.io/Statement/v1");
    EXPECT_EQ(json.at("predicateType").as_string(),
              "urn:assay:v1:" + std::string(TypeParam::kName));
    for (const auto& subject : json.at("subject").as_array()) {
        EXPECT_FALSE(subject.at("name").as_string().empty());
        EXPECT_EQ(subject.at("digest").at("sha256").as_string().size(), 64U);
    }
}

TYPED_TEST_P(SignedLaws, RefusesAnotherPredicateType) {
    const std::string type = "urn:assay:v1:" + std::string(TypeParam::kName);
    this->expect_refused(replaced(this->payload(2), type, type + "x"),
                         "record.statement.other-type");
}

TYPED_TEST_P(SignedLaws, RefusesAnExtraMember) {
    const std::string payload = this->payload(3);
    const std::string object = payload.substr(0, payload.size() - 2);
    this->expect_refused(object + R"(,"zz":1}})", "record.object.not-exact");
    this->expect_refused(payload.substr(0, payload.size() - 1) + R"(,"zz":1})",
                         "record.object.not-exact");
}

TYPED_TEST_P(SignedLaws, RefusesADuplicateMember) {
    const std::string payload = this->payload(4);
    const std::string member = first_member(payload, R"("predicate":)");
    const std::string object = payload.substr(0, payload.size() - 2);
    this->expect_refused(object + "," + member + "}}", "record.object.not-exact");
}

TYPED_TEST_P(SignedLaws, RefusesMembersInAnotherOrder) {
    const std::string payload = this->payload(5);
    const std::string member = first_member(payload, R"("predicate":)");
    const std::string without = replaced(payload, "{" + member + ",", "{");
    this->expect_refused(without.substr(0, without.size() - 2) + "," + member + "}}",
                         "record.object.not-exact");
}

TYPED_TEST_P(SignedLaws, RefusesWhiteSpaceAndOtherSpellings) {
    const std::string payload = this->payload(6);
    this->expect_refused(payload + "\n", "record.object.not-exact");
    this->expect_refused(" " + payload, "record.object.not-exact");
    this->expect_refused(replaced(payload, R"("predicate":{)", R"("predicate": {)"),
                         "record.object.not-exact");
    this->expect_refused(replaced(payload, R"("predicate")", R"("\u0070redicate")"),
                         "record.object.not-exact");
}

TYPED_TEST_P(SignedLaws, RefusesAMissingMember) {
    const std::string payload = this->payload(7);
    const std::string member = first_member(payload, R"("predicate":)");
    const auto read = read_altered<TypeParam>(replaced(payload, "{" + member + ",", "{"));
    ASSERT_FALSE(read.ok());
    EXPECT_THAT(read.error().what.id.text(),
                ::testing::AnyOf("record.object.malformed", "record.object.not-exact"));
}

TYPED_TEST_P(SignedLaws, RefusesWhatIsCutShort) {
    const std::string payload = this->payload(8);
    for (std::size_t size = 0; size < payload.size(); size += 1 + payload.size() / 40) {
        EXPECT_FALSE(read_altered<TypeParam>(payload.substr(0, size)).ok());
    }
}

TYPED_TEST_P(SignedLaws, CountsOnlyDistinctAllowedSignersOfTheseBytes) {
    RandomObject random(9);
    const auto one = crypto::SigningKey::generate(random.random());
    const auto two = crypto::SigningKey::generate(random.random());
    const auto other = crypto::SigningKey::generate(random.random());
    const std::vector keys{record::public_of(one), record::public_of(two)};
    auto object = record::sign(random.make<TypeParam>(), one);
    object.envelope.add_signature(one);
    object.envelope.add_signature(other);
    const auto read = record::read_signed<TypeParam>(as_bytes(object.json()));
    ASSERT_TRUE(read.ok());
    EXPECT_TRUE(record::require(*read, keys, 1).ok());
    const auto short_of_two = record::require(*read, keys, 2);
    ASSERT_FALSE(short_of_two.ok());
    EXPECT_EQ(short_of_two.error().what.id.text(), "record.signature.too-few");
    object.envelope.add_signature(two);
    EXPECT_TRUE(record::require(object, keys, 2).ok());
    EXPECT_TRUE(record::require_key(object, keys[0]).ok());
    object.envelope.payload.back() ^= 1U;
    EXPECT_FALSE(record::require(object, keys, 1).ok());
}

REGISTER_TYPED_TEST_SUITE_P(SignedLaws, ReadsBackWhatItWrote, IsAnInTotoStatementOfItsOwnType,
                            RefusesAnotherPredicateType, RefusesAnExtraMember,
                            RefusesADuplicateMember, RefusesMembersInAnotherOrder,
                            RefusesWhiteSpaceAndOtherSpellings, RefusesAMissingMember,
                            RefusesWhatIsCutShort, CountsOnlyDistinctAllowedSignersOfTheseBytes);

template <typename T>
class DocumentLaws : public ::testing::Test {};
TYPED_TEST_SUITE_P(DocumentLaws);

TYPED_TEST_P(DocumentLaws, ReadsBackWhatItWrote) {
    for (std::uint64_t seed = 0; seed < kLawRounds; ++seed) {
        const Bytes written = record::write_document(RandomObject(seed).make<TypeParam>());
        const auto read = record::read_document<TypeParam>(written);
        ASSERT_TRUE(read.ok()) << to_string(read.error()) << '\n' << to_string(written);
        EXPECT_EQ(record::write_document(*read), written);
    }
}

TYPED_TEST_P(DocumentLaws, RefusesAnyOtherSpelling) {
    const std::string written =
        to_string(record::write_document(RandomObject(1).make<TypeParam>()));
    const std::string body = written.substr(0, written.size() - 1);
    const auto refused = [](const std::string& text) {
        return !record::read_document<TypeParam>(as_bytes(text)).ok();
    };
    EXPECT_TRUE(refused(written + "\n"));
    EXPECT_TRUE(refused(" " + written));
    EXPECT_TRUE(refused(body + R"(,"zz":1})"));
    EXPECT_TRUE(refused(body));
    EXPECT_TRUE(refused("{}"));
    EXPECT_TRUE(refused("[]"));
    EXPECT_TRUE(refused(""));
}

REGISTER_TYPED_TEST_SUITE_P(DocumentLaws, ReadsBackWhatItWrote, RefusesAnyOtherSpelling);

}  // namespace assay::test
