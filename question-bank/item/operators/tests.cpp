// Expressions over the items of a test: only outcome processing, preconditions and branches use
// them.
#include <algorithm>
#include <array>

#include "question-bank/item/operator.h"
#include "question-bank/item/weighting.h"

namespace assay::item {

namespace {

template <typename Predicate>
Result<Value> counted(const Call& call, Predicate predicate) {
    const auto items = item_subset(call);
    const auto count = std::count_if(items.begin(), items.end(),
                                     [&](const Placed& item) { return predicate(*item.result); });
    return Value::integer(count);
}

Result<Value> number_correct(const Call& call) {
    return counted(call, [](const ItemResult& r) { return r.correct; });
}
/// "Only items for which all declared response variables have correct responses defined and have
/// been attempted at least once are considered."
Result<Value> number_incorrect(const Call& call) {
    return counted(call, [](const ItemResult& r) {
        const bool has_key =
            std::all_of(r.declarations.begin(), r.declarations.end(), [](const Declaration& d) {
                return d.kind != VariableKind::kResponse || !d.correct.is_null();
            });
        return r.attempted && !r.correct && has_key;
    });
}
Result<Value> number_presented(const Call& call) {
    return counted(call, [](const ItemResult& r) { return r.presented; });
}
Result<Value> number_responded(const Call& call) {
    return counted(call, [](const ItemResult& r) { return r.responded; });
}
Result<Value> number_selected(const Call& call) {
    return counted(call, [](const ItemResult&) { return true; });
}

bool fits(const Value& value, std::optional<BaseType> wanted) {
    if (value.is_null() || value.cardinality != Cardinality::kSingle) {
        return false;
    }
    return !wanted || value.base == *wanted ||
           (*wanted == BaseType::kFloat && value.base == BaseType::kInteger);
}

Result<Value> test_variables(const Call& call) {
    const auto name = call.rule.attribute("variableIdentifier");
    const auto wanted = base_type_named(call.rule.attribute("baseType"));
    const auto weight = call.rule.attribute("weightIdentifier");
    Value out = Value::null(wanted.value_or(BaseType::kUnknown), Cardinality::kMultiple);
    bool real = wanted == BaseType::kFloat || !weight.empty();
    for (const auto& item : item_subset(call)) {
        const auto* value = variable_of(item, name);
        if (value == nullptr || !fits(*value, wanted)) {
            continue;
        }
        const auto counted = weighted(*value, weight_of(item, weight));
        if (out.base == BaseType::kUnknown) {
            out.base = counted.base;
        }
        real = real || counted.base == BaseType::kFloat;
        out.items.push_back(counted.single());
    }
    if (real && is_numeric(out)) {
        out.base = BaseType::kFloat;
        for (auto& item : out.items) {
            item = number_of(Value::of(BaseType::kFloat, item)).value_or(0);
        }
    }
    return out;
}

enum class WithoutBound { kIgnored, kMakesNull };

/// Declared bounds of the items' outcomes with single cardinality.
Result<Value> outcome_bounds(const Call& call, std::optional<double> Declaration::* bound,
                             WithoutBound without) {
    const auto name = call.rule.attribute("outcomeIdentifier");
    const auto weight = call.rule.attribute("weightIdentifier");
    Value out = Value::null(BaseType::kFloat, Cardinality::kMultiple);
    for (const auto& item : item_subset(call)) {
        const auto& all = item.result->declarations;
        const auto found = std::find_if(all.begin(), all.end(), [&](const Declaration& d) {
            return d.identifier == name && d.kind == VariableKind::kOutcome &&
                   d.cardinality == Cardinality::kSingle;
        });
        if (found == all.end()) {
            continue;
        }
        if (!((*found).*bound)) {
            if (without == WithoutBound::kMakesNull) {
                return Value::null(BaseType::kFloat, Cardinality::kMultiple);
            }
            continue;
        }
        out.items.emplace_back(*((*found).*bound) * weight_of(item, weight));
    }
    return out;
}

Result<Value> outcome_maximum(const Call& call) {
    return outcome_bounds(call, &Declaration::normal_maximum, WithoutBound::kMakesNull);
}
Result<Value> outcome_minimum(const Call& call) {
    return outcome_bounds(call, &Declaration::normal_minimum, WithoutBound::kIgnored);
}

constexpr std::array kOperators = {
    Operator{"numberCorrect", 0, 0, number_correct},
    Operator{"numberIncorrect", 0, 0, number_incorrect},
    Operator{"numberPresented", 0, 0, number_presented},
    Operator{"numberResponded", 0, 0, number_responded},
    Operator{"numberSelected", 0, 0, number_selected},
    Operator{"testVariables", 0, 0, test_variables},
    Operator{"outcomeMaximum", 0, 0, outcome_maximum},
    Operator{"outcomeMinimum", 0, 0, outcome_minimum},
};

}  // namespace

std::span<const Operator> test_operators() { return kOperators; }

}  // namespace assay::item
