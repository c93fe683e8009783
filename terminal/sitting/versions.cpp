#include "terminal/sitting/versions.h"

#include "crypto/record/text_edit.h"
#include "terminal/sitting/step.h"

namespace assay::sitting {

static_assert(kHistoryRecordsMax > kHistoryMax + std::size_t{kEditsMax});

bool changes_answer(const record::Event& event) {
    const bool kind =
        event.kind == record::EventKind::kAnswer || event.kind == record::EventKind::kEdit;
    return kind && event.item && event.response;
}

std::vector<AnswerVersion> versions_of(const std::vector<AnswerRecord>& records) {
    std::vector<AnswerVersion> out;
    AnswerVersion stands;
    bool known = false;
    for (std::size_t i = 0; i < records.size(); ++i) {
        const auto& [index, event] = records[i];
        stands.restores.reset();
        if (event.kind == record::EventKind::kAnswer) {
            known = true;
            stands.values = event.values;
            stands.typed = event.text;
            if (event.number) {
                stands.restores = static_cast<std::uint64_t>(*event.number);
            }
        } else if (!known || !record::fold_edit(stands.values, stands.typed, event)) {
            continue;
        }
        stands.record = index;
        stands.wall = event.wall;
        if (i + kHistoryMax >= records.size()) {  // whoever is older is left out
            out.push_back(stands);
        }
    }
    return out;
}

}  // namespace assay::sitting
