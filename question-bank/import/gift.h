#pragma once

#include "question-bank/import/question.h"

namespace assay::import {

/// Moodle's GIFT text. kInvalid for text in no known encoding, kLimit. A question that does not
/// map stands in `left_out` with its line.
Result<Import> read_gift(ByteView bytes);

}  // namespace assay::import
