#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "question-bank/item/score.h"
#include "question-bank/item/test.h"

namespace assay::item {

/// Entry of the form that follows `current` (nothing: the first), by the preconditions and branch
/// rules over the results so far; nothing at the end of the test. In a nonlinear part the rules of
/// items and sections do not count, those of parts always do. kInvalid where a rule cannot be
/// followed.
Result<std::optional<std::size_t>> next_entry(const Test& test, const Form& form,
                                              std::optional<std::size_t> current,
                                              const std::vector<ItemResult>& results);

/// What the reference sets for template variables of its item (templateDefault), for
/// Circumstances::settings and template_values.
Result<Values> template_defaults(const Test& test, const ItemRef& reference,
                                 const std::vector<ItemResult>& results);

/// Whether another attempt may begin. An adaptive item goes on until its completionStatus is
/// "completed", whatever maxAttempts says; simultaneous submission allows one attempt.
bool may_attempt(const Item& item, const ItemRef& reference, Submission submission,
                 std::uint32_t attempts_made, const Outcomes* last);

/// What keeps the responses from being submitted: skipped where allowSkipping is false, and where
/// validateResponses asks for it, too few or too many choices and a pattern that does not match.
std::vector<Message> submission_problems(const Item& item, const ItemRef& reference,
                                         const Responses& responses);

/// Time spent so far, by identifier.
struct TimeSpent {
    std::chrono::milliseconds test{};
    std::map<std::string, std::chrono::milliseconds> parts;
    std::map<std::string, std::chrono::milliseconds> sections;
    std::map<std::string, std::chrono::milliseconds> items;  ///< by Form::Entry::identifier
};

/// The least of what test, part, sections and item leave; nothing where none has a maxTime. Below
/// zero when time is over; `late` where every limit that is over allows late submission.
struct TimeLeft {
    std::optional<std::chrono::milliseconds> left;
    bool late = false;
};
TimeLeft time_left(const Test& test, const Form::Entry& entry, const TimeSpent& spent);

}  // namespace assay::item
