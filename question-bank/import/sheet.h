#pragma once

#include "question-bank/import/question.h"
#include "question-bank/table/pictures.h"
#include "question-bank/table/table.h"

namespace assay::import {

/// Columns of the item sheet. The README's table says what each holds.
enum class SheetColumn {
    kType,
    kText,
    kOptions,
    kKey,
    kPoints,
    kDifficulty,
    kTopic,
    kLevel,
    kPictures,
};

/// Reads an item sheet (.xlsx or CSV). `pictures`: where the named pictures are, or null. kInvalid
/// where the columns for type, text or key are missing. A row that cannot be used stands in
/// `left_out` with its row and column.
Result<Import> read_sheet(const table::Table& sheet, const table::Pictures* pictures);

/// The language that the title of the text column is written in: "en", else "zh-CN".
std::string language_of_sheet(const table::Table& sheet);

/// The parts of an example workbook (an .xlsx is a zip of them), with a row of each type.
/// `language`: "zh-CN" or "en".
std::map<std::string, Bytes> sheet_template(std::string_view language);

}  // namespace assay::import
