// Expressions that read variables and constants, and the ones that draw numbers.
#include <array>
#include <cmath>
#include <numbers>

#include "question-bank/item/number.h"
#include "question-bank/item/operator.h"
#include "question-bank/item/weighting.h"

namespace assay::item {

namespace {

Result<Value> variable(const Call& call) {
    const auto name = call.rule.attribute("identifier");
    if (const auto* found = call.context.find(name)) {
        return found->value;
    }
    if (call.context.test != nullptr) {
        return item_variable(call);
    }
    // The standard lets a reference to nothing be NULL; the author is told once, at reading.
    return Value::null();
}

Result<Value> correct(const Call& call) {
    const auto name = call.rule.attribute("identifier");
    const auto* found = call.context.find(name);
    if (found == nullptr) {
        return call.context.test != nullptr ? item_correct(call) : Result<Value>(Value::null());
    }
    if (found->declaration != nullptr && found->declaration->kind != VariableKind::kResponse) {
        return wrong_operand(call, "not a response variable");
    }
    return found->correct;
}

Result<Value> initial(const Call& call) {
    const auto* found = call.context.find(call.rule.attribute("identifier"));
    if (found != nullptr) {
        return found->initial;
    }
    return call.context.test != nullptr ? item_default(call) : Result<Value>(Value::null());
}

Result<Value> base_value(const Call& call) {
    if (call.rule.constant != nullptr) {
        return *call.rule.constant;
    }
    const auto base = base_type_named(call.rule.attribute("baseType"));
    if (!base) {
        return wrong_operand(call, "unknown base type");
    }
    if (call.rule.text.empty()) {
        return Value::null(*base);
    }
    ASSAY_TRY(auto scalar, scalar_from_text(*base, call.rule.text));
    return Value::of(*base, std::move(scalar));
}

Result<Value> null(const Call&) { return Value::null(); }

Result<Value> math_constant(const Call& call) {
    const auto name = call.rule.attribute("name");
    if (name == "pi") {
        return Value::real(std::numbers::pi);
    }
    if (name == "e") {
        return Value::real(std::numbers::e);
    }
    return wrong_operand(call, "unknown constant");
}

Result<Value> random_integer(const Call& call) {
    ASSAY_TRY(const auto low, integer_attribute(call, "min", 0));
    ASSAY_TRY(const auto high, integer_attribute(call, "max", 0));
    ASSAY_TRY(const auto step, integer_attribute(call, "step", 1));
    if (high < low || step < 1) {
        return wrong_operand(call, "empty range");
    }
    const auto span = static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low);
    const auto count = span / static_cast<std::uint64_t>(step) + 1;
    const auto drawn = call.context.numbers.below(count == 0 ? UINT64_MAX : count);
    return Value::integer(low + static_cast<std::int64_t>(drawn) * step);
}

Result<Value> random_float(const Call& call) {
    const auto low_text = call.rule.attribute("min");
    ASSAY_TRY(const auto low, real_attribute(call, low_text.empty() ? "0" : low_text));
    ASSAY_TRY(const auto high, real_attribute(call, call.rule.attribute("max")));
    if (!(high >= low)) {
        return wrong_operand(call, "empty range");
    }
    return Value::real(low + (high - low) * call.context.numbers.fraction());
}

constexpr std::array kOperators = {
    Operator{"variable", 0, 0, variable},
    Operator{"correct", 0, 0, correct},
    Operator{"default", 0, 0, initial},
    Operator{"baseValue", 0, 0, base_value},
    Operator{"null", 0, 0, null},
    Operator{"mathConstant", 0, 0, math_constant},
    Operator{"randomInteger", 0, 0, random_integer},
    Operator{"randomFloat", 0, 0, random_float},
};

}  // namespace

std::span<const Operator> variable_operators() { return kOperators; }

}  // namespace assay::item
