#pragma once

#include <map>
#include <string>

#include "question-bank/item/package.h"

namespace assay::item {

/// "simpleChoice" to "simple-choice", "durationLT" to "duration-lt".
std::string kebab_case(std::string_view camel);

/// The package as QTI 3.0: items and tests with what they take from other files, a new manifest,
/// and every other file as it is. The same names (identifiers, paths) as before; defaults that
/// changed with the version are written out. Errors of read_item_at and read_test_at.
Result<std::map<std::string, Bytes>> package_as_30(const Package& package);

}  // namespace assay::item
