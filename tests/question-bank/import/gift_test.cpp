#include "question-bank/import/gift.h"

#include "tests/question-bank/import/import_cases.h"

namespace assay::import {
namespace {

Import read(const std::string& text) {
    auto out = read_gift(as_bytes(text));
    EXPECT_TRUE(out.ok()) << to_string(out.error());
    return std::move(*out);
}

TEST(Gift, ReadsAChoiceWithItsTitleAndCategory) {
    const auto source = read(
        "// a remark\n$CATEGORY: top/Shops\n\n::Rate:: What is 30 of 1000? {=3% ~30% #no ~0.3%}\n");
    ASSERT_EQ(source.questions.size(), 1U);
    EXPECT_EQ(source.questions[0].title, "Rate");
    EXPECT_EQ(source.questions[0].topic, "Shops");
    EXPECT_EQ(source.questions[0].place, 4U);
    const auto item = test::item_at(source, 0);
    EXPECT_EQ(item.interactions[0].choices[1].label, "30%");
    EXPECT_EQ(test::score(item, {{"RESPONSE", {"C1"}}}), "1");
    EXPECT_EQ(test::score(item, {{"RESPONSE", {"C2"}}}), "0");
}

TEST(Gift, SharesThePointsAmongSeveralRightOnes) {
    const auto source = read("Which? {~%50%one ~%50%two ~%-100%three}");
    const auto item = test::item_at(source, 0);
    EXPECT_EQ(test::score(item, {{"RESPONSE", {"C1", "C2"}}}), "1");
    EXPECT_EQ(test::score(item, {{"RESPONSE", {"C1"}}}), "0.5");
    EXPECT_EQ(test::score(item, {{"RESPONSE", {"C1", "C3"}}}), "0");
}

TEST(Gift, ReadsTruthTextNumberMatchEssayAndAGap) {
    const auto source = read(
        "Fair? {T}\n\nCapital? {=Berlin =%50%Bonn}\n\nPi? {#3.14:0.01}\n\nRange? {#1..5}\n\n"
        "Pairs {=cat -> mew =dog -> bark}\n\nWrite. {}\n\nA {=red ~blue} rose.\n");
    ASSERT_EQ(source.questions.size(), 7U);
    EXPECT_EQ(test::score(test::item_at(source, 0), {{"RESPONSE", {"C1"}}}), "1");
    EXPECT_EQ(test::score(test::item_at(source, 1), {{"RESPONSE", {"berlin"}}}), "1");
    EXPECT_EQ(test::score(test::item_at(source, 1), {{"RESPONSE", {"Ｂｏｎｎ"}}}), "0.5");
    EXPECT_EQ(test::score(test::item_at(source, 2), {{"RESPONSE", {"３．１４５"}}}), "1");
    EXPECT_EQ(test::score(test::item_at(source, 3), {{"RESPONSE", {"5"}}}), "1");
    EXPECT_EQ(test::score(test::item_at(source, 3), {{"RESPONSE", {"5.1"}}}), "0");
    EXPECT_EQ(test::score(test::item_at(source, 4), {{"RESPONSE", {"L1 R1", "L2 R2"}}}), "1");
    EXPECT_EQ(test::score(test::item_at(source, 4), {{"RESPONSE", {"L1 R1"}}}), "0.5");
    EXPECT_TRUE(test::item_at(source, 5).needs_marker());
    EXPECT_EQ(test::score(test::item_at(source, 6), {{"RESPONSE1", {"C1"}}}), "1");
}

TEST(Gift, KeepsEscapedSigns) {
    const auto source = read("1 \\= 2 \\{really\\}? {=no\\~ ~yes}");
    EXPECT_EQ(source.questions[0].stem, "<p>1 = 2 {really}?</p>");
    EXPECT_EQ(source.questions[0].options[0].text, "no~");
}

TEST(Gift, SaysWhatItLeavesOutAndWhere) {
    const auto source = read("Only a text.\n\nNumber? {#many}\n\nFine? {=yes ~no}\n");
    EXPECT_EQ(source.questions.size(), 1U);
    ASSERT_EQ(source.left_out.size(), 2U);
    EXPECT_EQ(source.left_out[0].place, 1U);
    EXPECT_EQ(source.left_out[1].place, 3U);
}

}  // namespace
}  // namespace assay::import
