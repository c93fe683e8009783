// Any bytes as a workbook or a CSV of items: what comes in can be read and scored, and what does
// not is named by a row of the sheet.
#include "question-bank/import/sheet.h"

#include <cstdint>

#include "tests/question-bank/import/questions_property.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto table = assay::table::read_table({data, size});
    if (!table.ok()) {
        return 0;
    }
    const auto source = assay::import::read_sheet(*table, nullptr);
    if (source.ok()) {
        assay::import::test::check_questions(*source);
        for (const auto& notice : source->left_out) {
            ASSAY_CHECK(notice.place > 0 && notice.place <= table->rows.back().number);
        }
    }
    return 0;
}
