#include "question-bank/item/responses.h"

#include <limits>

#include <gtest/gtest.h>

#include "question-bank/item/number.h"
#include "question-bank/item/pattern.h"

namespace assay::item {
namespace {

Declaration declared(BaseType base, Cardinality cardinality = Cardinality::kSingle) {
    Declaration out;
    out.identifier = "R";
    out.base = base;
    out.cardinality = cardinality;
    return out;
}

TEST(Capture, BringsNumbersToAsciiWidthAndKeepsWhatWasTyped) {
    const auto got = capture(declared(BaseType::kFloat), {"１２．５"});
    ASSERT_TRUE(got.ok());
    EXPECT_EQ(got->value, Value::real(12.5));
    EXPECT_EQ(got->raw, TextLines{"１２．５"});
    EXPECT_EQ(got->rules, std::vector{CaptureRule::kWidthNormalised});
    EXPECT_EQ(capture(declared(BaseType::kInteger), {"　－３ "})->value, Value::integer(-3));
    EXPECT_EQ(capture(declared(BaseType::kFloat), {"1。5"})->value, Value::real(1.5));
}

TEST(Capture, TrimsStringsOnceAndLeavesTheirWidth) {
    const auto got = capture(declared(BaseType::kString), {"　ＵＶ "});
    ASSERT_TRUE(got.ok());
    EXPECT_EQ(got->value, Value::text("ＵＶ"));
    EXPECT_EQ(got->rules, std::vector{CaptureRule::kTrimmed});
    EXPECT_TRUE(capture(declared(BaseType::kString), {"   "})->value.is_null());
}

TEST(Capture, GivesNoAnswerForTextThatIsNoNumber) {
    const auto got = capture(declared(BaseType::kFloat), {"twelve"});
    ASSERT_TRUE(got.ok());
    EXPECT_TRUE(got->value.is_null());
    EXPECT_EQ(got->raw, TextLines{"twelve"});
}

TEST(ResponseText, ComesBackTheSame) {
    const std::string digest(64, 'a');
    const std::vector<std::pair<Declaration, TextLines>> all = {
        {declared(BaseType::kPair, Cardinality::kMultiple), {"A B", "C D"}},
        {declared(BaseType::kPoint), {"3 -4"}},
        {declared(BaseType::kFloat), {"0.1"}},
        {declared(BaseType::kFloat), {"1"}},
        {declared(BaseType::kDuration), {"PT90S"}},
        {declared(BaseType::kBoolean), {"true"}},
        {declared(BaseType::kFile), {digest + " 12 text/plain my report.txt"}},
        {declared(BaseType::kUnknown, Cardinality::kRecord), {"integerValue:integer=3"}},
        {declared(BaseType::kString), {}},
    };
    for (const auto& [declaration, lines] : all) {
        const auto value = value_from_text(declaration, lines);
        ASSERT_TRUE(value.ok()) << to_string(value.error());
        EXPECT_EQ(value_to_text(*value), lines);
    }
}

TEST(ResponseText, RefusesWhatIsNotOfItsType) {
    EXPECT_FALSE(value_from_text(declared(BaseType::kPair), {"A"}).ok());
    EXPECT_FALSE(value_from_text(declared(BaseType::kInteger), {"1.5"}).ok());
    EXPECT_FALSE(value_from_text(declared(BaseType::kIdentifier), {"A", "B"}).ok());
    EXPECT_EQ(value_from_text(declared(BaseType::kString, Cardinality::kMultiple),
                              TextLines(kResponseItemsMax + 1, "x"))
                  .error()
                  .code,
              Code::kLimit);
}

TEST(Values, MatchPairsInEitherDirectionAndDirectedPairsInOne) {
    const auto ab = Pair{"A", "B"};
    const auto ba = Pair{"B", "A"};
    EXPECT_TRUE(same_scalar(BaseType::kPair, ab, ba));
    EXPECT_FALSE(same_scalar(BaseType::kDirectedPair, ab, ba));
}

TEST(Numbers, RoundAtAFiveAwayFromZeroOnTheirDecimalForm) {
    EXPECT_EQ(rounded_decimal(5.055, 2), 5.06);
    EXPECT_EQ(rounded_decimal(-5.055, 2), -5.06);
    EXPECT_EQ(rounded_significant(std::numeric_limits<double>::infinity(), 3),
              std::numeric_limits<double>::infinity());
    EXPECT_EQ(rounded_significant(1239451, 3), 1240000);
    EXPECT_EQ(shortest(1.0), "1");
    EXPECT_EQ(shortest(1e21), "1e+21");
}

TEST(Pattern, MatchesTheWholeTextInBoundedTime) {
    EXPECT_TRUE(*pattern_matches("\\d{1,2}", "12"));
    EXPECT_FALSE(*pattern_matches("\\d{1,2}", "123"));
    EXPECT_TRUE(*pattern_matches("Str^ing", "Str^ing"));
    EXPECT_TRUE(*pattern_matches("^ab$", "ab"));
    EXPECT_TRUE(*pattern_matches("\\w+", "\u5317\u4eac_a1"));
    EXPECT_FALSE(*pattern_matches("\\w+", "a b"));
    EXPECT_TRUE(*pattern_matches("[\\w-]+", "a-\u5317"));
    EXPECT_FALSE(pattern_matches("[", "x").ok());
    EXPECT_FALSE(pattern_matches("(a)\\1", "aa").ok());
    EXPECT_FALSE(*pattern_matches("(a+)+b", std::string(100'000, 'a')));
}

}  // namespace
}  // namespace assay::item
