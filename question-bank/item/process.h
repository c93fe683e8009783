#pragma once

#include "question-bank/item/context.h"
#include "question-bank/item/item.h"
#include "question-bank/item/rule.h"

namespace assay::item {

/// What runs the rule of this name; null for a name that is no rule.
Perform rule_named(std::string_view name);

/// Runs the children of responseProcessing, templateProcessing or outcomeProcessing.
Result<Flow> run_rules(const std::vector<Rule>& rules, Context& context);

/// Assigns with the conversions of the standard: integer to float; float to integer with a
/// warning; kInvalid for anything else. A person's mark stays.
Status assign(Context& context, const Rule& rule, Value value);

/// Makes a variable for a declaration, holding its default.
void declare(Context& context, const Declaration& declaration);

/// Brings a value to a declared type: integer to float, a single one into a container.
Result<Value> converted(const Declaration& declaration, Value value, Context& context);

/// The same template processing as scoring does, with its constraints tried again.
Status run_templates(const Item& item, Context& context);

/// A context for the rules of a test, after its outcome processing over these results. Points into
/// both arguments.
Result<Context> test_context(const Test& test, const std::vector<ItemResult>& items);

inline constexpr int kConstraintTriesMax = 100;

}  // namespace assay::item
