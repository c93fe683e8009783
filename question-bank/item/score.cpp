#include "question-bank/item/score.h"

#include <algorithm>

#include "question-bank/item/process.h"

namespace assay::item {

namespace {

Value single_of(BaseType base, Scalar scalar) { return Value::of(base, std::move(scalar)); }

/// A declaration of its own for what every session has, without the author writing it.
Declaration built_in(VariableKind kind, std::string name, BaseType base, Value value) {
    Declaration out;
    out.kind = kind;
    out.identifier = std::move(name);
    out.base = base;
    out.initial = std::move(value);
    out.correct = Value::null(base);
    return out;
}

/// Variables that every session has.
constexpr std::size_t kBuiltIn = 4;

struct Session {
    Context context;
};

std::vector<Declaration> make_built_in() {
    std::vector<Declaration> out;
    out.push_back(built_in(VariableKind::kResponse, "numAttempts", BaseType::kInteger,
                           Value::null(BaseType::kInteger)));
    out.push_back(built_in(VariableKind::kResponse, "duration", BaseType::kDuration,
                           Value::null(BaseType::kDuration)));
    out.push_back(built_in(VariableKind::kOutcome, "completionStatus", BaseType::kIdentifier,
                           Value::identifier("unknown")));
    out.push_back(built_in(VariableKind::kTemplate, "QTI_CONTEXT", BaseType::kUnknown,
                           Value::null(BaseType::kUnknown, Cardinality::kRecord)));
    out.back().cardinality = Cardinality::kRecord;
    return out;
}

void declare_built_in(Session& session, const Circumstances& circumstances) {
    // Constant after the first call; variables point to these declarations.
    static const std::vector<Declaration> own = make_built_in();
    for (const auto& declaration : own) {
        declare(session.context, declaration);
    }
    session.context.variables["numAttempts"].value = Value::integer(circumstances.attempts);
    session.context.variables["duration"].value =
        single_of(BaseType::kDuration, circumstances.duration_seconds);
}

/// A numeric outcome without a default starts at 0, any other at NULL.
void declare_outcome(Context& context, const Declaration& declaration) {
    declare(context, declaration);
    auto& variable = context.variables[declaration.identifier];
    if (!variable.value.is_null() || declaration.cardinality != Cardinality::kSingle) {
        return;
    }
    if (declaration.base == BaseType::kInteger) {
        variable.value = Value::integer(0);
    } else if (declaration.base == BaseType::kFloat) {
        variable.value = Value::real(0);
    }
}

void overlay(Context& context, const Values& values) {
    for (const auto& [name, value] : values) {
        if (auto* variable = context.find(name)) {
            variable->value = value;
        }
    }
}

Status take_responses(Context& context, const Item& item, const Responses& responses) {
    for (const auto& declaration : item.responses) {
        const auto given = responses.find(declaration.identifier);
        auto& variable = context.variables[declaration.identifier];
        variable.value = Value::null(declaration.base, declaration.cardinality);
        if (given != responses.end()) {
            ASSAY_TRY(variable.value, converted(declaration, given->second, context));
        }
    }
    for (const auto& [name, value] : responses) {
        if (item.response(name) == nullptr && context.find(name) == nullptr) {
            context.warnings.push_back({"item.response.undeclared"_id, {{"variable", name}}});
        }
    }
    return Ok{};
}

bool shown(const ModalFeedback& feedback, const Context& context) {
    const auto found = context.variables.find(feedback.outcome);
    bool holds = false;
    if (found != context.variables.end()) {
        for (const auto& item : found->second.value.items) {
            const auto* text = std::get_if<std::string>(&item);
            holds = holds || (text != nullptr && *text == feedback.identifier);
        }
    }
    return holds == feedback.show;
}

Outcomes outcomes_of(const Item& item, Context context) {
    Outcomes out;
    for (const auto& feedback : item.modal_feedback) {
        if (shown(feedback, context)) {
            out.feedback.push_back(feedback.identifier);
        }
    }
    for (const auto& declaration : item.templates) {
        out.templates[declaration.identifier] = context.variables[declaration.identifier].value;
    }
    // Moved out, and only once: an author may have declared a name twice.
    const auto take = [&](const std::string& name) {
        const auto [place, fresh] = out.values.try_emplace(name);
        if (fresh) {
            place->second = std::move(context.variables[name].value);
        }
    };
    for (const auto& declaration : item.outcomes) {
        take(declaration.identifier);
    }
    take("completionStatus");
    for (const auto& declaration : item.responses) {
        const auto [place, fresh] = out.correct.try_emplace(declaration.identifier);
        if (fresh) {
            place->second = std::move(context.variables[declaration.identifier].correct);
        }
    }
    const auto score = out.values.find("SCORE");
    out.score_is_null = score != out.values.end() && score->second.is_null();
    out.needs_marker = item.needs_marker();
    out.warnings = std::move(context.warnings);
    return out;
}

Status prepare(Session& session, const Item& item, const Circumstances& circumstances) {
    auto& context = session.context;
    context.variables.reserve(item.responses.size() + item.outcomes.size() + item.templates.size() +
                              kBuiltIn);
    context.numbers = SeededNumbers(circumstances.seed);
    context.marks = circumstances.marks;
    context.template_defaults = circumstances.settings;
    declare_built_in(session, circumstances);
    for (const auto& declaration : item.responses) {
        declare(context, declaration);
    }
    for (const auto& declaration : item.outcomes) {
        declare_outcome(context, declaration);
    }
    ASSAY_TRY_STATUS(run_templates(item, context));
    for (const auto& [name, value] : circumstances.settings) {
        auto* variable = context.find(name);
        const bool own = variable != nullptr &&
                         variable->declaration->kind == VariableKind::kTemplate &&
                         name != "QTI_CONTEXT";
        if (variable != nullptr && !own) {
            variable->value = value;
        }
    }
    return Ok{};
}

}  // namespace

Result<Outcomes> score_item(const Item& item, const Responses& responses,
                            const Circumstances& circumstances) {
    Session session;
    ASSAY_TRY_STATUS(prepare(session, item, circumstances));
    auto& context = session.context;
    if (item.adaptive) {
        overlay(context, circumstances.earlier);
    }
    overlay(context, circumstances.marks);
    ASSAY_TRY_STATUS(take_responses(context, item, responses));
    if (!item.adaptive) {
        context.variables["completionStatus"].value = Value::identifier("completed");
    }
    if (item.response_processing) {
        ASSAY_TRY(const auto flow, run_rules(item.response_processing->children, context));
        (void)flow;
    }
    return outcomes_of(item, std::move(context));
}

Result<Outcomes> score_item(const Item& item, const Responses& responses, std::uint64_t seed) {
    Circumstances circumstances;
    circumstances.seed = seed;
    return score_item(item, responses, circumstances);
}

Result<Values> template_values(const Item& item, std::uint64_t seed) {
    Circumstances circumstances;
    circumstances.seed = seed;
    return template_values(item, circumstances);
}

Result<Values> template_values(const Item& item, const Circumstances& circumstances) {
    Session session;
    ASSAY_TRY_STATUS(prepare(session, item, circumstances));
    Values out;
    for (const auto& declaration : item.templates) {
        out[declaration.identifier] = session.context.variables[declaration.identifier].value;
    }
    return out;
}

bool all_correct(const Item& item, const Responses& responses, const Values& correct) {
    return !item.responses.empty() &&
           std::all_of(item.responses.begin(), item.responses.end(), [&](const Declaration& one) {
               const auto key = correct.find(one.identifier);
               const auto given = responses.find(one.identifier);
               return key != correct.end() && !key->second.is_null() && given != responses.end() &&
                      same_value(given->second, key->second);
           });
}

bool all_correct(const Item& item, const Responses& responses) {
    Values correct;
    for (const auto& declaration : item.responses) {
        correct[declaration.identifier] = declaration.correct;
    }
    return all_correct(item, responses, correct);
}

ItemResult item_result(const std::string& identifier, const Item& item, const Responses& responses,
                       const Outcomes& outcomes) {
    ItemResult out;
    out.identifier = identifier;
    out.variables = outcomes.values;
    for (const auto& [name, value] : responses) {
        out.variables[name] = value;
    }
    out.declarations = item.responses;
    for (auto& declaration : out.declarations) {
        const auto key = outcomes.correct.find(declaration.identifier);
        if (key != outcomes.correct.end()) {
            declaration.correct = key->second;
        }
    }
    out.declarations.insert(out.declarations.end(), item.outcomes.begin(), item.outcomes.end());
    // "A value that differs from its declared default (typically NULL)."
    out.responded = std::any_of(responses.begin(), responses.end(), [&](const auto& r) {
        const auto* declaration = item.response(r.first);
        return !r.second.is_null() &&
               (declaration == nullptr || !same_value(r.second, declaration->initial));
    });
    out.attempted = std::any_of(responses.begin(), responses.end(),
                                [](const auto& r) { return !r.second.is_null(); });
    out.correct = all_correct(item, responses, outcomes.correct);
    return out;
}

}  // namespace assay::item
