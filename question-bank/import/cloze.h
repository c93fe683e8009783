#pragma once

#include "question-bank/import/question.h"

namespace assay::import {

/// Moodle's embedded answers ("{1:SHORTANSWER:=Berlin~%50%Bonn}") out of `question.stem` into its
/// gaps. False where a gap is of a kind that does not map.
bool read_cloze(Question& question);

}  // namespace assay::import
