#include <charconv>
#include <map>
#include <set>

#include "server/core/planning.h"

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

Result<Candidate> read_candidate(const table::Row& row, const Columns& columns) {
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

Result<std::vector<Candidate>> read_candidates(const table::Table& table) {
    if (table.rows.size() < 2) {
        return fail(Code::kInvalid, "server.plan.empty"_id);
    }
    if (table.rows.size() > kSittingRowsMax) {
        return fail(Code::kLimit, "server.plan.rows"_id,
                    {{"limit", std::to_string(kSittingRowsMax)}});
    }
    ASSAY_TRY(const Columns columns, find_columns(table.rows.front()));
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
