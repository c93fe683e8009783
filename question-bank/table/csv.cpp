#include <algorithm>
#include <array>

#include "question-bank/table/table.h"

namespace assay::table {
namespace {

Error at_line(Code code, MessageId id, std::size_t line) {
    return Error{code, {id, {{"line", std::to_string(line)}}}};
}

/// The separator that the first line holds most of outside of quotes.
char separator_of(std::string_view text) {
    constexpr std::array<char, 3> kSeparators{',', '\t', ';'};
    std::array<std::size_t, 3> counts{};
    bool quoted = false;
    for (const char c : text) {
        if (c == '"') {
            quoted = !quoted;
        } else if (!quoted && (c == '\n' || c == '\r')) {
            break;
        } else if (!quoted) {
            const auto found = std::find(kSeparators.begin(), kSeparators.end(), c);
            if (found != kSeparators.end()) {
                ++counts.at(static_cast<std::size_t>(found - kSeparators.begin()));
            }
        }
    }
    const auto most = std::max_element(counts.begin(), counts.end());
    return kSeparators.at(static_cast<std::size_t>(most - counts.begin()));
}

/// One pass over the text; `line_` counts the ends of lines, inside of quotes too.
class CsvReader {
  public:
    explicit CsvReader(std::string_view text) : text_(text), separator_(separator_of(text)) {}

    Result<std::vector<Row>> rows() {
        while (at_ < text_.size()) {
            Row row;
            row.number = line_;
            ASSAY_TRY_STATUS(read_row(row));
            const bool empty = std::all_of(row.cells.begin(), row.cells.end(),
                                           [](const std::string& cell) { return cell.empty(); });
            if (!empty) {
                rows_.push_back(std::move(row));
            }
            if (rows_.size() > kRowsMax) {
                return fail(Code::kLimit, "table.limit.rows"_id,
                            {{"limit", std::to_string(kRowsMax)}});
            }
        }
        return std::move(rows_);
    }

  private:
    Status read_row(Row& row) {
        for (;;) {
            ASSAY_TRY(const std::string cell, read_cell());
            row.cells.emplace_back(trimmed(cell));
            if (row.cells.size() > kColumnsMax) {
                return at_line(Code::kLimit, "table.limit.columns"_id, row.number);
            }
            if (at_ >= text_.size()) {
                return Ok{};
            }
            const char end = text_[at_++];
            if (end != separator_) {
                if (end == '\r' && at_ < text_.size() && text_[at_] == '\n') {
                    ++at_;
                }
                ++line_;
                return Ok{};
            }
        }
    }

    Result<std::string> read_cell() {
        std::string cell;
        const std::size_t begin = line_;
        bool quoted = false;
        while (at_ < text_.size() && text_[at_] == ' ') {
            ++at_;
        }
        if (at_ < text_.size() && text_[at_] == '"') {
            ++at_;
            quoted = true;
        }
        while (at_ < text_.size()) {
            const char c = text_[at_];
            if (quoted && c == '"') {
                ++at_;
                quoted = at_ < text_.size() && text_[at_] == '"';
                if (!quoted) {
                    continue;  // what follows up to the separator belongs to the cell as it is
                }
            } else if (!quoted && (c == separator_ || c == '\n' || c == '\r')) {
                break;
            }
            line_ += text_[at_] == '\n' ? 1U : 0U;
            cell += text_[at_++];
            if (cell.size() > kCellBytesMax) {
                return at_line(Code::kLimit, "table.limit.cell"_id, begin);
            }
        }
        if (quoted) {
            return at_line(Code::kInvalid, "table.csv.quote"_id, begin);
        }
        return cell;
    }

    std::string_view text_;
    char separator_;
    std::size_t at_ = 0;
    std::size_t line_ = 1;
    std::vector<Row> rows_;
};

}  // namespace

Result<Table> read_csv(ByteView bytes) {
    if (bytes.size() > kTableBytesMax) {
        return fail(Code::kLimit, "table.limit.bytes"_id,
                    {{"limit", std::to_string(kTableBytesMax)}});
    }
    ASSAY_TRY(const Decoded decoded, decode(bytes));
    const auto zero = decoded.text.find('\0');
    if (zero != std::string::npos) {
        const auto lines = std::count(
            decoded.text.begin(), decoded.text.begin() + static_cast<std::ptrdiff_t>(zero), '\n');
        return at_line(Code::kInvalid, "table.csv.zero"_id, static_cast<std::size_t>(lines) + 1);
    }
    Table table;
    table.encoding = decoded.encoding;
    ASSAY_TRY(table.rows, CsvReader(decoded.text).rows());
    return table;
}

}  // namespace assay::table
