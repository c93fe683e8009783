#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "question-bank/item/context.h"
#include "question-bank/item/rule.h"
#include "question-bank/item/value.h"

namespace assay::item {

/// One evaluation of an operator: its element, where it stands, and its operands' values.
struct Call {
    const Rule& rule;
    Context& context;
    std::span<const Value> operands;
};

/// An expression of the standard. `least` and `most` count operands.
struct Operator {
    std::string_view name;
    std::size_t least;
    std::size_t most;
    Result<Value> (*apply)(const Call& call);
};

inline constexpr std::size_t kManyOperands = 1000;

/// Nothing for a name that is no expression.
const Operator* operator_named(std::string_view name);

/// The tables, a theme each; an operator is added in its theme's file and nowhere else.
std::span<const Operator> variable_operators();
std::span<const Operator> mapping_operators();
std::span<const Operator> container_operators();
std::span<const Operator> logic_operators();
std::span<const Operator> comparison_operators();
std::span<const Operator> arithmetic_operators();
std::span<const Operator> mathematics_operators();
std::span<const Operator> statistics_operators();
std::span<const Operator> rounding_operators();
std::span<const Operator> text_operators();
std::span<const Operator> test_operators();
std::span<const Operator> custom_operators();

/// Applies an operator to operands: what evaluate() does once it has them.
Result<Value> apply(const Call& call);

/// The value of an expression. kInvalid names the element and its line.
Result<Value> evaluate(const Rule& expression, Context& context);

/// kInvalid: this operator cannot take these operands.
Error wrong_operand(const Call& call, const char* reason);

bool any_null(std::span<const Value> operands);
bool is_numeric(const Value& value);
/// A NULL among the items of a container.
bool holds_null(const Value& value);

/// Attribute that is an integer or names a variable with one; `otherwise` where it is missing.
Result<std::int64_t> integer_attribute(const Call& call, const char* name, std::int64_t otherwise);
Result<double> real_attribute(const Call& call, std::string_view text);

}  // namespace assay::item
