#include "server/core/roster_columns.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>

namespace assay::server_core {
namespace {

struct Columns {
    std::size_t name = 0;
    std::size_t number = 0;
    std::size_t seat = 0;
    std::optional<std::size_t> room;
    std::optional<std::size_t> extra_time;
    std::optional<std::size_t> note;
    std::optional<std::size_t> fee;
    std::optional<std::size_t> identity;  ///< looked at, never kept
};

Error cell_error(MessageId problem, const table::Row& row, const char* column) {
    return fail(Code::kInvalid, problem,
                {{"line", std::to_string(row.number)}, {"column", column}});
}

Result<std::size_t> needed(const std::optional<std::size_t>& column, const char* title) {
    if (!column) {
        return fail(Code::kInvalid, "server.plan.column"_id, {{"column", title}});
    }
    return *column;
}

Result<Columns> find_columns(const table::Row& header) {
    using table::find_column;
    Columns out;
    ASSAY_TRY(out.name, needed(find_column(header, {"姓名", "name"}), "姓名"));
    ASSAY_TRY(
        out.number,
        needed(find_column(header, {"考号", "准考证号", "number", "candidate number"}), "考号"));
    ASSAY_TRY(out.seat, needed(find_column(header, {"座位", "座位号", "seat"}), "座位"));
    out.room = find_column(header, {"考场", "room"});
    out.extra_time = find_column(header, {"加时百分比", "extra time percent"});
    out.note = find_column(header, {"备注", "note"});
    out.fee = find_column(header, {"缴费", "fee"});
    out.identity = find_column(header, {"身份证号", "证件号码", "identity number"});
    return out;
}

Result<std::uint32_t> percent(const table::Row& row, std::string_view text) {
    std::uint32_t value = 0;
    const auto end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, value);
    if (!text.empty() &&
        (read.ec != std::errc{} || read.ptr != end || value > kExtraTimePercentMax)) {
        return cell_error("server.plan.cell-range"_id, row, "加时百分比");
    }
    return value;
}

Result<std::string> cell(const table::Row& row, const std::optional<std::size_t>& column,
                         const char* title, bool may_be_empty) {
    const std::string_view text = column ? row.cell(*column) : std::string_view();
    if (text.empty() && !may_be_empty) {
        return cell_error("server.plan.cell-empty"_id, row, title);
    }
    if (text.size() > kRosterCellBytesMax) {
        return cell_error("server.plan.cell-length"_id, row, title);
    }
    return std::string(text);
}

Status check_numbers(const table::Row& row, const Columns& columns) {
    if (is_destroyed_number(row.cell(columns.number))) {
        return cell_error("server.plan.cell-destroyed"_id, row, "考号");
    }
    if (!columns.identity) {
        return Ok{};
    }
    if (is_destroyed_number(row.cell(*columns.identity))) {
        return cell_error("server.plan.cell-destroyed"_id, row, "身份证号");
    }
    return check_digit_right(row.cell(*columns.identity))
               ? Status(Ok{})
               : Status(cell_error("server.plan.cell-check"_id, row, "身份证号"));
}

/// What the reader of the table saw: a long number that the sheet itself has rounded.
Status check_remarks(const table::Table& table, const Columns& columns) {
    for (const table::Remark& remark : table.remarks) {
        const bool number = remark.column == columns.number;
        if (remark.what.id != "table.remark.digits"_id) {
            continue;
        }
        if (number || (columns.identity && remark.column == *columns.identity)) {
            return cell_error("server.plan.cell-destroyed"_id, {remark.row, {}},
                              number ? "考号" : "身份证号");
        }
    }
    return Ok{};
}

Result<Candidate> read_candidate(const table::Row& row, const Columns& columns) {
    ASSAY_TRY_STATUS(check_numbers(row, columns));
    Candidate out;
    out.line = row.number;
    ASSAY_TRY(out.name, cell(row, columns.name, "姓名", false));
    ASSAY_TRY(out.number, cell(row, columns.number, "考号", false));
    ASSAY_TRY(out.seat, cell(row, columns.seat, "座位", false));
    ASSAY_TRY(out.room, cell(row, columns.room, "考场", true));
    ASSAY_TRY(out.note, cell(row, columns.note, "备注", true));
    ASSAY_TRY(out.fee, cell(row, columns.fee, "缴费", true));
    if (columns.extra_time) {
        ASSAY_TRY(out.extra_time_percent, percent(row, row.cell(*columns.extra_time)));
    }
    return out;
}

}  // namespace

