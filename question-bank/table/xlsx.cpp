#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>

#include <pugixml.hpp>

#include "question-bank/table/archive.h"
#include "question-bank/table/table.h"

namespace assay::table {
namespace {

constexpr std::uint64_t kPartBytesMax = std::uint64_t{96} << 20;
constexpr std::size_t kSharedStringsMax = 2'000'000;
constexpr double kExactInteger = 1e15;  // Excel keeps 15 digits: a longer number was rounded

Error broken(const std::string& part) {
    return fail(Code::kInvalid, "table.xlsx.broken"_id, {{"part", part}});
}

/// Names in a workbook may carry a prefix: "x:row".
bool is_named(const pugi::xml_node& node, std::string_view wanted) {
    const std::string_view name = node.name();
    return name == wanted || (name.size() > wanted.size() && name.ends_with(wanted) &&
                              name[name.size() - wanted.size() - 1] == ':');
}

pugi::xml_node child_named(const pugi::xml_node& node, std::string_view wanted) {
    return node.find_child([&](const pugi::xml_node& each) { return is_named(each, wanted); });
}

Result<pugi::xml_document> read_part(const Archive& archive, const std::string& name) {
    const Archive::Entry* entry = archive.find(name);
    if (entry == nullptr) {
        return broken(name);
    }
    ASSAY_TRY(const Bytes bytes, archive.read(*entry, kPartBytesMax));
    pugi::xml_document document;
    const unsigned how = pugi::parse_default | pugi::parse_ws_pcdata_single;
    if (!document.load_buffer(bytes.data(), bytes.size(), how)) {
        return broken(name);
    }
    return document;
}

/// Path of the first sheet, through the workbook and its relationships.
Result<std::string> first_sheet(const Archive& archive) {
    ASSAY_TRY(const pugi::xml_document workbook, read_part(archive, "xl/workbook.xml"));
    ASSAY_TRY(const pugi::xml_document relations, read_part(archive, "xl/_rels/workbook.xml.rels"));
    const pugi::xml_node sheets = child_named(child_named(workbook, "workbook"), "sheets");
    const pugi::xml_node sheet = child_named(sheets, "sheet");
    const pugi::xml_attribute id = sheet.find_attribute([](const pugi::xml_attribute& each) {
        return std::string_view(each.name()).ends_with(":id");
    });
    for (const pugi::xml_node& relation : child_named(relations, "Relationships").children()) {
        if (std::strcmp(relation.attribute("Id").value(), id.value()) == 0) {
            const std::string target = relation.attribute("Target").value();
            return target.starts_with("/") ? target.substr(1) : "xl/" + target;
        }
    }
    return broken("xl/workbook.xml");
}

/// Text of an `si` or `is`: its own `t` or those of its runs; phonetic guides are left out.
std::string rich_text(const pugi::xml_node& node) {
    std::string out;
    for (const pugi::xml_node& child : node.children()) {
        if (is_named(child, "t")) {
            out += child.text().get();
        } else if (is_named(child, "r")) {
            out += child_named(child, "t").text().get();
        }
    }
    return out;
}

Result<std::vector<std::string>> shared_strings(const Archive& archive) {
    std::vector<std::string> out;
    if (archive.find("xl/sharedStrings.xml") == nullptr) {
        return out;
    }
    ASSAY_TRY(const pugi::xml_document document, read_part(archive, "xl/sharedStrings.xml"));
    for (const pugi::xml_node& string : child_named(document, "sst").children()) {
        out.push_back(rich_text(string));
        if (out.size() > kSharedStringsMax) {
            return broken("xl/sharedStrings.xml");
        }
    }
    return out;
}

/// "BC12" -> 54; nothing where the reference is no such thing.
std::optional<std::size_t> column_of(std::string_view reference) {
    std::size_t column = 0;
    for (const char c : reference) {
        if (c < 'A' || c > 'Z') {
            break;
        }
        column = column * 26 + static_cast<std::size_t>(c - 'A') + 1;
        if (column > kColumnsMax) {
            return std::nullopt;
        }
    }
    return column == 0 ? std::nullopt : std::optional(column - 1);
}

/// The shortest digits that give the same number, written without an exponent up to 18 of them.
std::string decimal(double number) {
    std::array<char, 64> out{};
    const auto scientific =
        std::to_chars(out.data(), out.data() + out.size(), number, std::chars_format::scientific);
    const std::string_view text(out.data(), static_cast<std::size_t>(scientific.ptr - out.data()));
    const bool whole = number == std::floor(number) && std::abs(number) < 1e18;
    if (!whole || std::abs(number) < kExactInteger) {
        std::array<char, 64> plain{};
        const auto end = whole ? std::to_chars(plain.data(), plain.data() + plain.size(),
                                               static_cast<std::int64_t>(number))
                               : std::to_chars(plain.data(), plain.data() + plain.size(), number);
        return {plain.data(), end.ptr};
    }
    // An exponent of 15 to 17, as "1.10101199001011e+17" has it.
    const auto mark = text.find('e');
    std::string digits;
    for (const char c : text.substr(0, mark)) {
        digits += c == '.' ? "" : std::string(1, c);
    }
    std::size_t exponent = 0;
    std::from_chars(text.data() + mark + 2, text.data() + text.size(), exponent);
    digits.resize(exponent + (number < 0 ? 2 : 1), '0');
    return digits;
}

/// Reads the rows of one sheet; the state is what the cells need.
class SheetReader {
  public:
    explicit SheetReader(std::vector<std::string> strings) : strings_(std::move(strings)) {}

