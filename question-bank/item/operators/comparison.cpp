// match, the numeric order, durations and areas.
#include <algorithm>
#include <array>
#include <optional>

#include "question-bank/item/operator.h"

namespace assay::item {

namespace {

bool like_text(BaseType base) {
    return base == BaseType::kIdentifier || base == BaseType::kIntOrIdentifier;
}

Result<Value> match(const Call& call) {
    const auto& a = call.operands[0];
    const auto& b = call.operands[1];
    if (any_null(call.operands)) {
        return Value::null(BaseType::kBoolean);
    }
    const bool same_base = a.base == b.base || (like_text(a.base) && like_text(b.base));
    if (a.cardinality != b.cardinality || !same_base) {
        return wrong_operand(call, "cardinality or base type");
    }
    return Value::boolean(same_value(a, b));
}

struct Numbers {
    double a;
    double b;
};

/// Nothing where one is NULL.
Result<std::optional<Numbers>> numbers_of(const Call& call) {
    if (any_null(call.operands)) {
        return std::optional<Numbers>();
    }
    const auto a = number_of(call.operands[0]);
    const auto b = number_of(call.operands[1]);
    if (!a || !b || call.operands[0].cardinality != Cardinality::kSingle ||
        call.operands[1].cardinality != Cardinality::kSingle) {
        return wrong_operand(call, "not a number");
    }
    return std::optional(Numbers{*a, *b});
}

template <typename Compare>
Result<Value> compared(const Call& call, Compare compare) {
    ASSAY_TRY(const auto numbers, numbers_of(call));
    return numbers ? Value::boolean(compare(numbers->a, numbers->b))
                   : Value::null(BaseType::kBoolean);
}

Result<Value> lt(const Call& call) {
    return compared(call, [](double a, double b) { return a < b; });
}
Result<Value> lte(const Call& call) {
    return compared(call, [](double a, double b) { return a <= b; });
}
Result<Value> gt(const Call& call) {
    return compared(call, [](double a, double b) { return a > b; });
}
Result<Value> gte(const Call& call) {
    return compared(call, [](double a, double b) { return a >= b; });
}

template <typename Compare>
Result<Value> compared_durations(const Call& call, Compare compare) {
    if (any_null(call.operands)) {
        return Value::null(BaseType::kBoolean);
    }
    for (const auto& operand : call.operands) {
        if (operand.cardinality != Cardinality::kSingle || operand.base != BaseType::kDuration) {
            return wrong_operand(call, "not a duration");
        }
    }
    return Value::boolean(compare(std::get<double>(call.operands[0].single()),
                                  std::get<double>(call.operands[1].single())));
}

Result<Value> duration_lt(const Call& call) {
    return compared_durations(call, [](double a, double b) { return a < b; });
}
Result<Value> duration_gte(const Call& call) {
    return compared_durations(call, [](double a, double b) { return a >= b; });
}

Result<Value> inside(const Call& call) {
    const auto& value = call.operands[0];
    if (value.is_null()) {
        return Value::null(BaseType::kBoolean);
    }
    if (value.base != BaseType::kPoint) {
        return wrong_operand(call, "not a point");
    }
    ASSAY_TRY(const auto area,
              area_from_text(call.rule.attribute("shape"), call.rule.attribute("coords")));
    // "If the sub-expression is a container the result is true if any of the points are inside."
    return Value::boolean(
        std::any_of(value.items.begin(), value.items.end(), [&](const Scalar& item) {
            const auto* point = std::get_if<Point>(&item);
            return point != nullptr && area.contains(*point);
        }));
}

constexpr std::array kOperators = {
    Operator{"match", 2, 2, match},
    Operator{"lt", 2, 2, lt},
    Operator{"lte", 2, 2, lte},
    Operator{"gt", 2, 2, gt},
    Operator{"gte", 2, 2, gte},
    Operator{"durationLT", 2, 2, duration_lt},
    Operator{"durationGTE", 2, 2, duration_gte},
    Operator{"inside", 1, 1, inside},
};

}  // namespace

std::span<const Operator> comparison_operators() { return kOperators; }

}  // namespace assay::item
