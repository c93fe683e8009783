#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "question-bank/table/table.h"

namespace assay::table {
namespace {

using testing::ElementsAre;

Table read(std::string_view text) { return read_csv(as_bytes(text)).value(); }

TEST(Csv, ReadsQuotesSeparatorsAndLineEnds) {
    const Table table = read("姓名,说明\r\n\"李, 四\",\"他说\"\"好\"\"\"\n\"两\n行\",x\r最后,行");
    ASSERT_EQ(table.rows.size(), 4U);
    EXPECT_THAT(table.rows[1].cells, ElementsAre("李, 四", "他说\"好\""));
    EXPECT_THAT(table.rows[2].cells, ElementsAre("两\n行", "x"));
    EXPECT_EQ(table.rows[2].number, 3U);
    EXPECT_EQ(table.rows[3].number, 5U);
    EXPECT_EQ(read("a;b;c,d\n1;2;3").rows[1].cells.size(), 3U);
    EXPECT_EQ(read("a\tb\n1\t2").rows[1].cells.size(), 2U);
}

TEST(Csv, LeavesOutEmptyRowsAndSpacesAround) {
    const Table table = read("\n,,\n 　a　 , b \n\n");
    ASSERT_EQ(table.rows.size(), 1U);
    EXPECT_THAT(table.rows[0].cells, ElementsAre("a", "b"));
    EXPECT_EQ(table.rows[0].number, 3U);
    EXPECT_EQ(table.rows[0].cell(9), "");
    EXPECT_TRUE(read("").rows.empty());
}

TEST(Csv, TellsTheEncodingByItsBytes) {
    EXPECT_EQ(read("\xEF\xBB\xBF\xE5\xBC\xA0").rows[0].cells[0], "张");
    const Table gb =
        read("\xD0\xD5\xC3\xFB,\xD1\xA7\xBA\xC5\n\xD5\xC5\xC8\xFD,1");  // 姓名,学号 ...
    EXPECT_EQ(gb.encoding, Encoding::kGb18030);
    EXPECT_THAT(gb.rows[0].cells, ElementsAre("姓名", "学号"));
    EXPECT_EQ(gb.rows[1].cells[0], "张三");
    const Table rare = read("\x98\x39\xFC\x36");  // 𠮷-like: a four-byte character of GB18030
    EXPECT_EQ(rare.encoding, Encoding::kGb18030);
    const Table wide =
        read(std::string_view("\xFF\xFE\x20\x5F,\0"
                              "1\0",
                              8));
    EXPECT_EQ(wide.encoding, Encoding::kUtf16);
    EXPECT_THAT(wide.rows[0].cells, ElementsAre("张", "1"));
}

TEST(Csv, RefusesWhatIsNoText) {
    EXPECT_EQ(read_csv(as_bytes("\xFF\xFF\xFF")).error().what.id.text(), "table.encoding.unknown");
    EXPECT_EQ(read_csv(as_bytes(std::string_view("a\nb\0c", 5))).error().what,
              (Message{"table.csv.zero"_id, {{"line", "2"}}}));
    EXPECT_EQ(read_csv(as_bytes("a\nb,\"c\nd")).error().what,
              (Message{"table.csv.quote"_id, {{"line", "2"}}}));
}

TEST(Csv, KeepsItsLimits) {
    EXPECT_EQ(read_csv(Bytes(kTableBytesMax + 1, 'a')).error().code, Code::kLimit);
    EXPECT_EQ(read_csv(as_bytes(std::string(kColumnsMax, ','))).error().code, Code::kLimit);
    EXPECT_EQ(read_csv(as_bytes(std::string(kCellBytesMax + 1, 'x'))).error().code, Code::kLimit);
    std::string rows;
    for (std::size_t i = 0; i <= kRowsMax; ++i) {
        rows += "1\n";
    }
    EXPECT_EQ(read_csv(as_bytes(rows)).error().what.id.text(), "table.limit.rows");
}

TEST(Column, IsFoundByAnyOfItsTitles) {
    const Row header{1, {"序号", "考生 姓名", "ＩＤ　Number"}};
    EXPECT_EQ(find_column(header, {"姓名", "考生姓名"}), 1U);
    EXPECT_EQ(find_column(header, {"id number"}), 2U);
    EXPECT_EQ(find_column(header, {"照片"}), std::nullopt);
}

TEST(Column, IsCalledAsASpreadsheetDoes) {
    EXPECT_EQ(column_letters(0), "A");
    EXPECT_EQ(column_letters(25), "Z");
    EXPECT_EQ(column_letters(26), "AA");
    EXPECT_EQ(column_letters(701), "ZZ");
    EXPECT_EQ(column_letters(702), "AAA");
}

}  // namespace
}  // namespace assay::table
