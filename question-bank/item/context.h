#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
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

/// Variables by name. An item has a handful, made anew for every response that is scored: a row of
/// them is found faster than a tree is built.
class Variables {
  public:
    using Entry = std::pair<std::string, Variable>;

    void reserve(std::size_t count) { entries_.reserve(count); }
    /// Makes it where it is not there; a reference holds until the next one is made.
    Variable& operator[](std::string_view name);
    std::vector<Entry>::iterator find(std::string_view name);
    std::vector<Entry>::const_iterator find(std::string_view name) const;
    std::vector<Entry>::iterator end() { return entries_.end(); }
    std::vector<Entry>::const_iterator end() const { return entries_.end(); }

  private:
    std::vector<Entry> entries_;
};

/// What an expression may look at and a rule may change, for one item or one test.
struct Context {
    Variables variables;
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
