// Whether the key of an item can be reached, and whether a person who marks knows how.
#include <algorithm>
#include <set>

#include "question-bank/cli/item_checks.h"
#include "question-bank/item/score.h"

namespace assay::bank {

namespace {

using item::Declaration;
using item::Item;
using item::Value;

void note(CheckReport& report, const CheckedFile& file, Severity severity, Message what,
          pugi::xml_node node = {}) {
    report.findings.push_back(
        {severity, Area::kScoring, file.path, file.line(node), node.name(), std::move(what)});
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

/// The identifiers that a value of a key names.
std::vector<std::string> names_in(const item::Scalar& value) {
    if (const auto* text = std::get_if<std::string>(&value)) {
        return {*text};
    }
    const auto* pair = std::get_if<item::Pair>(&value);
    return pair != nullptr ? std::vector{pair->first, pair->second} : std::vector<std::string>();
}

std::vector<item::Scalar> keys_of(const Declaration& declaration) {
    auto out = declaration.correct.items;
    if (declaration.mapping) {
        for (const auto& entry : declaration.mapping->entries) {
            out.push_back(entry.key);
        }
    }
    return out;
}

/// Identifiers of the key that no choice has: an answer that can't be given.
void check_key(const Item& item, const CheckedFile& file, CheckReport& report) {
    for (const auto& declaration : item.responses) {
        const auto* interaction = item.interaction_for(declaration.identifier);
        if (interaction == nullptr || interaction->choices.empty()) {
            continue;
        }
        std::set<std::string> missing;
        for (const auto& value : keys_of(declaration)) {
            for (const auto& name : names_in(value)) {
                if (!has_choice(*interaction, name)) {
                    missing.insert(name);
                }
            }
        }
        for (const auto& name : missing) {
            note(report, file, Severity::kWarning,
                 {"bank.check.key-no-choice"_id,
                  {{"variable", declaration.identifier}, {"choice", name}}},
                 interaction->node);
        }
        const auto most = interaction->choices_max;
        if (most > 0 && declaration.correct.items.size() > most) {
            note(report, file, Severity::kWarning,
                 {"bank.check.key-too-many"_id,
                  {{"variable", declaration.identifier}, {"limit", std::to_string(most)}}},
                 interaction->node);
        }
    }
}

/// A text key that capture would change can never be what a candidate gives.
void check_text_keys(const Item& item, const CheckedFile& file, CheckReport& report) {
    for (const auto& declaration : item.responses) {
        const auto* interaction = item.interaction_for(declaration.identifier);
        if (interaction == nullptr || declaration.base != item::BaseType::kString) {
            continue;
        }
        for (const auto& value : keys_of(declaration)) {
            const auto& text = std::get<std::string>(value);
            const auto captured = item::capture(declaration, {text});
            const bool same = captured.ok() && captured->value.items.size() == 1 &&
                              captured->value.items[0] == value;
            if (!same) {
                note(report, file, Severity::kWarning,
                     {"bank.check.key-changed"_id, {{"key", text.substr(0, 80)}}},
                     interaction->node);
            }
        }
    }
}

/// Nothing says what is right, and no person marks it.
void check_has_key(const Item& item, const CheckedFile& file, CheckReport& report) {
    const bool template_key = item.template_processing.has_value();
    const bool by_key = item.response_template.find("match") != std::string::npos ||
                        item.response_template.find("map") != std::string::npos;
    for (const auto& declaration : item.responses) {
        const auto* interaction = item.interaction_for(declaration.identifier);
        const bool key = !declaration.correct.is_null() || declaration.mapping ||
                         declaration.area_mapping || template_key;
        if (interaction != nullptr && by_key && !key &&
            interaction->kind != item::InteractionKind::kEndAttempt) {
            note(report, file, Severity::kWarning,
                 {"bank.check.key-missing"_id, {{"variable", declaration.identifier}}},
                 interaction->node);
        }
    }
}

void check_maximum(const Item& item, const CheckedFile& file, CheckReport& report) {
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

void check_scoring(const Item& item, const CheckedFile& file, CheckReport& report) {
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
    check_has_key(item, file, report);
    check_text_keys(item, file, report);
    check_maximum(item, file, report);
    for (const auto& declaration : item.responses) {
        if (is_typed_text(item, declaration) && declaration.fold == item::Fold::kUnset) {
            note(report, file, Severity::kNote,
                 {"bank.check.text-width"_id, {{"variable", declaration.identifier}}},
                 item.interaction_for(declaration.identifier)->node);
        }
    }
}

}  // namespace assay::bank
