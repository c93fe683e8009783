#include "question-bank/preview/trial.h"

#include <algorithm>

#include "question-bank/item/number.h"
#include "question-bank/item/xml.h"
#include "question-bank/preview/feedback.h"

namespace assay::preview {

namespace {

namespace json = boost::json;
using item::Declaration;
using item::Fold;

struct Folding {
    Fold fold;
    const char* name;
};
constexpr Folding kFoldings[] = {
    {Fold::kExact, "exact"}, {Fold::kWidth, "width"}, {Fold::kPunctuation, "punctuation"}};

const char* name_of(Fold fold) {
    const auto* found = std::ranges::find(kFoldings, fold, &Folding::fold);
    return found == std::end(kFoldings) ? "unset" : found->name;
}

MessageId sentence_of(item::CaptureRule rule) {
    switch (rule) {
        case item::CaptureRule::kTrimmed:
            return "preview.rule.trimmed"_id;
        case item::CaptureRule::kWidthNormalised:
            return "preview.rule.width"_id;
        case item::CaptureRule::kPunctuationFolded:
            return "preview.rule.punctuation"_id;
    }
    return "preview.rule.trimmed"_id;
}

json::array array_of(const item::TextLines& lines) {
    json::array out;
    for (const auto& line : lines) {
        out.emplace_back(line);
    }
    return out;
}

item::TextLines given(const Trial& trial, const std::string& name) {
    const auto found = trial.responses.find(name);
    return found == trial.responses.end() ? item::TextLines() : found->second;
}

bool is_typed_text(const item::Item& item, const Declaration& declaration) {
    const auto* interaction = item.interaction_for(declaration.identifier);
    return declaration.base == item::BaseType::kString && interaction != nullptr &&
           (interaction->kind == item::InteractionKind::kTextEntry ||
            interaction->kind == item::InteractionKind::kExtendedText);
}

/// What one text would count as, and the score that it would give, under each folding.
json::array effects_of(const Trial& trial, const Declaration& declaration) {
    json::array out;
    for (const auto& folding : kFoldings) {
        item::Item folded = trial.item;
        for (auto& each : folded.responses) {
            each.fold = each.identifier == declaration.identifier ? folding.fold : each.fold;
        }
        const Trial other{folded,         trial.responses, trial.seed,
                          trial.attempts, trial.earlier,   trial.settings};
        const auto responses = captured(other);
        const auto counts = responses.find(declaration.identifier);
        const auto outcomes = score_trial(other);
        const bool scored = outcomes.ok() && outcomes->values.contains("SCORE");
        out.push_back(json::object{
            {"fold", folding.name},
            {"counts", counts == responses.end() ? json::value() : json_of(counts->second)},
            {"score", scored ? json_of(outcomes->values.at("SCORE")) : json::value()}});
    }
    return out;
}

json::array mapping_of(const Declaration& declaration) {
    json::array out;
    if (declaration.mapping) {
        for (const auto& entry : declaration.mapping->entries) {
            out.push_back(json::array{item::scalar_to_text(declaration.base, entry.key),
                                      item::shortest(entry.mapped)});
        }
    }
    return out;
}

json::value key_of(const Declaration& declaration, const item::Values* drawn) {
    if (drawn != nullptr) {
        const auto found = drawn->find(declaration.identifier);
        return found == drawn->end() ? json::value() : json_of(found->second);
    }
    return json_of(declaration.correct);
}

json::object response_of(const Trial& trial, const Declaration& declaration,
                         const item::Values* drawn, const text::Texts& texts,
                         text::Language language) {
    const auto raw = given(trial, declaration.identifier);
    json::object out{{"id", declaration.identifier},
                     {"type", std::string(item::name_of(declaration.cardinality)) + ' ' +
                                  std::string(item::name_of(declaration.base))},
                     {"raw", array_of(raw)},
                     {"key", key_of(declaration, drawn)},
                     {"mapping", mapping_of(declaration)}};
    json::array rules;
    const auto taken = item::capture(declaration, raw);
    if (taken.ok()) {
        for (const auto rule : taken->rules) {
            rules.emplace_back(texts.say(language, sentence_of(rule)));
        }
        out["counts"] = json_of(taken->value);
    } else {
        rules.emplace_back(texts.say(language, taken.error().what));
        out["counts"] = nullptr;
    }
    out["rules"] = std::move(rules);
    if (is_typed_text(trial.item, declaration)) {
        out["fold"] = name_of(declaration.fold);
        out["effects"] = raw.empty() ? json::array() : effects_of(trial, declaration);
    }
    return out;
}

json::array rubrics_of(const item::Item& item) {
    json::array out;
    for (const auto& rubric : item.rubrics) {
        if (rubric.for_view(item::View::kScorer)) {
            out.emplace_back(item::plain_text(rubric.node));
        }
    }
    return out;
}

void add_outcomes(const Trial& trial, const item::Outcomes& outcomes, const text::Texts& texts,
                  text::Language language, json::object& out) {
    json::array warnings;
    for (const auto& warning : outcomes.warnings) {
        warnings.emplace_back(texts.say(language, warning));
    }
    out["outcomes"] = json_of(outcomes.values);
    out["score_is_null"] = outcomes.score_is_null;
    out["needs_marker"] = outcomes.needs_marker;
    out["all_correct"] = item::all_correct(trial.item, captured(trial), outcomes.correct);
    out["feedback"] = feedback_of(trial.item.modal_feedback, outcomes.feedback);
    out["warnings"] = std::move(warnings);
}

}  // namespace

Lines lines_from(const json::value* value) {
    Lines out;
    const auto* object = value == nullptr ? nullptr : value->if_object();
    if (object == nullptr) {
        return out;
    }
    for (const auto& [name, list] : *object) {
        if (const auto* lines = list.if_array()) {
            auto& into = out[std::string(name)];
            for (const auto& line : *lines) {
                if (const auto* text = line.if_string()) {
                    into.emplace_back(text->data(), text->size());
                }
            }
        }
    }
    return out;
}

item::Values values_from(const std::vector<Declaration>& declarations, const Lines& lines) {
    item::Values out;
    for (const auto& declaration : declarations) {
        const auto found = lines.find(declaration.identifier);
        if (found == lines.end()) {
            continue;
        }
        auto value = item::value_from_text(declaration, found->second);
        if (value.ok()) {
            out[declaration.identifier] = std::move(*value);
        }
    }
    return out;
}

json::value json_of(const item::Value& value) {
    return value.is_null() ? json::value() : json::value(array_of(item::value_to_text(value)));
}

json::object json_of(const item::Values& values) {
    json::object out;
    for (const auto& [name, value] : values) {
        out[name] = json_of(value);
    }
    return out;
}

item::Responses captured(const Trial& trial) {
    item::Responses out;
    for (const auto& declaration : trial.item.responses) {
        auto taken = item::capture(declaration, given(trial, declaration.identifier));
        if (taken.ok()) {
            out[declaration.identifier] = std::move(taken->value);
        }
    }
    return out;
}

Result<item::Outcomes> score_trial(const Trial& trial) {
    item::Circumstances circumstances;
    circumstances.seed = trial.seed;
    circumstances.attempts = trial.attempts;
    circumstances.earlier = values_from(trial.item.outcomes, trial.earlier);
    circumstances.settings = trial.settings;
    return item::score_item(trial.item, captured(trial), circumstances);
}

json::object try_item(const Trial& trial, const text::Texts& texts, text::Language language) {
    const auto outcomes = score_trial(trial);
    json::array responses;
    for (const auto& declaration : trial.item.responses) {
        responses.push_back(response_of(
            trial, declaration, outcomes.ok() ? &outcomes->correct : nullptr, texts, language));
    }
    json::object out{{"responses", std::move(responses)}, {"rubrics", rubrics_of(trial.item)}};
    if (outcomes.ok()) {
        add_outcomes(trial, *outcomes, texts, language, out);
    } else {
        out["error"] = texts.say(language, outcomes.error().what);
    }
    return out;
}

}  // namespace assay::preview
