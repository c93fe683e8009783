// Any file as a roster: what is accepted is a candidate a row, with what a candidate needs, and
// nobody twice. Of eighteen digits exactly one check digit is right.
#include <cstdint>
#include <set>
#include <string>

#include "crypto/base/check.h"
#include "server/core/roster_columns.h"

namespace {

using namespace assay::server_core;

void check_candidates(const assay::table::Table& table, const std::vector<Candidate>& read) {
    ASSAY_CHECK(read.size() + 1 == table.rows.size() && table.rows.size() <= kSittingRowsMax);
    std::set<std::string> numbers;
    for (std::size_t i = 0; i < read.size(); ++i) {
        const Candidate& each = read[i];
        ASSAY_CHECK(each.line == table.rows[i + 1].number);
        ASSAY_CHECK(!each.name.empty() && !each.seat.empty());
        ASSAY_CHECK(!each.number.empty() && !is_destroyed_number(each.number));
        ASSAY_CHECK(numbers.insert(each.number).second);
        ASSAY_CHECK(each.extra_time_percent <= kExtraTimePercentMax);
        for (const auto& cell : {each.name, each.number, each.seat, each.room, each.note}) {
            ASSAY_CHECK(cell.size() <= kRosterCellBytesMax);
        }
    }
    assay::table::Table twice = table;
    twice.rows.push_back(twice.rows.back());
    ASSAY_CHECK(!read_candidates(twice).ok());
}

void check_digits(std::string_view text) {
    constexpr std::size_t kLength = 18;
    if (text.size() < kLength ||
        text.substr(0, kLength - 1).find_first_not_of("0123456789") != std::string_view::npos) {
        return;
    }
    int right = 0;
    for (const char last : std::string_view("0123456789X")) {
        right += check_digit_right(std::string(text.substr(0, kLength - 1)) + last) ? 1 : 0;
    }
    ASSAY_CHECK(right == 1);
}

/// The first line may name a column: "考号=学籍号".
void rename(assay::table::Table& table) {
    const std::string title = table.rows.empty() ? "" : std::string(table.rows.front().cell(0));
    const auto name = read_column_name(title);
    if (name.ok()) {
        ASSAY_CHECK(name->ours + "=" + name->theirs == title);
        table.rows.erase(table.rows.begin());
        const auto named = name_columns(table, {*name});
        ASSAY_CHECK(named.ok() || named.error().code == assay::Code::kInvalid);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const assay::ByteView input(data, size);
    check_digits(assay::as_text(input));
    auto table = assay::table::read_table(input);
    if (!table.ok()) {
        return 0;
    }
    rename(*table);
    const auto read = read_candidates(*table);
    if (read.ok()) {
        check_candidates(*table, *read);
    }
    return 0;
}
