// What itemSessionControl and timeLimits allow.
#include <algorithm>

#include "question-bank/item/pattern.h"
#include "question-bank/item/progress.h"

namespace assay::item {

namespace {

bool is_null(const Responses& responses, const std::string& name) {
    const auto found = responses.find(name);
    return found == responses.end() || found->second.is_null();
}

void add_count_problems(const Interaction& interaction, const Responses& responses,
                        std::vector<Message>& out) {
    const auto found = responses.find(interaction.response);
    const std::size_t count = found == responses.end() ? 0 : found->second.items.size();
    const bool few = interaction.choices_min > 0 && count < interaction.choices_min;
    const bool many = interaction.choices_max > 0 && count > interaction.choices_max;
    if (few || many) {
        out.push_back(
            {few ? "item.session.too-few"_id : "item.session.too-many"_id,
             {{"response", interaction.response},
              {"found", std::to_string(count)},
              {"limit", std::to_string(few ? interaction.choices_min : interaction.choices_max)}}});
    }
}

void add_pattern_problem(const Interaction& interaction, const Responses& responses,
                         std::vector<Message>& out) {
    const auto mask = interaction.attribute("patternMask");
    if (mask.empty() || is_null(responses, interaction.response)) {
        return;
    }
    const auto& value = responses.find(interaction.response)->second;
    for (const auto& item : value.items) {
        const auto matches = pattern_matches(std::string(mask), scalar_to_text(value.base, item));
        if (matches.ok() && !*matches) {
            out.push_back({"item.session.pattern"_id, {{"response", interaction.response}}});
            return;
        }
    }
}

}  // namespace

bool may_attempt(const Item& item, const ItemRef& reference, Submission submission,
                 std::uint32_t attempts_made, const Outcomes* last) {
    if (attempts_made == 0) {
        return true;
    }
    if (submission == Submission::kSimultaneous) {
        return false;
    }
    if (item.adaptive) {
        const auto status =
            last == nullptr ? Values::const_iterator() : last->values.find("completionStatus");
        return last == nullptr || status == last->values.end() ||
               status->second != Value::identifier("completed");
    }
    const auto most = reference.control.attempts_max;
    return most == 0 || attempts_made < most;
}

std::vector<Message> submission_problems(const Item& item, const ItemRef& reference,
                                         const Responses& responses) {
    std::vector<Message> out;
    const bool skipped =
        std::all_of(item.responses.begin(), item.responses.end(),
                    [&](const Declaration& one) { return is_null(responses, one.identifier); });
    if (skipped) {
        if (!reference.control.allow_skipping && !item.responses.empty()) {
            out.push_back({"item.session.skipped"_id, {}});
        }
        return out;
    }
    if (reference.control.validate_responses) {
        for (const auto& interaction : item.interactions) {
            add_count_problems(interaction, responses, out);
            add_pattern_problem(interaction, responses, out);
        }
    }
    return out;
}

TimeLeft time_left(const Test& test, const Form::Entry& entry, const TimeSpent& spent) {
    TimeLeft out;
    bool over = false;
    bool all_late = true;
    const auto take = [&](const TimeLimits& limits, std::chrono::milliseconds used) {
        if (!limits.maximum) {
            return;
        }
        const auto left = *limits.maximum - used;
        out.left = out.left ? std::min(*out.left, left) : left;
        if (left.count() < 0) {
            over = true;
            all_late = all_late && limits.allow_late;
        }
    };
    const auto of = [](const auto& map, const std::string& name) {
        const auto found = map.find(name);
        return found == map.end() ? std::chrono::milliseconds{} : found->second;
    };
    take(test.time, spent.test);
    take(entry.part->time, of(spent.parts, entry.part->identifier));
    for (const auto* section : entry.sections) {
        take(section->time, of(spent.sections, section->identifier));
    }
    take(entry.item->time, of(spent.items, entry.identifier));
    out.late = over && all_late;
    return out;
}

}  // namespace assay::item
