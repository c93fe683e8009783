#pragma once

#include "crypto/base/bytes.h"
#include "question-bank/item/package.h"

namespace assay::item {

/// The item or test without anything that tells the key: correct responses, mappings, lookup
/// tables, response and outcome processing, default outcome values, rubric blocks for other views
/// than the candidate's, feedback, comments and processing instructions are gone; identifiers,
/// choices, materials and template processing without setCorrectResponse stay. The result is a
/// complete item (or test) that read_item (read_test) reads.
Result<Bytes> candidate_view(ByteView xml);

/// The files of a package for the candidate: manifest, items and tests in their candidate view,
/// and what they refer to. Files that only the scoring side refers to stay out.
Result<std::map<std::string, Bytes>> candidate_files(const Package& package);

}  // namespace assay::item
