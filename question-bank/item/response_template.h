#pragma once

#include <optional>
#include <string_view>

#include "question-bank/item/rule.h"

namespace assay::item {

/// The rules that a response processing template stands for, by the last part of its URI:
/// match_correct, map_response, map_response_point and the ones of Common Cartridge. Nothing for
/// another one.
std::optional<Rule> response_template(std::string_view uri);

}  // namespace assay::item
