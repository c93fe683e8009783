// sum, product, subtract, divide, power, whole-number division, gcd, lcm, min, max.
#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <optional>

#include "question-bank/item/number.h"
#include "question-bank/item/operator.h"

namespace assay::item {

namespace {

/// The numbers of all operands in a row; `integers` while every one is an integer.
struct Numbers {
    std::vector<double> reals;
    std::vector<std::int64_t> integers;
    bool whole = true;
};

/// Nothing where an operand or an element is NULL.
Result<std::optional<Numbers>> flattened(const Call& call) {
    if (any_null(call.operands)) {
        return std::optional<Numbers>();
    }
    Numbers out;
    for (const auto& operand : call.operands) {
        if (!is_numeric(operand) || operand.cardinality == Cardinality::kRecord) {
            return wrong_operand(call, "not numbers");
        }
        if (holds_null(operand)) {
            return std::optional<Numbers>();
        }
        out.whole = out.whole && operand.base == BaseType::kInteger;
        for (const auto& item : operand.items) {
            const auto* integer = std::get_if<std::int64_t>(&item);
            out.integers.push_back(integer != nullptr ? *integer : 0);
            out.reals.push_back(integer != nullptr ? static_cast<double>(*integer)
                                                   : std::get<double>(item));
        }
    }
    return std::optional(std::move(out));
}

Value whole_or_null(std::optional<std::int64_t> value) {
    return value ? Value::integer(*value) : Value::null(BaseType::kInteger);
}

Result<Value> sum(const Call& call) {
    ASSAY_TRY(const auto numbers, flattened(call));
    if (!numbers) {
        return Value::null();
    }
    if (!numbers->whole) {
        return Value::real(std::accumulate(numbers->reals.begin(), numbers->reals.end(), 0.0));
    }
    std::optional<std::int64_t> total = 0;
    for (const auto n : numbers->integers) {
        total = total ? checked_add(*total, n) : total;
    }
    return whole_or_null(total);
}

Result<Value> product(const Call& call) {
    ASSAY_TRY(const auto numbers, flattened(call));
    if (!numbers) {
        return Value::null();
    }
    if (!numbers->whole) {
        double total = 1;
        for (const auto n : numbers->reals) {
            total *= n;
        }
        return Value::real(total);
    }
    std::optional<std::int64_t> total = 1;
    for (const auto n : numbers->integers) {
        total = total ? checked_multiply(*total, n) : total;
    }
    return whole_or_null(total);
}

Result<Value> subtract(const Call& call) {
    ASSAY_TRY(const auto n, flattened(call));
    if (!n) {
        return Value::null();
    }
    if (n->reals.size() != 2) {
        return wrong_operand(call, "cardinality");
    }
    if (!n->whole) {
        return Value::real(n->reals[0] - n->reals[1]);
    }
    std::int64_t out = 0;
    return __builtin_sub_overflow(n->integers[0], n->integers[1], &out)
               ? Value::null(BaseType::kInteger)
               : Value::integer(out);
}

Value real_or_null(double value, const std::vector<double>& from) {
    const bool finite =
        std::all_of(from.begin(), from.end(), [](double d) { return std::isfinite(d); });
    return std::isnan(value) || (finite && std::isinf(value)) ? Value::null(BaseType::kFloat)
                                                              : Value::real(value);
}

Result<Value> divide(const Call& call) {
    ASSAY_TRY(const auto n, flattened(call));
    if (!n) {
        return Value::null(BaseType::kFloat);
    }
    if (n->reals.size() != 2) {
        return wrong_operand(call, "cardinality");
    }
    return n->reals[1] == 0 ? Value::null(BaseType::kFloat)
                            : real_or_null(n->reals[0] / n->reals[1], n->reals);
}

Result<Value> power(const Call& call) {
    ASSAY_TRY(const auto n, flattened(call));
    if (!n) {
        return Value::null(BaseType::kFloat);
    }
    if (n->reals.size() != 2) {
        return wrong_operand(call, "cardinality");
    }
    return real_or_null(std::pow(n->reals[0], n->reals[1]), n->reals);
}

/// Two single integers; nothing where one is NULL or the divisor 0.
Result<std::optional<std::pair<std::int64_t, std::int64_t>>> divisible(const Call& call) {
    using Both = std::optional<std::pair<std::int64_t, std::int64_t>>;
    if (any_null(call.operands)) {
        return Both();
    }
    for (const auto& operand : call.operands) {
        if (operand.base != BaseType::kInteger || operand.cardinality != Cardinality::kSingle) {
            return wrong_operand(call, "not a single integer");
        }
    }
    const auto a = std::get<std::int64_t>(call.operands[0].single());
    const auto b = std::get<std::int64_t>(call.operands[1].single());
    return b == 0 || (b == -1 && a == INT64_MIN) ? Both() : Both(std::pair(a, b));
}

/// Rounded down, as the standard says, also below zero.
std::int64_t floored(std::int64_t a, std::int64_t b) {
    const auto quotient = a / b;
    return a % b != 0 && ((a < 0) != (b < 0)) ? quotient - 1 : quotient;
}

Result<Value> integer_divide(const Call& call) {
    ASSAY_TRY(const auto both, divisible(call));
    return both ? Value::integer(floored(both->first, both->second))
                : Value::null(BaseType::kInteger);
}

Result<Value> integer_modulus(const Call& call) {
    ASSAY_TRY(const auto both, divisible(call));
    return both ? Value::integer(both->first - both->second * floored(both->first, both->second))
                : Value::null(BaseType::kInteger);
}

Result<Value> integer_to_float(const Call& call) {
    const auto& value = call.operands[0];
    if (any_null(call.operands)) {
        return Value::null(BaseType::kFloat);
    }
    const auto number = number_of(value);
    if (!number || value.cardinality != Cardinality::kSingle) {
        return wrong_operand(call, "not a single integer");
    }
    return Value::real(*number);
}

Result<std::optional<std::vector<std::int64_t>>> integers_of(const Call& call) {
    ASSAY_TRY(auto numbers, flattened(call));
    if (!numbers) {
        return std::optional<std::vector<std::int64_t>>();
    }
    if (!numbers->whole) {
        return wrong_operand(call, "not integers");
    }
    for (const auto n : numbers->integers) {
        if (n == INT64_MIN) {
            return wrong_operand(call, "too large");
        }
    }
    return std::optional(std::move(numbers->integers));
}

Result<Value> greatest_divisor(const Call& call) {
    ASSAY_TRY(const auto numbers, integers_of(call));
    if (!numbers) {
        return Value::null(BaseType::kInteger);
    }
    std::int64_t out = 0;
    for (const auto n : *numbers) {
        out = std::gcd(out, n);
    }
    return Value::integer(out);
}

Result<Value> least_multiple(const Call& call) {
    ASSAY_TRY(const auto numbers, integers_of(call));
    if (!numbers) {
        return Value::null(BaseType::kInteger);
    }
    std::optional<std::int64_t> out = 1;
    for (const auto n : *numbers) {
        if (n == 0) {
            return Value::integer(0);
        }
        const auto size = std::abs(n);
        out = out ? checked_multiply(*out / std::gcd(*out, size), size) : out;
    }
    return whole_or_null(out);
}

/// min and max give NULL where something is no number, as the standard says of any sub-expression.
template <typename Pick>
Result<Value> extreme(const Call& call, Pick pick) {
    for (const auto& operand : call.operands) {
        if (operand.cardinality == Cardinality::kRecord) {
            return wrong_operand(call, "cardinality");
        }
        if (!is_numeric(operand)) {
            return Value::null();
        }
    }
    ASSAY_TRY(const auto numbers, flattened(call));
    if (!numbers) {
        return Value::null();
    }
    const auto at = pick(numbers->reals) - numbers->reals.begin();
    const auto i = static_cast<std::size_t>(at);
    return numbers->whole ? Value::integer(numbers->integers[i]) : Value::real(numbers->reals[i]);
}

Result<Value> smallest(const Call& call) {
    return extreme(call, [](const auto& all) { return std::min_element(all.begin(), all.end()); });
}
Result<Value> largest(const Call& call) {
    return extreme(call, [](const auto& all) { return std::max_element(all.begin(), all.end()); });
}

constexpr std::array kOperators = {
    Operator{"sum", 1, kManyOperands, sum},
    Operator{"product", 1, kManyOperands, product},
    Operator{"subtract", 1, 2, subtract},
    Operator{"divide", 2, 2, divide},
    Operator{"power", 2, 2, power},
    Operator{"integerDivide", 2, 2, integer_divide},
    Operator{"integerModulus", 2, 2, integer_modulus},
    Operator{"integerToFloat", 1, 1, integer_to_float},
    Operator{"gcd", 1, kManyOperands, greatest_divisor},
    Operator{"lcm", 1, kManyOperands, least_multiple},
    Operator{"min", 1, kManyOperands, smallest},
    Operator{"max", 1, kManyOperands, largest},
};

}  // namespace

std::span<const Operator> arithmetic_operators() { return kOperators; }

}  // namespace assay::item
