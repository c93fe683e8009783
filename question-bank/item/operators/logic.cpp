// Three-valued logic: true, false, NULL.
#include <array>
#include <optional>

#include "question-bank/item/operator.h"

namespace assay::item {

namespace {

struct Tally {
    std::int64_t yes = 0;
    std::int64_t no = 0;
    std::int64_t unknown = 0;
};

Result<Tally> tally(const Call& call) {
    Tally out;
    for (const auto& operand : call.operands) {
        if (operand.is_null()) {
            ++out.unknown;
            continue;
        }
        const auto* truth =
            operand.items.size() == 1 ? std::get_if<bool>(&operand.items[0]) : nullptr;
        if (truth == nullptr || operand.cardinality != Cardinality::kSingle) {
            return wrong_operand(call, "not a boolean");
        }
        ++(*truth ? out.yes : out.no);
    }
    return out;
}

Result<Value> all_of(const Call& call) {
    ASSAY_TRY(const auto count, tally(call));
    if (count.no > 0) {
        return Value::boolean(false);
    }
    return count.unknown > 0 ? Value::null(BaseType::kBoolean) : Value::boolean(true);
}

Result<Value> one_of(const Call& call) {
    ASSAY_TRY(const auto count, tally(call));
    if (count.yes > 0) {
        return Value::boolean(true);
    }
    return count.unknown > 0 ? Value::null(BaseType::kBoolean) : Value::boolean(false);
}

Result<Value> negation(const Call& call) {
    ASSAY_TRY(const auto count, tally(call));
    return count.unknown > 0 ? Value::null(BaseType::kBoolean) : Value::boolean(count.no > 0);
}

Result<Value> any_n(const Call& call) {
    ASSAY_TRY(const auto least, integer_attribute(call, "min", 0));
    ASSAY_TRY(const auto most, integer_attribute(call, "max", 0));
    ASSAY_TRY(const auto count, tally(call));
    if (count.yes > most || count.yes + count.unknown < least) {
        return Value::boolean(false);
    }
    const bool certain = count.yes >= least && count.yes + count.unknown <= most;
    return certain ? Value::boolean(true) : Value::null(BaseType::kBoolean);
}

constexpr std::array kOperators = {
    Operator{"and", 1, kManyOperands, all_of},
    Operator{"or", 1, kManyOperands, one_of},
    Operator{"not", 1, 1, negation},
    Operator{"anyN", 1, kManyOperands, any_n},
};

}  // namespace

std::span<const Operator> logic_operators() { return kOperators; }

}  // namespace assay::item
