#pragma once

#include "server/core/planning.h"

namespace assay::server_core {

/// One column of a college's table under the name that this server knows: "考号=学籍号".
struct ColumnName {
    std::string ours;
    std::string theirs;
};
/// kUsage for a text without "=", or with nothing on a side of it.
Result<ColumnName> read_column_name(std::string_view text);

/// Gives the columns of the first row our names. kInvalid (server.plan.column) where a title is not
/// there.
Status name_columns(table::Table& table, const std::vector<ColumnName>& names);

/// What a spreadsheet leaves of a long number: "4.2E+17".
bool is_destroyed_number(std::string_view text);

/// The check digit of an 18-digit identity number (GB 11643). True for numbers of another length,
/// which have none.
bool check_digit_right(std::string_view number);

}  // namespace assay::server_core
