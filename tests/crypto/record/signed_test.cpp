#include "tests/crypto/record/all_objects.h"
#include "tests/crypto/record/signed_laws.h"

namespace assay::test {
namespace {

template <typename List>
struct GoogleTypes;
template <typename... T>
struct GoogleTypes<TypeList<T...>> {
    using Type = ::testing::Types<T...>;
};

/// "sitting-manifest" instead of 5.
struct ByName {
    template <typename T>
    static std::string GetName(int /*index*/) {
        std::string name(T::kName);
        std::replace(name.begin(), name.end(), '-', '_');
        return name;
    }
};

INSTANTIATE_TYPED_TEST_SUITE_P(Record, SignedLaws, GoogleTypes<SignedObjects>::Type, ByName);
INSTANTIATE_TYPED_TEST_SUITE_P(Record, DocumentLaws, GoogleTypes<Documents>::Type, ByName);

record::Release a_release() {
    record::Release out = RandomObject(1).make<record::Release>();
    out.time = WallTime{0};
    return out;
}

TEST(Signed, RefusesAStatementThatIsTooLargeForALogLeaf) {
    record::Withdrawal large = RandomObject(1).make<record::Withdrawal>();
    large.reason = std::string(record::kStatementBytesMax, 'x');
    const auto read = record::read_signed<record::Withdrawal>(as_bytes(record::make(large).json()));
    ASSERT_FALSE(read.ok());
    EXPECT_EQ(read.error().code, Code::kLimit);
}

TEST(Signed, RefusesNumbersInAnyFormButPlainIntegers) {
    record::DeskOrder order = RandomObject(1).make<record::DeskOrder>();
    order.seconds = 7;
    const std::string payload = to_string(record::payload_of(order));
    for (const char* other :
         {"7.0", "7e0", "07", "+7", "\"7\"", "70000000000000000000", "-0", "true"}) {
        const auto read = read_altered<record::DeskOrder>(
            replaced(payload, R"("seconds":7)", std::string(R"("seconds":)") + other));
        EXPECT_FALSE(read.ok()) << other;
    }
}

TEST(Signed, RefusesTimesHexAndWordsInAnotherForm) {
    const std::string payload = to_string(record::payload_of(a_release()));
    const std::string time = R"("time":"1970-01-01T00:00:00Z")";
    for (const char* other :
         {R"("time":"1970-01-01T00:00:00+00:00")", R"("time":"1970-01-01T00:00:00.0Z")",
          R"("time":"1970-01-01t00:00:00Z")", R"("time":"1970-02-30T00:00:00Z")", R"("time":0)",
          R"("time":null)"}) {
        EXPECT_FALSE(read_altered<record::Release>(replaced(payload, time, other)).ok()) << other;
    }
    const std::string site = a_release().site.hex();
    std::string upper = site;
    std::transform(upper.begin(), upper.end(), upper.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    ASSERT_NE(site, upper);
    EXPECT_FALSE(read_altered<record::Release>(replaced(payload, site, upper)).ok());
    EXPECT_FALSE(read_altered<record::Release>(replaced(payload, site, site.substr(2))).ok());
}

TEST(Signed, RefusesASigningKeyOutsideThePrimeOrderGroup) {
    record::KeyList list = RandomObject(3).make<record::KeyList>();
    list.roots = {
        record::public_of(crypto::SigningKey::generate(*std::make_unique<FakeRandom>(1)))};
    const std::string payload = to_string(record::payload_of(list));
    // The neutral element: every signature of R = S*B would verify under it.
    const std::string neutral = "01" + std::string(62, '0');
    const auto read =
        read_altered<record::KeyList>(replaced(payload, list.roots[0].hex(), neutral));
    ASSERT_FALSE(read.ok());
    EXPECT_EQ(read.error().what.id.text(), "record.object.malformed");
    EXPECT_EQ(read.error().what.args[1].second, "roots/0");
}

TEST(Signed, RefusesAnEnvelopeOfAnotherPayloadType) {
    auto signed_release = record::make(a_release());
    signed_release.envelope.payload_type = "application/json";
    EXPECT_FALSE(record::read_signed<record::Release>(as_bytes(signed_release.json())).ok());
}

TEST(Signed, NamesTheMemberThatIsWrong) {
    const std::string payload = to_string(record::payload_of(a_release()));
    const auto read = read_altered<record::Release>(
        replaced(payload, R"("room":")" + a_release().room.hex(), R"("room":"00)"));
    ASSERT_FALSE(read.ok());
    EXPECT_EQ(read.error(), fail(Code::kInvalid, "record.object.malformed"_id,
                                 {{"object", "release"}, {"member", "room"}, {"problem", "hex"}}));
}

TEST(Signed, NeedsAtLeastOneSignature) {
    const auto unsigned_release = record::make(a_release());
    EXPECT_FALSE(record::require(unsigned_release, {}, 0).ok());
    EXPECT_FALSE(record::require(unsigned_release, {}, 1).ok());
}

TEST(Json, RefusesDepthBytesAndTextThatIsNotUtf8) {
    std::string deep = R"({"kind":)" + std::string(100, '[') + std::string(100, ']') + "}";
    EXPECT_FALSE(record::parse_json(as_bytes(deep)).ok());
    EXPECT_FALSE(record::parse_json(as_bytes("\"\xff\"")).ok());
    EXPECT_FALSE(record::parse_json(as_bytes("\"\xed\xa0\x80\"")).ok());
    EXPECT_FALSE(record::parse_json(as_bytes("1 2")).ok());
    const Bytes large(record::kJsonBytesMax + 1, ' ');
    const auto read = record::parse_json(large);
    ASSERT_FALSE(read.ok());
    EXPECT_EQ(read.error().code, Code::kLimit);
}

TEST(Json, WritesTheShortestEscapesAndLeavesTheRest) {
    EXPECT_EQ(record::JsonWriter::text(std::string("\"\\/\n\r\t\x01\x7f中\b")),
              "\"\\\"\\\\/\\n\\r\\t\\u0001\x7f中\\u0008\"");
}

}  // namespace
}  // namespace assay::test
