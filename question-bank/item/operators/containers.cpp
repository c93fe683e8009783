// Operators that make, look into and change containers and records.
#include <algorithm>
#include <array>

#include "question-bank/item/operator.h"

namespace assay::item {

namespace {

bool is_container(const Value& v) {
    return v.cardinality == Cardinality::kMultiple || v.cardinality == Cardinality::kOrdered;
}

/// NULL operands are dropped; single ones and containers of `cardinality` are joined.
Result<Value> joined(const Call& call, Cardinality cardinality) {
    Value out = Value::null(BaseType::kUnknown, cardinality);
    for (const auto& operand : call.operands) {
        if (operand.cardinality != Cardinality::kSingle && operand.cardinality != cardinality) {
            return wrong_operand(call, "cardinality");
        }
        if (operand.is_null()) {
            continue;
        }
        if (out.base != BaseType::kUnknown && out.base != operand.base) {
            return wrong_operand(call, "base type");
        }
        out.base = operand.base;
        out.items.insert(out.items.end(), operand.items.begin(), operand.items.end());
    }
    return out;
}

Result<Value> multiple(const Call& call) { return joined(call, Cardinality::kMultiple); }
Result<Value> ordered(const Call& call) { return joined(call, Cardinality::kOrdered); }

Result<Value> is_null(const Call& call) { return Value::boolean(any_null(call.operands)); }

Result<Value> container_size(const Call& call) {
    const auto& value = call.operands[0];
    if (value.is_null()) {
        return Value::integer(0);
    }
    if (!is_container(value)) {
        return wrong_operand(call, "cardinality");
    }
    return Value::integer(static_cast<std::int64_t>(value.items.size()));
}

Result<Value> index(const Call& call) {
    const auto& value = call.operands[0];
    ASSAY_TRY(const auto n, integer_attribute(call, "n", 0));
    if (value.is_null()) {
        return Value::null();
    }
    if (value.cardinality != Cardinality::kOrdered) {
        return wrong_operand(call, "cardinality");
    }
    if (n < 1) {
        return wrong_operand(call, "index");
    }
    const auto at = static_cast<std::size_t>(n) - 1;
    return at < value.items.size() ? Value::of(value.base, value.items[at])
                                   : Value::null(value.base);
}

Result<Value> field_value(const Call& call) {
    const auto& value = call.operands[0];
    if (value.is_null() && value.cardinality != Cardinality::kMultiple &&
        value.cardinality != Cardinality::kOrdered) {
        return Value::null();
    }
    if (value.cardinality != Cardinality::kRecord) {
        return wrong_operand(call, "cardinality");
    }
    const auto name = call.rule.attribute("fieldIdentifier");
    const auto found = std::find_if(value.fields.begin(), value.fields.end(),
                                    [&](const Field& field) { return field.name == name; });
    return found == value.fields.end() ? Value::null() : found->value;
}

Result<Value> random(const Call& call) {
    const auto& value = call.operands[0];
    if (value.is_null()) {
        return Value::null(value.base);
    }
    if (!is_container(value)) {
        return wrong_operand(call, "cardinality");
    }
    return Value::of(value.base, value.items[call.context.numbers.below(value.items.size())]);
}

bool comparable(const Value& a, const Value& b) {
    return a.base == b.base || (is_numeric(a) && is_numeric(b));
}

bool holds(const Value& container, const Scalar& item) {
    return std::any_of(container.items.begin(), container.items.end(), [&](const Scalar& other) {
        return same_scalar(container.base, item, other);
    });
}

Result<Value> member(const Call& call) {
    const auto& item = call.operands[0];
    const auto& container = call.operands[1];
    if (any_null(call.operands)) {
        return Value::null(BaseType::kBoolean);
    }
    if (item.cardinality != Cardinality::kSingle || container.cardinality == Cardinality::kRecord ||
        !comparable(item, container)) {
        return wrong_operand(call, "cardinality or base type");
    }
    return Value::boolean(holds(container, item.single()));
}

Result<Value> remove(const Call& call) {
    const auto& item = call.operands[0];
    const auto& container = call.operands[1];
    if (any_null(call.operands)) {
        return Value::null(container.base, container.cardinality);
    }
    if (item.cardinality != Cardinality::kSingle || !is_container(container) ||
        item.base != container.base) {
        return wrong_operand(call, "cardinality or base type");
    }
    Value out = container;
    std::erase_if(out.items, [&](const Scalar& other) {
        return same_scalar(container.base, item.single(), other);
    });
    return out;
}

bool contains_all(const Value& a, const Value& b) {
    std::vector<Scalar> left = a.items;
    for (const auto& item : b.items) {
        const auto found = std::find_if(left.begin(), left.end(), [&](const Scalar& other) {
            return same_scalar(a.base, item, other);
        });
        if (found == left.end()) {
            return false;
        }
        left.erase(found);
    }
    return true;
}

bool contains_sequence(const Value& a, const Value& b) {
    return std::search(a.items.begin(), a.items.end(), b.items.begin(), b.items.end(),
                       [&](const Scalar& x, const Scalar& y) {
                           return same_scalar(a.base, x, y);
                       }) != a.items.end();
}

Result<Value> contains(const Call& call) {
    const auto& a = call.operands[0];
    const auto& b = call.operands[1];
    if (any_null(call.operands)) {
        return Value::null(BaseType::kBoolean);
    }
    if (!is_container(a) || a.cardinality != b.cardinality || !comparable(a, b)) {
        return wrong_operand(call, "cardinality or base type");
    }
    return Value::boolean(a.cardinality == Cardinality::kOrdered ? contains_sequence(a, b)
                                                                 : contains_all(a, b));
}

Result<Value> repeat(const Call& call) {
    ASSAY_TRY(const auto times, integer_attribute(call, "numberRepeats", 1));
    ASSAY_TRY(const auto once, joined(call, Cardinality::kOrdered));
    if (times < 1) {
        return Value::null(once.base, Cardinality::kOrdered);
    }
    if (static_cast<std::uint64_t>(times) * once.items.size() > kResponseItemsMax * kManyOperands ||
        static_cast<std::size_t>(times) > kResponseItemsMax * kManyOperands) {
        return fail(Code::kLimit, "item.operator.repeat"_id);
    }
    Value out = Value::null(once.base, Cardinality::kOrdered);
    for (std::int64_t i = 0; i < times; ++i) {
        out.items.insert(out.items.end(), once.items.begin(), once.items.end());
    }
    return out;
}

constexpr std::array kOperators = {
    Operator{"multiple", 0, kManyOperands, multiple},
    Operator{"ordered", 0, kManyOperands, ordered},
    Operator{"isNull", 1, 1, is_null},
    Operator{"containerSize", 1, 1, container_size},
    Operator{"index", 1, 1, index},
    Operator{"fieldValue", 1, 1, field_value},
    Operator{"random", 1, 1, random},
    Operator{"member", 2, 2, member},
    Operator{"delete", 2, 2, remove},
    Operator{"contains", 2, 2, contains},
    Operator{"repeat", 1, kManyOperands, repeat},
};

}  // namespace

std::span<const Operator> container_operators() { return kOperators; }

}  // namespace assay::item
