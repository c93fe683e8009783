#include "question-bank/item/process.h"

#include <array>
#include <cmath>
#include <unordered_map>

#include "question-bank/item/number.h"
#include "question-bank/item/operator.h"
#include "question-bank/item/score.h"

namespace assay::item {

namespace {

Error rule_fault(const Rule& rule, MessageId id, Args args = {}) {
    args.emplace_back("element", rule.name);
    args.emplace_back("line", std::to_string(rule.line));
    return fail(Code::kInvalid, id, std::move(args));
}

Result<bool> condition_holds(const Rule& branch, Context& context) {
    if (branch.children.empty()) {
        return rule_fault(branch, "item.rule.empty"_id);
    }
    ASSAY_TRY(const auto value, evaluate(branch.children[0], context));
    if (value.is_null()) {
        return false;
    }
    const auto* truth = value.items.size() == 1 ? std::get_if<bool>(&value.items[0]) : nullptr;
    if (truth == nullptr) {
        return rule_fault(branch, "item.rule.not-boolean"_id);
    }
    return *truth;
}

Result<Flow> run_from(const std::vector<Rule>& rules, std::size_t first, Context& context);

Result<Flow> run_condition(const Rule& rule, Context& context) {
    for (const auto& branch : rule.children) {
        if (branch.name.ends_with("Else")) {
            return run_rules(branch.children, context);
        }
        ASSAY_TRY(const bool holds, condition_holds(branch, context));
        if (holds) {
            return run_from(branch.children, 1, context);
        }
    }
    return Flow::kNext;
}

Result<Flow> set_value(const Rule& rule, Context& context) {
    if (rule.children.size() != 1) {
        return rule_fault(rule, "item.rule.empty"_id);
    }
    ASSAY_TRY(auto value, evaluate(rule.children[0], context));
    ASSAY_TRY_STATUS(assign(context, rule, std::move(value)));
    return Flow::kNext;
}

const Value* looked_up(const LookupTable& table, double number) {
    for (const auto& row : table.rows) {
        const bool hit = table.interpolation
                             ? row.source < number || (row.include_boundary && row.source == number)
                             : row.source == number;
        if (hit) {
            return &row.target;
        }
    }
    return &table.otherwise;
}

Result<Flow> look_up(const Rule& rule, Context& context) {
    if (rule.children.size() != 1) {
        return rule_fault(rule, "item.rule.empty"_id);
    }
    ASSAY_TRY(const auto source, evaluate(rule.children[0], context));
    const auto* target = context.find(rule.attribute("identifier"));
    if (target == nullptr || target->declaration == nullptr || !target->declaration->lookup) {
        return rule_fault(rule, "item.rule.no-table"_id);
    }
    const auto number = number_of(source);
    const auto& table = *target->declaration->lookup;
    ASSAY_TRY_STATUS(assign(context, rule, number ? *looked_up(table, *number) : table.otherwise));
    return Flow::kNext;
}

Result<Flow> set_part(const Rule& rule, Context& context, Value Variable::* part) {
    auto* variable = context.find(rule.attribute("identifier"));
    if (rule.children.size() != 1 || variable == nullptr) {
        return rule_fault(rule, "item.rule.empty"_id);
    }
    ASSAY_TRY(auto value, evaluate(rule.children[0], context));
    ASSAY_TRY(value, converted(*variable->declaration, std::move(value), context));
    variable->*part = value;
    if (part == &Variable::initial) {
        variable->value = std::move(value);
    }
    return Flow::kNext;
}

/// What the key draws must not shift what the template draws after it: the candidate's view has the
/// same template processing without these rules.
Result<Flow> set_correct(const Rule& rule, Context& context) {
    const SeededNumbers saved = context.numbers;
    context.numbers = SeededNumbers(seed_for(context.numbers.next(), rule.attribute("identifier")));
    auto flow = set_part(rule, context, &Variable::correct);
    context.numbers = saved;
    return flow;
}
Result<Flow> set_default(const Rule& rule, Context& context) {
    return set_part(rule, context, &Variable::initial);
}
Result<Flow> fragment(const Rule& rule, Context& context) {
    return run_rules(rule.children, context);
}
Result<Flow> leave(const Rule&, Context&) { return Flow::kExit; }
/// NULL counts as false.
Result<Flow> constrain(const Rule& rule, Context& context) {
    ASSAY_TRY(const bool holds, condition_holds(rule, context));
    return holds ? Flow::kNext : Flow::kAgain;
}

const std::unordered_map<std::string_view, Perform>& rule_table() {
    static const std::unordered_map<std::string_view, Perform> table = {
        {"responseCondition", run_condition},
        {"templateCondition", run_condition},
        {"outcomeCondition", run_condition},
        {"setOutcomeValue", set_value},
        {"setTemplateValue", set_value},
        {"setResponseValue", set_value},
        {"setCorrectResponse", set_correct},
        {"setDefaultValue", set_default},
        {"lookupOutcomeValue", look_up},
        {"responseProcessingFragment", fragment},
        {"outcomeProcessingFragment", fragment},
        {"templateProcessingFragment", fragment},
        {"exitResponse", leave},
        {"exitTemplate", leave},
        {"exitTest", leave},
        {"templateConstraint", constrain},
    };
    return table;
}

Result<Flow> run_from(const std::vector<Rule>& rules, std::size_t first, Context& context) {
    for (std::size_t i = first; i < rules.size(); ++i) {
        if (++context.steps > kRuleStepsMax) {
            return fail(Code::kLimit, "item.rule.steps"_id,
                        {{"limit", std::to_string(kRuleStepsMax)}});
        }
        if (rules[i].perform == nullptr) {
            return rule_fault(rules[i], "item.rule.unsupported"_id);
        }
        ASSAY_TRY(const auto flow, rules[i].perform(rules[i], context));
        if (flow != Flow::kNext) {
            return flow;
        }
    }
    return Flow::kNext;
}

/// "Empty containers and empty strings are both treated as NULL."
bool is_empty_text(const Value& value) {
    const auto* text = value.cardinality == Cardinality::kSingle && value.items.size() == 1
                           ? std::get_if<std::string>(&value.items[0])
                           : nullptr;
    return text != nullptr && text->empty();
}

void reset_templates(const Item& item, Context& context) {
    for (const auto& declaration : item.templates) {
        declare(context, declaration);
        const auto given = context.template_defaults.find(declaration.identifier);
        if (given != context.template_defaults.end()) {
            auto& variable = context.variables[declaration.identifier];
            auto preset = converted(declaration, given->second, context);
            variable.initial = preset.ok() ? std::move(*preset) : variable.initial;
            variable.value = variable.initial;
        }
    }
}

}  // namespace

Perform rule_named(std::string_view name) {
    const auto found = rule_table().find(name);
    return found == rule_table().end() ? nullptr : found->second;
}

void declare(Context& context, const Declaration& declaration) {
    auto& variable = context.variables[declaration.identifier];
    variable = {&declaration, declaration.initial, declaration.initial, declaration.correct};
}

Result<Value> converted(const Declaration& declaration, Value value, Context& context) {
    if (value.is_null() || is_empty_text(value)) {
        return Value::null(declaration.base, declaration.cardinality);
    }
    if (value.cardinality != declaration.cardinality) {
        const bool into_container = value.cardinality == Cardinality::kSingle &&
                                    declaration.cardinality != Cardinality::kRecord;
        const bool out_of =
            declaration.cardinality == Cardinality::kSingle && value.items.size() == 1;
        const bool among = value.cardinality != Cardinality::kRecord &&
                           declaration.cardinality != Cardinality::kRecord &&
                           declaration.cardinality != Cardinality::kSingle;
        if (!into_container && !out_of && !among) {
            return fail(Code::kInvalid, "item.rule.cardinality"_id,
                        {{"variable", declaration.identifier}});
        }
        value.cardinality = declaration.cardinality;
    }
    if (value.base == declaration.base || value.cardinality == Cardinality::kRecord) {
        return value;
    }
    for (auto& item : value.items) {
        const auto* integer = std::get_if<std::int64_t>(&item);
        if (integer != nullptr && declaration.base == BaseType::kFloat) {
            item = static_cast<double>(*integer);
            continue;
        }
        const auto text = scalar_to_text(value.base, item);
        auto scalar = scalar_from_text(declaration.base, text);
        const auto number = number_of(Value::of(value.base, item));
        if (!scalar.ok() && number && declaration.base == BaseType::kInteger) {
            const auto whole = as_integer(std::trunc(*number));
            context.warnings.push_back(
                {"item.rule.float-to-integer"_id, {{"variable", declaration.identifier}}});
            scalar = whole ? Result<Scalar>(Scalar(*whole)) : scalar;
        }
        if (!scalar.ok()) {
            return fail(Code::kInvalid, "item.rule.type"_id,
                        {{"variable", declaration.identifier}});
        }
        item = std::move(*scalar);
    }
    value.base = declaration.base;
    return value;
}

Status assign(Context& context, const Rule& rule, Value value) {
    const std::string name(rule.attribute("identifier"));
    auto* variable = context.find(name);
    if (variable == nullptr || variable->declaration == nullptr) {
        context.warnings.push_back(
            {"item.rule.undeclared"_id, {{"variable", name}, {"line", std::to_string(rule.line)}}});
        return Ok{};
    }
    if (context.marks.contains(name)) {
        return Ok{};
    }
    ASSAY_TRY(variable->value, converted(*variable->declaration, std::move(value), context));
    return Ok{};
}

Result<Flow> run_rules(const std::vector<Rule>& rules, Context& context) {
    return run_from(rules, 0, context);
}

Status run_templates(const Item& item, Context& context) {
    reset_templates(item, context);
    if (!item.template_processing) {
        return Ok{};
    }
    const auto fresh = context.variables;
    for (int tries = 0; tries < kConstraintTriesMax; ++tries) {
        ASSAY_TRY(const auto flow, run_rules(item.template_processing->children, context));
        if (flow != Flow::kAgain) {
            return Ok{};
        }
        context.variables = fresh;
    }
    context.warnings.push_back({"item.template.constraint"_id, {}});
    return Ok{};
}

}  // namespace assay::item
