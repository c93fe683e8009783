// mathOperator: the functions of the standard, a row each.
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "question-bank/item/number.h"
#include "question-bank/item/operator.h"

namespace assay::item {

namespace {

struct Function {
    std::string_view name;
    double (*of)(double x);
};

double signum(double x) { return x > 0 ? 1 : (x < 0 ? -1 : 0); }

constexpr std::array kReal = {
    Function{"sin", [](double x) { return std::sin(x); }},
    Function{"cos", [](double x) { return std::cos(x); }},
    Function{"tan", [](double x) { return std::tan(x); }},
    Function{"sec", [](double x) { return 1 / std::cos(x); }},
    Function{"csc", [](double x) { return 1 / std::sin(x); }},
    Function{"cot", [](double x) { return 1 / std::tan(x); }},
    Function{"asin", [](double x) { return std::asin(x); }},
    Function{"acos", [](double x) { return std::acos(x); }},
    Function{"atan", [](double x) { return std::atan(x); }},
    Function{"asec", [](double x) { return std::acos(1 / x); }},
    Function{"acsc", [](double x) { return std::asin(1 / x); }},
    Function{"acot", [](double x) { return std::atan(1 / x); }},
    Function{"sinh", [](double x) { return std::sinh(x); }},
    Function{"cosh", [](double x) { return std::cosh(x); }},
    Function{"tanh", [](double x) { return std::tanh(x); }},
    Function{"sech", [](double x) { return 1 / std::cosh(x); }},
    Function{"csch", [](double x) { return 1 / std::sinh(x); }},
    Function{"coth", [](double x) { return 1 / std::tanh(x); }},
    Function{"log", [](double x) { return std::log10(x); }},
    Function{"ln", [](double x) { return std::log(x); }},
    Function{"exp", [](double x) { return std::exp(x); }},
    Function{"abs", [](double x) { return std::fabs(x); }},
    Function{"toDegrees", [](double x) { return x * 180 / std::numbers::pi; }},
    Function{"toRadians", [](double x) { return x / 180 * std::numbers::pi; }},
};

constexpr std::array kWhole = {
    Function{"signum", signum},
    Function{"floor", [](double x) { return std::floor(x); }},
    Function{"ceil", [](double x) { return std::ceil(x); }},
};

constexpr std::array<std::string_view, 4> kDivisions = {"csc", "cot", "csch", "coth"};

/// A pole is no number; a limit (log 0, exp of INF) is one.
bool is_pole(std::string_view name, double result) {
    return std::isinf(result) &&
           std::find(kDivisions.begin(), kDivisions.end(), name) != kDivisions.end();
}

Result<Value> atan2_of(const Call& call) {
    if (call.operands.size() != 2) {
        return wrong_operand(call, "two operands");
    }
    const auto y = number_of(call.operands[0]);
    const auto x = number_of(call.operands[1]);
    if (!y || !x) {
        return wrong_operand(call, "not a number");
    }
    const auto out = std::atan2(*y, *x);
    return std::isnan(out) ? Value::null(BaseType::kFloat) : Value::real(out);
}

Value whole_result(double out) {
    const auto whole = std::isfinite(out) ? as_integer(out) : std::nullopt;
    return whole ? Value::integer(*whole) : Value::real(out);
}

Result<Value> math_operator(const Call& call) {
    if (any_null(call.operands)) {
        return Value::null(BaseType::kFloat);
    }
    const auto name = call.rule.attribute("name");
    if (name == "atan2") {
        return atan2_of(call);
    }
    const auto x = number_of(call.operands[0]);
    if (!x || call.operands.size() != 1 || call.operands[0].cardinality != Cardinality::kSingle) {
        return wrong_operand(call, "one number");
    }
    for (const auto& function : kReal) {
        if (function.name == name) {
            const auto out = function.of(*x);
            return std::isnan(out) || is_pole(name, out) ? Value::null(BaseType::kFloat)
                                                         : Value::real(out);
        }
    }
    for (const auto& function : kWhole) {
        if (function.name == name) {
            return std::isnan(*x) ? Value::null(BaseType::kInteger) : whole_result(function.of(*x));
        }
    }
    return wrong_operand(call, "unknown function");
}

constexpr std::array kOperators = {
    Operator{"mathOperator", 1, kManyOperands, math_operator},
};

}  // namespace

std::span<const Operator> mathematics_operators() { return kOperators; }

}  // namespace assay::item
