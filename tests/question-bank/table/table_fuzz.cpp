// Any bytes: rows within the limits, numbers that rise, cells that are trimmed UTF-8. What was
// read as CSV reads the same when it is written again with every cell quoted.
#include "question-bank/table/table.h"

#include <cstdint>
#include <string>

#include "crypto/base/check.h"

namespace {

std::string written(const assay::table::Table& table) {
    std::string out;
    for (const auto& row : table.rows) {
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            out += i == 0 ? "\"" : ",\"";
            for (const char c : row.cells[i]) {
                out += c == '"' ? std::string("\"\"") : std::string(1, c);
            }
            out += '"';
        }
        out += '\n';
    }
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto table = assay::table::read_table({data, size});
    if (!table.ok()) {
        return 0;
    }
    std::size_t last = 0;
    for (const auto& row : table->rows) {
        ASSAY_CHECK(row.number > last && row.cells.size() <= assay::table::kColumnsMax);
        last = row.number;
        for (const std::string& cell : row.cells) {
            ASSAY_CHECK(assay::table::trimmed(cell) == cell);
        }
    }
    if (table->encoding) {
        const std::string text = written(*table);
        if (text.size() <= assay::table::kTableBytesMax) {
            const auto again = assay::table::read_csv(assay::as_bytes(text));
            ASSAY_CHECK(again.ok() && again->rows.size() == table->rows.size());
            for (std::size_t i = 0; i < table->rows.size(); ++i) {
                ASSAY_CHECK(again->rows[i].cells == table->rows[i].cells);
            }
        }
    }
    return 0;
}
