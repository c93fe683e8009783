#pragma once

#include "question-bank/import/question.h"

namespace assay::import {

/// Moodle's XML export. kInvalid for what is no such file, kRefused for a document type with an
/// internal subset, kLimit. A question that does not map stands in `left_out`.
Result<Import> read_moodle(ByteView bytes);

}  // namespace assay::import
