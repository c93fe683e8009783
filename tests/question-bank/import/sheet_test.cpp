#include "question-bank/import/sheet.h"

#include "tests/question-bank/import/import_cases.h"
#include "tests/question-bank/table/zip_of.h"

namespace assay::import {
namespace {

Import read(const std::string& csv) {
    const auto table = table::read_csv(as_bytes(csv));
    EXPECT_TRUE(table.ok()) << to_string(table.error());
    auto out = read_sheet(*table, nullptr);
    EXPECT_TRUE(out.ok()) << to_string(out.error());
    return std::move(*out);
}

const std::string kHeader = "题型,题干,选项,答案,分值,难度,知识点,等级,图片\n";

TEST(ItemSheet, ReadsItsOwnExampleInBothLanguages) {
    for (const char* language : {"zh-CN", "en"}) {
        std::vector<std::pair<std::string, std::string>> parts;
        for (const auto& [name, bytes] : sheet_template(language)) {
            parts.emplace_back(name, std::string(as_text(bytes)));
        }
        const auto table = table::read_xlsx(table::test::zip_of(parts));
        ASSERT_TRUE(table.ok()) << to_string(table.error());
        const auto source = read_sheet(*table, nullptr);
        ASSERT_TRUE(source.ok()) << to_string(source.error());
        for (const auto& notice : source->left_out) {
            ADD_FAILURE() << notice.place << notice.column << notice.what.id.text();
        }
        ASSERT_EQ(source->questions.size(), 8U) << language;
        EXPECT_EQ(test::score(test::item_at(*source, 0), {{"RESPONSE", {"C2"}}}), "2");
        EXPECT_EQ(test::score(test::item_at(*source, 1), {{"RESPONSE", {"C1", "C2", "C4"}}}), "3");
        EXPECT_EQ(test::score(test::item_at(*source, 1), {{"RESPONSE", {"C1", "C2"}}}), "0");
        EXPECT_EQ(test::score(test::item_at(*source, 2), {{"RESPONSE", {"C1"}}}), "1");
        EXPECT_EQ(test::score(test::item_at(*source, 3), {{"RESPONSE2", {"２．５"}}}), "2");
        const item::TextLines pairs = {"L1 R1", "L2 R2", "L3 R3"};
        EXPECT_EQ(test::score(test::item_at(*source, 4), {{"RESPONSE", pairs}}), "3");
        const item::TextLines order = {"C1", "C2", "C3", "C4"};
        EXPECT_EQ(test::score(test::item_at(*source, 5), {{"RESPONSE", order}}), "4");
        EXPECT_TRUE(test::item_at(*source, 6).needs_marker());
        EXPECT_EQ(test::item_at(*source, 7).results.size(), 1U);
    }
}

TEST(ItemSheet, TakesFullWidthKeysAndSeveralSpellings) {
    const auto source = read(kHeader +
                             "单选题,问？,\"Ａ．一\nＢ．二\",Ｂ,２,,,,\n"
                             "填空题,首都是____。,,北京|北京市,1,,,,\n");
    ASSERT_EQ(source.questions.size(), 2U);
    EXPECT_EQ(source.questions[0].options[1].text, "二");
    EXPECT_EQ(test::score(test::item_at(source, 0), {{"RESPONSE", {"C2"}}}), "2");
    EXPECT_EQ(test::score(test::item_at(source, 1), {{"RESPONSE1", {" 北京市 "}}}), "1");
}

TEST(ItemSheet, NamesRowAndColumnOfWhatItCannotUse) {
    const auto source = read(kHeader +
                             "选择,题,\"A.a\nB.b\",A,1,,,,\n"
                             "单选题,题,\"A.a\nB.b\",C,1,,,,\n"
                             "单选题,题,A.a,A,1,,,,\n"
                             "判断题,题,,也许,1,,,,\n"
                             "填空题,__ ____ ____,,一,1,,,,\n"
                             "单选题,题,\"A.a\nB.b\",A,很多,,,,\n"
                             "单选题,题,\"A.a\nB.b\",A,1,,,,图1\n"
                             "单选题,,\"A.a\nB.b\",A,1,,,,\n");
    EXPECT_TRUE(source.questions.empty());
    std::string places;
    for (const auto& notice : source.left_out) {
        places += notice.column + std::to_string(notice.place) + ' ';
    }
    EXPECT_EQ(places, "A2 D4 C6 D7 D8 E9 I11 B13 ");
}

TEST(ItemSheet, WantsItsColumns) {
    const auto table = table::read_csv(as_bytes("题型,题干\n单选题,x\n"));
    EXPECT_EQ(read_sheet(*table, nullptr).error().code, Code::kInvalid);
}

}  // namespace
}  // namespace assay::import
