#include "question-bank/item/score.h"

#include <algorithm>

#include "question-bank/item/process.h"

namespace assay::item {

namespace {

bool shown(const TestFeedback& feedback, const Values& values) {
    const auto found = values.find(feedback.outcome);
    bool holds = false;
    if (found != values.end()) {
        for (const auto& item : found->second.items) {
            const auto* text = std::get_if<std::string>(&item);
            holds = holds || (text != nullptr && *text == feedback.identifier);
        }
    }
    return holds == feedback.show;
}

void declare_outcomes(Context& context, const Test& test) {
    for (const auto& declaration : test.outcomes) {
        declare(context, declaration);
        auto& variable = context.variables[declaration.identifier];
        if (variable.value.is_null() && declaration.cardinality == Cardinality::kSingle) {
            if (declaration.base == BaseType::kInteger) {
                variable.value = Value::integer(0);
            } else if (declaration.base == BaseType::kFloat) {
                variable.value = Value::real(0);
            }
        }
    }
}

}  // namespace

Result<Context> test_context(const Test& test, const std::vector<ItemResult>& items) {
    Context context;
    context.test = &test;
    context.items = &items;
    declare_outcomes(context, test);
    if (test.outcome_processing) {
        ASSAY_TRY(const auto flow, run_rules(test.outcome_processing->children, context));
        (void)flow;
    }
    return context;
}

Result<TestOutcomes> score_test(const Test& test, const std::vector<ItemResult>& items) {
    ASSAY_TRY(auto context, test_context(test, items));
    TestOutcomes out;
    for (const auto& declaration : test.outcomes) {
        out.values[declaration.identifier] = context.variables[declaration.identifier].value;
    }
    for (const auto& feedback : test.feedback) {
        if (shown(feedback, out.values)) {
            out.feedback.push_back(feedback.identifier);
        }
    }
    out.warnings = std::move(context.warnings);
    return out;
}

}  // namespace assay::item
