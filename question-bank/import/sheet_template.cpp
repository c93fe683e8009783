// The example workbook that `assay-bank template` writes: strings in the cells, one sheet.
#include <vector>

#include "crypto/base/escape.h"
#include "question-bank/import/markup.h"
#include "question-bank/import/sheet.h"

namespace assay::import {

namespace {

using Line = std::vector<std::string_view>;

// Cells of the example, not text of the program: one list a language.
const std::vector<Line>& chinese() {
    static const std::vector<Line> rows = {
        {"题型", "题干", "选项", "答案", "分值", "难度", "知识点", "等级", "图片"},
        {"单选题", "店铺某日访客 1000 人，其中 30 人完成支付，支付转化率是多少？",
         "A. 0.3%\nB. 3%\nC. 30%\nD. 97%", "B", "2", "易", "数据分析", "初级", ""},
        {"多选题", "下列哪些属于电子商务平台的站内推广方式？",
         "A. 直通车\nB. 店铺优惠券\nC. 户外广告\nD. 直播间推荐", "ABD", "3", "中", "店铺推广",
         "初级", ""},
        {"判断题", "客单价等于支付金额除以支付买家数。", "", "对", "1", "易", "数据分析", "初级",
         ""},
        {"填空题", "点击率 = ____ ÷ 展现量；某商品展现 2000 次、点击 50 次，点击率为 ____ %。", "",
         "点击量|点击次数;2.5±0.01", "4", "中", "数据分析", "中级", ""},
        {"匹配题", "将指标与其计算方法连线。",
         "客单价|支付金额 ÷ 支付买家数\n转化率|支付买家数 ÷ 访客数\n点击率|点击量 ÷ 展现量", "",
         "3", "中", "数据分析", "中级", ""},
        {"排序题", "按处理退货的先后顺序排列。",
         "A. 仓库验收\nB. 客服审核申请\nC. 退款\nD. 买家寄回商品", "BDAC", "4", "中", "客户服务",
         "中级", ""},
        {"简答题", "简述提高商品详情页转化率的三种方法。", "",
         "每点 2 分：首屏卖点、买家评价、优惠说明等", "6", "难", "店铺运营", "高级", ""},
        {"实操题", "根据材料制作一份促销活动方案。", "方案.txt",
         "目标明确 4 分，预算合理 3 分，排期完整 3 分", "10", "难", "活动策划", "高级", ""},
    };
    return rows;
}

const std::vector<Line>& english() {
    static const std::vector<Line> rows = {
        {"type", "text", "options", "key", "points", "difficulty", "knowledge point", "level",
         "pictures"},
        {"single choice",
         "A shop had 1000 visitors, 30 of them bought. What is its conversion rate?",
         "A. 0.3%\nB. 3%\nC. 30%\nD. 97%", "B", "2", "easy", "figures", "elementary", ""},
        {"multiple choice", "Which of these are promotion inside a marketplace?",
         "A. paid search\nB. shop coupons\nC. billboards\nD. live shows", "ABD", "3", "medium",
         "promotion", "elementary", ""},
        {"true/false", "Order value is paid amount divided by paying buyers.", "true\nfalse",
         "true", "1", "easy", "figures", "elementary", ""},
        {"blank", "Click rate = ____ / views; with 2000 views and 50 clicks it is ____ %.", "",
         "clicks|number of clicks;2.5±0.01", "4", "medium", "figures", "intermediate", ""},
        {"matching", "Match each figure with how it is worked out.",
         "order value|paid amount / buyers\nconversion rate|buyers / visitors\nclick rate|clicks / "
         "views",
         "", "3", "medium", "figures", "intermediate", ""},
        {"ordering", "Put the steps of a return into order.",
         "A. goods are checked\nB. the request is approved\nC. refund\nD. the buyer sends the "
         "goods",
         "BDAC", "4", "medium", "service", "intermediate", ""},
        {"essay", "Name three ways to raise the conversion of a product page.", "",
         "2 points each: first screen, reviews, offers", "6", "hard", "operation", "advanced", ""},
        {"practical task", "Plan a campaign from the materials.", "plan.txt",
         "aim 4 points, budget 3, schedule 3", "10", "hard", "campaigns", "advanced", ""},
    };
    return rows;
}

std::string sheet_xml(const std::vector<Line>& rows) {
    std::string out =
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet "
        "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><cols>"
        "<col min=\"1\" max=\"1\" width=\"14\" customWidth=\"1\"/>"
        "<col min=\"2\" max=\"4\" width=\"40\" customWidth=\"1\"/></cols><sheetData>";
    for (std::size_t r = 0; r < rows.size(); ++r) {
        const auto number = std::to_string(r + 1);
        out += "<row r=\"" + number + "\">";
        for (std::size_t c = 0; c < rows[r].size(); ++c) {
            if (!rows[r][c].empty()) {
                out += "<c r=\"" + table::column_letters(c) + number +
                       "\" s=\"1\" t=\"inlineStr\"><is><t xml:space=\"preserve\">" +
                       escaped(rows[r][c]) + "</t></is></c>";
            }
        }
        out += "</row>";
    }
    return out + "</sheetData></worksheet>";
}

constexpr std::string_view kTypes =
    R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>)";
constexpr std::string_view kRelations =
    R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>)";
constexpr std::string_view kWorkbook =
    R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="items" sheetId="1" r:id="rId1"/></sheets></workbook>)";
constexpr std::string_view kWorkbookRelations =
    R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>)";
// Style 1 breaks lines inside a cell and is text, so that "1/2" does not become a date.
constexpr std::string_view kStyles =
    R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf numFmtId="49" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs></styleSheet>)";

}  // namespace

std::map<std::string, Bytes> sheet_template(std::string_view language) {
    const auto& rows = language.starts_with("zh") ? chinese() : english();
    return {{"[Content_Types].xml", to_bytes(kTypes)},
            {"_rels/.rels", to_bytes(kRelations)},
            {"xl/_rels/workbook.xml.rels", to_bytes(kWorkbookRelations)},
            {"xl/styles.xml", to_bytes(kStyles)},
            {"xl/workbook.xml", to_bytes(kWorkbook)},
            {"xl/worksheets/sheet1.xml", to_bytes(sheet_xml(rows))}};
}

}  // namespace assay::import
