#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "question-bank/item/declaration.h"
#include "question-bank/item/responses.h"
#include "question-bank/item/shuffle.h"

namespace assay::item {

struct Test;
struct ItemResult;

/// A variable while rules run. `declaration` stays the author's; template processing changes
/// `correct` and `initial` here only.
struct Variable {
    const Declaration* declaration = nullptr;
    Value value;
    Value initial;
    Value correct;
};

/// What an expression may look at and a rule may change, for one item or one test.
struct Context {
    std::map<std::string, Variable, std::less<>> variables;
    SeededNumbers numbers{0};
    std::vector<Message> warnings;
    std::size_t steps = 0;
    Values marks;              ///< outcomes that a person set: no rule changes them
    Values template_defaults;  ///< what the test sets instead of a template variable's own default

    /// Outcome processing of a test; null in an item.
    const Test* test = nullptr;
    const std::vector<ItemResult>* items = nullptr;

    Variable* find(std::string_view identifier);
};

}  // namespace assay::item
