#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "question-bank/item/item.h"
#include "question-bank/item/responses.h"
#include "question-bank/item/test.h"

namespace assay::item {

inline constexpr std::size_t kRuleStepsMax = 1'000'000;

/// What scoring an item gave.
struct Outcomes {
    Values values;              ///< every outcome variable, completionStatus among them
    Values templates;           ///< template variables that the seed gave
    Values correct;             ///< the key, as template processing left it
    bool needs_marker = false;  ///< a person has to mark it before the score counts
    bool score_is_null = false;
    std::vector<std::string> feedback;  ///< identifiers of modal feedback that is shown
    std::vector<Message> warnings;
};

/// What a scorer is told besides the responses.
struct Circumstances {
    std::uint64_t seed = 0;     ///< of template processing and random rules
    std::int64_t attempts = 1;  ///< numAttempts
    double duration_seconds = 0;
    Values earlier;   ///< outcomes of the attempt before; any item but an adaptive one starts anew
    Values marks;     ///< a person's marks: set first, never overwritten by a rule
    Values settings;  ///< template defaults and context variables set by the test
};

/// Scores one attempt. Responses that are not given are NULL; a response without a declaration is
/// a warning. kInvalid where a rule cannot be followed (with its line), kLimit for a rule that
/// does not end.
Result<Outcomes> score_item(const Item& item, const Responses& responses,
                            const Circumstances& circumstances);
Result<Outcomes> score_item(const Item& item, const Responses& responses, std::uint64_t seed = 0);

/// Values of the template variables for a seed: what the candidate's page is made with.
Result<Values> template_values(const Item& item, std::uint64_t seed);
/// The same where a test sets some of their defaults.
Result<Values> template_values(const Item& item, const Circumstances& circumstances);

/// True where every response variable has a correct value and equals it.
bool all_correct(const Item& item, const Responses& responses);
/// The same with the key that template processing set.
bool all_correct(const Item& item, const Responses& responses, const Values& correct);

/// One item of a test, scored.
struct ItemResult {
    std::string identifier;                 ///< of the item reference
    Values variables;                       ///< responses and outcomes
    std::vector<Declaration> declarations;  ///< of those variables; may be empty
    bool presented = true;
    bool attempted = true;
    bool responded = true;
    bool correct = false;
    double duration_seconds = 0;
};

struct TestOutcomes {
    Values values;
    std::vector<std::string> feedback;
    std::vector<Message> warnings;
};

/// Outcome processing of a test over the results of its items.
Result<TestOutcomes> score_test(const Test& test, const std::vector<ItemResult>& items);

/// The result of an item for score_test.
ItemResult item_result(const std::string& identifier, const Item& item, const Responses& responses,
                       const Outcomes& outcomes);

}  // namespace assay::item
