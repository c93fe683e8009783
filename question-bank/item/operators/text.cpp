// stringMatch, substring, patternMatch.
#include <array>
#include <optional>

#include "question-bank/item/fold.h"
#include "question-bank/item/operator.h"
#include "question-bank/item/pattern.h"

namespace assay::item {

namespace {

struct Texts {
    std::string a;
    std::string b;
};

bool is_text(const Value& value) {
    return value.cardinality == Cardinality::kSingle && value.items.size() == 1 &&
           std::holds_alternative<std::string>(value.items[0]);
}

/// Both operands, case-folded where the rule ignores case; nothing where one is NULL.
Result<std::optional<Texts>> texts_of(const Call& call) {
    if (any_null(call.operands)) {
        return std::optional<Texts>();
    }
    if (!is_text(call.operands[0]) || !is_text(call.operands[1])) {
        return wrong_operand(call, "not a single string");
    }
    Texts out{std::get<std::string>(call.operands[0].single()),
              std::get<std::string>(call.operands[1].single())};
    const auto sensitive = call.rule.attribute("caseSensitive");
    if (sensitive == "false" || sensitive == "0") {
        out = {case_folded(out.a), case_folded(out.b)};
    }
    return std::optional(std::move(out));
}

Result<Value> string_match(const Call& call) {
    ASSAY_TRY(const auto texts, texts_of(call));
    if (!texts) {
        return Value::null(BaseType::kBoolean);
    }
    if (call.rule.attribute("substring") == "true") {
        return Value::boolean(texts->a.find(texts->b) != std::string::npos);
    }
    return Value::boolean(texts->a == texts->b);
}

Result<Value> substring(const Call& call) {
    ASSAY_TRY(const auto texts, texts_of(call));
    if (!texts) {
        return Value::null(BaseType::kBoolean);
    }
    return Value::boolean(texts->b.find(texts->a) != std::string::npos);
}

Result<Value> pattern_match(const Call& call) {
    if (any_null(call.operands)) {
        return Value::null(BaseType::kBoolean);
    }
    if (!is_text(call.operands[0])) {
        return wrong_operand(call, "not a single string");
    }
    std::string pattern(call.rule.attribute("pattern"));
    // A whole pattern that names a template variable stands for its value.
    const auto* variable = call.context.find(pattern);
    if (variable != nullptr && is_text(variable->value)) {
        pattern = std::get<std::string>(variable->value.single());
    }
    ASSAY_TRY(const bool matched,
              pattern_matches(pattern, std::get<std::string>(call.operands[0].single())));
    return Value::boolean(matched);
}

constexpr std::array kOperators = {
    Operator{"stringMatch", 2, 2, string_match},
    Operator{"substring", 2, 2, substring},
    Operator{"patternMatch", 1, 1, pattern_match},
};

}  // namespace

std::span<const Operator> text_operators() { return kOperators; }

}  // namespace assay::item
