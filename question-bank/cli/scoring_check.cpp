// Whether the key of an item can be reached, and whether a person who marks knows how.
#include <algorithm>

#include "question-bank/cli/item_checks.h"
#include "question-bank/item/score.h"

namespace assay::bank {

namespace {

using item::Declaration;
using item::Item;
using item::Value;

void note(CheckReport& report, const std::string& file, Severity severity, Message what) {
    report.findings.push_back({severity, Area::kScoring, file, 0, std::move(what)});
}

/// The key, or where only a mapping is given, every value that counts.
Value best_answer(const Declaration& declaration) {
    if (!declaration.correct.is_null() || !declaration.mapping) {
        return declaration.correct;
    }
    Value out = Value::null(declaration.base, declaration.cardinality);
    const item::MapEntry* best = nullptr;
    for (const auto& entry : declaration.mapping->entries) {
        if (entry.mapped > 0 && declaration.cardinality != item::Cardinality::kSingle) {
            out.items.push_back(entry.key);
        }
        if (best == nullptr || entry.mapped > best->mapped) {
            best = &entry;
        }
    }
    if (declaration.cardinality == item::Cardinality::kSingle && best != nullptr) {
        out.items.push_back(best->key);
    }
    return out;
}

bool has_choice(const item::Interaction& interaction, const std::string& identifier) {
    return std::any_of(interaction.choices.begin(), interaction.choices.end(),
                       [&](const item::Choice& c) { return c.identifier == identifier; });
}

/// Identifiers of the key that no choice has: an answer that can't be given.
void check_key(const Item& item, const std::string& file, CheckReport& report) {
    for (const auto& declaration : item.responses) {
        const auto* interaction = item.interaction_for(declaration.identifier);
        if (interaction == nullptr || interaction->choices.empty()) {
            continue;
        }
        for (const auto& value : declaration.correct.items) {
            std::vector<std::string> names;
            if (const auto* text = std::get_if<std::string>(&value)) {
                names = {*text};
            } else if (const auto* pair = std::get_if<item::Pair>(&value)) {
                names = {pair->first, pair->second};
            }
            for (const auto& name : names) {
                if (!has_choice(*interaction, name)) {
                    note(report, file, Severity::kWarning,
                         {"bank.check.key-no-choice"_id,
                          {{"variable", declaration.identifier}, {"choice", name}}});
                }
            }
        }
    }
}

void check_maximum(const Item& item, const std::string& file, CheckReport& report) {
    item::Responses best;
    bool any = false;
    for (const auto& declaration : item.responses) {
        best[declaration.identifier] = best_answer(declaration);
        any = any || !best[declaration.identifier].is_null();
    }
    const auto maximum = points_of(item);
    if (!any || maximum <= 0 || item.adaptive || item.template_processing) {
        return;
    }
    const auto outcomes = item::score_item(item, best);
    if (!outcomes.ok()) {
        note(report, file, Severity::kError, outcomes.error().what);
        return;
    }
    const auto score = outcomes->values.find("SCORE");
    const auto number =
        score == outcomes->values.end() ? std::nullopt : item::number_of(score->second);
    if (!number || *number < maximum) {
        note(report, file, Severity::kWarning,
             {"bank.check.maximum"_id,
              {{"maximum", item::scalar_to_text(item::BaseType::kFloat, maximum)},
               {"reached", item::scalar_to_text(item::BaseType::kFloat, number.value_or(0))}}});
    }
}

bool is_typed_text(const Item& item, const Declaration& declaration) {
    const auto* interaction = item.interaction_for(declaration.identifier);
    return interaction != nullptr && interaction->kind == item::InteractionKind::kTextEntry &&
           declaration.base == item::BaseType::kString;
}

}  // namespace

double points_of(const Item& item) {
    const auto* maximum = item.outcome("MAXSCORE");
    if (maximum != nullptr) {
        if (const auto number = item::number_of(maximum->initial)) {
            return *number;
        }
    }
    const auto* score = item.outcome("SCORE");
    return score == nullptr ? 0 : score->normal_maximum.value_or(0);
}

void check_scoring(const Item& item, const std::string& file, CheckReport& report) {
    if (item.needs_marker()) {
        const bool rubric =
            std::any_of(item.rubrics.begin(), item.rubrics.end(),
                        [](const auto& r) { return r.for_view(item::View::kScorer); });
        if (!rubric) {
            note(report, file, Severity::kWarning, {"bank.check.no-rubric"_id, {}});
        }
        return;
    }
    if (!item.interactions.empty() && !item.response_processing) {
        note(report, file, Severity::kWarning, {"bank.check.no-rules"_id, {}});
        return;
    }
    check_key(item, file, report);
    check_maximum(item, file, report);
    for (const auto& declaration : item.responses) {
        if (is_typed_text(item, declaration)) {
            note(report, file, Severity::kNote,
                 {"bank.check.text-width"_id, {{"variable", declaration.identifier}}});
        }
    }
}

}  // namespace assay::bank
