#include "terminal/ui/history.h"

#include <algorithm>

namespace assay::terminal_ui {
namespace {

bool begins_letter(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

std::size_t letters_of(const std::string& text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, begins_letter));
}

}  // namespace

std::vector<std::string> typed_responses(const sitting::Paper::Entry& entry) {
    std::vector<std::string> out;
    for (const item::Declaration& each : entry.item->responses) {
        if (each.base == item::BaseType::kString &&
            each.cardinality == item::Cardinality::kSingle) {
            out.push_back(each.identifier);
        }
    }
    return out;
}

std::vector<HistoryEntry> history_entries(const std::string& item, const std::string& response,
                                          const std::vector<sitting::AnswerVersion>& versions) {
    std::vector<HistoryEntry> out;
    for (std::size_t i = 0; i < versions.size(); ++i) {
        const sitting::AnswerVersion& each = versions[i];
        const bool newest = i + 1 == versions.size();
        const bool rested = newest || versions[i + 1].restores ||
                            (versions[i + 1].wall - each.wall).count() >= kPauseSeconds;
        if (rested && each.values && !each.values->empty()) {
            const std::string& text = each.typed ? *each.typed : each.values->front();
            out.push_back({item, response, each.record, each.wall, text, letters_of(text)});
        }
    }
    return out;
}

std::string shown_text(const std::string& text) {
    std::size_t letters = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (begins_letter(text[at]) && letters++ == kHistoryLettersMax) {
            return text.substr(0, at) + "…";
        }
    }
    return text;
}

}  // namespace assay::terminal_ui
