#include <algorithm>
#include <array>
#include <span>
#include <unordered_map>

#include "question-bank/item/number.h"
#include "question-bank/item/operator.h"
#include "question-bank/item/score.h"

namespace assay::item {

namespace {

constexpr std::size_t kFewOperands = 3;

using Table = std::unordered_map<std::string_view, const Operator*>;

Table make_table() {
    Table table;
    const std::array themes = {
        variable_operators(),    mapping_operators(),    container_operators(),
        logic_operators(),       comparison_operators(), arithmetic_operators(),
        mathematics_operators(), statistics_operators(), rounding_operators(),
        text_operators(),        test_operators(),       custom_operators(),
    };
    for (const auto theme : themes) {
        for (const auto& op : theme) {
            table.emplace(op.name, &op);
        }
    }
    return table;
}

Error fault(const Rule& rule, MessageId id, Args args) {
    args.emplace_back("element", rule.name);
    args.emplace_back("line", std::to_string(rule.line));
    return fail(Code::kInvalid, id, std::move(args));
}

}  // namespace

const Operator* operator_named(std::string_view name) {
    // Constant after the first call; the language makes that first call safe.
    static const Table table = make_table();
    const auto found = table.find(name);
    return found == table.end() ? nullptr : found->second;
}

Result<Value> apply(const Call& call) {
    const auto count = call.operands.size();
    if (count < call.rule.op->least || count > call.rule.op->most) {
        return fault(call.rule, "item.operator.count"_id, {{"found", std::to_string(count)}});
    }
    return call.rule.op->apply(call);
}

Result<Value> evaluate(const Rule& expression, Context& context) {
    if (expression.op == nullptr) {
        return fault(expression, "item.operator.unknown"_id, {});
    }
    if (++context.steps > kRuleStepsMax) {
        return fail(Code::kLimit, "item.rule.steps"_id, {{"limit", std::to_string(kRuleStepsMax)}});
    }
    // Most operators have one or two operands: those need no memory of their own.
    std::array<Value, kFewOperands> few;
    std::vector<Value> many(expression.children.size() > few.size() ? expression.children.size()
                                                                    : std::size_t{0});
    const std::span<Value> operands = many.empty() ? std::span<Value>(few) : std::span<Value>(many);
    std::size_t count = 0;
    for (const auto& child : expression.children) {
        if (child.op == nullptr && expression.name == "baseValue") {
            continue;
        }
        ASSAY_TRY(operands[count], evaluate(child, context));
        ++count;
    }
    return apply({expression, context, operands.first(count)});
}

Error wrong_operand(const Call& call, const char* reason) {
    return fault(call.rule, "item.operator.operand"_id, {{"reason", reason}});
}

bool any_null(std::span<const Value> operands) {
    return std::any_of(operands.begin(), operands.end(), [](const Value& v) {
        const auto* text = v.items.size() == 1 ? std::get_if<std::string>(&v.items[0]) : nullptr;
        return v.is_null() || (v.cardinality == Cardinality::kSingle && text != nullptr &&
                               text->empty() && v.base == BaseType::kString);
    });
}

bool is_numeric(const Value& value) {
    return value.base == BaseType::kInteger || value.base == BaseType::kFloat;
}

bool holds_null(const Value& value) {
    return std::any_of(value.items.begin(), value.items.end(),
                       [](const Scalar& s) { return std::holds_alternative<std::monostate>(s); });
}

Result<double> real_attribute(const Call& call, std::string_view text) {
    if (const auto number = real_from(text)) {
        return *number;
    }
    const auto* variable = call.context.find(text);
    const auto number = variable != nullptr ? number_of(variable->value) : std::nullopt;
    if (!number) {
        return fault(call.rule, "item.operator.attribute"_id, {{"value", std::string(text)}});
    }
    return *number;
}

Result<std::int64_t> integer_attribute(const Call& call, const char* name, std::int64_t otherwise) {
    const auto text = call.rule.attribute(name);
    if (text.empty()) {
        return otherwise;
    }
    ASSAY_TRY(const auto number, real_attribute(call, text));
    const auto whole = as_integer(number);
    if (!whole || static_cast<double>(*whole) != number) {
        return fault(call.rule, "item.operator.attribute"_id, {{"value", std::string(text)}});
    }
    return *whole;
}

}  // namespace assay::item
