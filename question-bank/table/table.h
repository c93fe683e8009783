#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/base/bytes.h"
#include "crypto/base/result.h"
#include "question-bank/table/encoding.h"

namespace assay::table {

inline constexpr std::size_t kTableBytesMax = std::size_t{32} << 20;
inline constexpr std::size_t kRowsMax = 200'000;
inline constexpr std::size_t kColumnsMax = 512;
inline constexpr std::size_t kCellBytesMax = 131'072;

/// A row that is not empty. Cells are UTF-8, spaces around them taken off (U+3000 too).
struct Row {
    std::size_t number = 0;  ///< row of the sheet or line of the file where it begins, from 1
    std::vector<std::string> cells;

    /// Empty where the row is shorter.
    std::string_view cell(std::size_t column) const;
};

/// Something that was read all the same: which cell, and what a person should look at.
struct Remark {
    std::size_t row = 0;
    std::size_t column = 0;  ///< from 0
    Message what;
};

struct Table {
    std::vector<Row> rows;
    std::vector<Remark> remarks;
    std::optional<Encoding> encoding;  ///< of a CSV file
};

/// CSV: comma, semicolon or tab, whichever the first line holds most of; quotes as in RFC 4180.
/// kInvalid with the line (a quote that never ends, an unknown encoding, a zero byte), kLimit.
Result<Table> read_csv(ByteView bytes);

/// The first sheet of an .xlsx workbook. Formulas give the value that was saved with them.
/// kInvalid (what part is broken), kRefused (encrypted), kLimit.
Result<Table> read_xlsx(ByteView bytes);

/// Either, by what the bytes are, whatever the file is called.
Result<Table> read_table(ByteView bytes);

/// The column of `header` whose title is one of `titles`; case, spaces and full-width letters do
/// not count.
std::optional<std::size_t> find_column(const Row& header,
                                       std::initializer_list<std::string_view> titles);

/// "A", "B", ... "AA": how a spreadsheet calls a column; for messages.
std::string column_letters(std::size_t column);

/// Without spaces, tabs and U+3000 at both ends.
std::string_view trimmed(std::string_view text);

}  // namespace assay::table