bool is_destroyed_number(std::string_view text) {
    const std::size_t e = text.find_first_of("Ee");
    if (e == std::string_view::npos || e == 0 || e + 1 >= text.size()) {
        return false;
    }
    const auto digits = [](std::string_view part, std::string_view also) {
        return !part.empty() && std::ranges::all_of(part, [also](char c) {
            return (c >= '0' && c <= '9') || also.find(c) != std::string_view::npos;
        });
    };
    const bool sign = text[e + 1] == '+';
    return sign && digits(text.substr(0, e), ".") && digits(text.substr(e + 2), "");
}

bool check_digit_right(std::string_view number) {
    constexpr std::size_t kLength = 18;
    constexpr std::array<int, kLength - 1> kWeights{7, 9, 10, 5,  8, 4, 2, 1, 6,
                                                    3, 7, 9,  10, 5, 8, 4, 2};
    constexpr std::string_view kCheck = "10X98765432";
    if (number.size() != kLength) {
        return true;
    }
    int sum = 0;
    for (std::size_t i = 0; i + 1 < kLength; ++i) {
        if (number[i] < '0' || number[i] > '9') {
            return false;
        }
        sum += kWeights.at(i) * (number[i] - '0');
    }
    const char last = number.back() == 'x' ? 'X' : number.back();
    return last == kCheck[static_cast<std::size_t>(sum % 11)];
}

Result<ColumnName> read_column_name(std::string_view text) {
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos || equals == 0 || equals + 1 == text.size()) {
        return fail(Code::kUsage, "server.plan.column-name"_id, {{"text", std::string(text)}});
    }
    return ColumnName{std::string(text.substr(0, equals)), std::string(text.substr(equals + 1))};
}

Status name_columns(table::Table& table, const std::vector<ColumnName>& names) {
    if (table.rows.empty()) {
        return Ok{};  // read_candidates says what is wrong with it
    }
    for (const ColumnName& name : names) {
        ASSAY_TRY(
            const std::size_t column,
            needed(table::find_column(table.rows.front(), {name.theirs}), name.theirs.c_str()));
        table.rows.front().cells.at(column) = name.ours;
    }
    return Ok{};
}

Result<std::vector<Candidate>> read_candidates(const table::Table& table) {
    if (table.rows.size() < 2) {
        return fail(Code::kInvalid, "server.plan.empty"_id);
    }
    if (table.rows.size() > kSittingRowsMax) {
        return fail(Code::kLimit, "server.plan.rows"_id,
                    {{"limit", std::to_string(kSittingRowsMax)}});
    }
    ASSAY_TRY(const Columns columns, find_columns(table.rows.front()));
    ASSAY_TRY_STATUS(check_remarks(table, columns));
    std::vector<Candidate> out;
    std::set<std::string> numbers;
    std::set<std::pair<std::string, std::string>> seats;
    for (std::size_t i = 1; i < table.rows.size(); ++i) {
        const table::Row& row = table.rows[i];
        ASSAY_TRY(Candidate candidate, read_candidate(row, columns));
        if (!numbers.insert(candidate.number).second) {
            return cell_error("server.plan.cell-twice"_id, row, "考号");
        }
        if (!seats.emplace(candidate.room, candidate.seat).second) {
            return cell_error("server.plan.cell-twice"_id, row, "座位");
        }
        out.push_back(std::move(candidate));
    }
    return out;
}

}  // namespace assay::server_core
