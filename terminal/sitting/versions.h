#pragma once

#include <vector>

#include "terminal/sitting/store.h"

namespace assay::sitting {

/// Whether a store keeps this event for the history.
bool changes_answer(const record::Event& event);

/// So many records have a whole value among them and kHistoryMax versions after it.
inline constexpr std::size_t kHistoryRecordsMax = kHistoryMax + 256;

/// The values of one response, oldest first, at most kHistoryMax, the newest ones. Edits before
/// the first whole value are left out.
std::vector<AnswerVersion> versions_of(const std::vector<AnswerRecord>& records);

}  // namespace assay::sitting
