#include "question-bank/preview/walk.h"

#include "question-bank/item/progress.h"
#include "question-bank/item/shuffle.h"
#include "question-bank/preview/feedback.h"

namespace assay::preview {

namespace {

namespace json = boost::json;

/// What the test sets of the item's template, as far as the results go.
item::Values settings_of(const Walk& walk, const item::Form::Entry& entry,
                         const std::vector<item::ItemResult>& results) {
    auto set = item::template_defaults(walk.test, *entry.item, results);
    return set.ok() ? std::move(*set) : item::Values();
}

json::object entry_of(const Walk& walk, const item::Form::Entry& entry,
                      const std::vector<item::ItemResult>& results) {
    const auto listed = walk.find(*entry.item);
    json::object out{
        {"id", entry.identifier},
        {"item", listed.number},
        {"seed", std::to_string(item::seed_for(walk.seed, entry.identifier))},
        {"title", listed.item == nullptr ? entry.identifier : listed.item->title},
        {"part", entry.part == nullptr ? "" : entry.part->identifier},
        {"linear", entry.part != nullptr && entry.part->navigation == item::Navigation::kLinear},
        {"settings", json_of(settings_of(walk, entry, results))}};
    return out;
}

/// The items that were shown, scored. One that cannot be scored counts as shown without result.
std::vector<item::ItemResult> results_of(const Walk& walk, const item::Form& form) {
    std::vector<item::ItemResult> out;
    for (const auto& entry : form.entries) {
        const auto given = walk.responses.find(entry.identifier);
        const auto listed = walk.find(*entry.item);
        if (given == walk.responses.end() || listed.item == nullptr) {
            continue;
        }
        const Trial trial{*listed.item,
                          given->second,
                          item::seed_for(walk.seed, entry.identifier),
                          1,
                          {},
                          settings_of(walk, entry, out)};
        const auto outcomes = score_trial(trial);
        if (outcomes.ok()) {
            out.push_back(
                item::item_result(entry.identifier, *listed.item, captured(trial), *outcomes));
        }
    }
    return out;
}

}  // namespace

json::object walk_test(const Walk& walk, const text::Texts& texts, text::Language language) {
    const auto form = item::make_form(walk.test, walk.seed);
    json::array entries;
    const auto results = results_of(walk, form);
    for (const auto& entry : form.entries) {
        entries.push_back(entry_of(walk, entry, results));
    }
    json::object out{{"entries", std::move(entries)}, {"next", nullptr}};
    const auto outcomes = item::score_test(walk.test, results);
    if (outcomes.ok()) {
        json::array warnings;
        for (const auto& warning : outcomes->warnings) {
            warnings.emplace_back(texts.say(language, warning));
        }
        out["outcomes"] = json_of(outcomes->values);
        out["feedback"] = feedback_of(walk.test.feedback, outcomes->feedback);
        out["warnings"] = std::move(warnings);
    } else {
        out["error"] = texts.say(language, outcomes.error().what);
    }
    const bool inside = !walk.current || *walk.current < form.entries.size();
    const auto next = inside ? item::next_entry(walk.test, form, walk.current, results)
                             : Result<std::optional<std::size_t>>(std::optional<std::size_t>());
    if (!next.ok()) {
        out["error"] = texts.say(language, next.error().what);
    } else if (*next) {
        out["next"] = **next;
    }
    return out;
}

}  // namespace assay::preview