    Result<Table> read(const pugi::xml_document& document) {
        const pugi::xml_node data = child_named(child_named(document, "worksheet"), "sheetData");
        std::size_t number = 0;
        for (const pugi::xml_node& line : data.children()) {
            const std::size_t written = line.attribute("r").as_uint(0);
            number = written > number ? written : number + 1;
            Row row{number, {}};
            ASSAY_TRY_STATUS(read_row(line, row));
            if (!row.cells.empty()) {
                table_.rows.push_back(std::move(row));
            }
            if (table_.rows.size() > kRowsMax) {
                return fail(Code::kLimit, "table.limit.rows"_id,
                            {{"limit", std::to_string(kRowsMax)}});
            }
        }
        return std::move(table_);
    }

  private:
    Status read_row(const pugi::xml_node& line, Row& row) {
        std::size_t next = 0;
        for (const pugi::xml_node& cell : line.children()) {
            const std::string_view reference = cell.attribute("r").value();
            const auto column = reference.empty() ? std::optional(next) : column_of(reference);
            if (!column || *column >= kColumnsMax) {
                return Error{Code::kLimit,
                             {"table.limit.columns"_id, {{"line", std::to_string(row.number)}}}};
            }
            next = *column + 1;
            const std::string text = text_of(cell, row.number, *column);
            if (text.size() > kCellBytesMax) {
                return Error{Code::kLimit,
                             {"table.limit.cell"_id, {{"line", std::to_string(row.number)}}}};
            }
            const std::string_view bare = trimmed(text);
            if (!bare.empty()) {
                row.cells.resize(std::max(row.cells.size(), *column + 1));
                row.cells[*column] = bare;
            }
        }
        return Ok{};
    }

    std::string text_of(const pugi::xml_node& cell, std::size_t row, std::size_t column) {
        const std::string_view type = cell.attribute("t").as_string("n");
        const std::string value = child_named(cell, "v").text().get();
        if (type == "s") {
            std::size_t index = 0;
            const auto end = std::from_chars(value.data(), value.data() + value.size(), index);
            return end.ec == std::errc() && index < strings_.size() ? strings_[index] : "";
        }
        if (type == "inlineStr") {
            return rich_text(child_named(cell, "is"));
        }
        if (type == "b") {
            return value == "1" ? "TRUE" : "FALSE";
        }
        if (type == "e") {
            table_.remarks.push_back(
                {row, column, {"table.remark.formula"_id, {{"value", value}}}});
            return {};
        }
        return type == "n" ? number_text(value, row, column) : value;
    }

    /// A number as a person wrote it: 42, not 42.0 or 4.2E1.
    std::string number_text(const std::string& value, std::size_t row, std::size_t column) {
        double number = 0;
        const auto end = std::from_chars(value.data(), value.data() + value.size(), number);
        if (end.ec != std::errc() || end.ptr != value.data() + value.size() ||
            !std::isfinite(number)) {
            return value;
        }
        if (std::abs(number) >= kExactInteger) {
            table_.remarks.push_back({row, column, {"table.remark.digits"_id, {{"value", value}}}});
        }
        return decimal(number);
    }

    std::vector<std::string> strings_;
    Table table_;
};

}  // namespace

Result<Table> read_xlsx(ByteView bytes) {
    if (bytes.size() > kTableBytesMax) {
        return fail(Code::kLimit, "table.limit.bytes"_id,
                    {{"limit", std::to_string(kTableBytesMax)}});
    }
    ASSAY_TRY(const Archive archive, Archive::open(to_bytes(bytes)));
    ASSAY_TRY(const std::string sheet, first_sheet(archive));
    ASSAY_TRY(std::vector<std::string> strings, shared_strings(archive));
    ASSAY_TRY(const pugi::xml_document document, read_part(archive, sheet));
    return SheetReader(std::move(strings)).read(document);
}

}  // namespace assay::table
