#include <gmock/gmock.h>

#include "question-bank/table/table.h"
#include "tests/question-bank/table/zip_of.h"

namespace assay::table {
namespace {

using test::workbook;
using test::zip_of;
using testing::ElementsAre;

TEST(Xlsx, ReadsTheFirstSheetInItsCells) {
    const Bytes bytes = zip_of(workbook(
        "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"C1\" t=\"s\"><v>1</v></c></row>"
        "<row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><t> 张三 </t></is></c><c r=\"B3\"><v>42</v>"
        "</c><c r=\"C3\"><v>3.14</v></c><c r=\"D3\" t=\"b\"><v>1</v></c><c r=\"E3\" t=\"str\">"
        "<f>A1</f><v>文</v></c></row><row r=\"4\"><c r=\"A4\"/></row>",
        "<si><t>姓名</t></si><si><r><t>学</t></r><r><t>号</t></r><rPh><t>xue</t></rPh></si>"));
    const Table table = read_table(bytes).value();
    ASSERT_EQ(table.rows.size(), 2U);
    EXPECT_THAT(table.rows[0].cells, ElementsAre("姓名", "", "学号"));
    EXPECT_THAT(table.rows[1].cells, ElementsAre("张三", "42", "3.14", "TRUE", "文"));
    EXPECT_EQ(table.rows[1].number, 3U);
    EXPECT_TRUE(table.remarks.empty());
}

TEST(Xlsx, RemarksNumbersThatWereRounded) {
    const Bytes bytes = zip_of(workbook(
        "<row><c><v>1.10101199001011E+17</v></c><c><v>202601010001</v></c><c t=\"e\"><v>#REF!</v>"
        "</c></row>",
        ""));
    const Table table = read_xlsx(bytes).value();
    EXPECT_THAT(table.rows[0].cells, ElementsAre("110101199001011000", "202601010001"));
    ASSERT_EQ(table.remarks.size(), 2U);
    EXPECT_EQ(table.remarks[0].what.id.text(), "table.remark.digits");
    EXPECT_EQ(table.remarks[1].column, 2U);
}

TEST(Xlsx, RefusesBrokenWorkbooks) {
    EXPECT_EQ(read_xlsx(as_bytes("PK\x03\x04 nothing")).error().code, Code::kInvalid);
    EXPECT_EQ(read_xlsx(zip_of({{"a", "b"}})).error().what,
              (Message{"table.xlsx.broken"_id, {{"part", "xl/workbook.xml"}}}));
    auto files = workbook("<row><c t=\"s\"><v>99</v></c></row>", "");
    EXPECT_TRUE(read_xlsx(zip_of(files)).value().rows.empty());
    files[3].second = "<worksheet>";
    EXPECT_EQ(read_xlsx(zip_of(files)).error().code, Code::kInvalid);
    const Bytes far = zip_of(workbook("<row><c r=\"XFD1\"><v>1</v></c></row>", ""));
    EXPECT_EQ(read_xlsx(far).error().code, Code::kLimit);
}

TEST(Xlsx, RefusesWhatUnpacksToFarMore) {
    const Bytes bomb = zip_of(workbook(std::string(40'000'000, ' '), ""));
    EXPECT_EQ(read_xlsx(bomb).error().what.id.text(), "table.archive.too-large");
}

}  // namespace
}  // namespace assay::table
