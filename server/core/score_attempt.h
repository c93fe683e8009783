#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "crypto/record/answers.h"
#include "crypto/record/manifest.h"
#include "crypto/record/result.h"
#include "question-bank/item/package.h"
#include "question-bank/item/result_report.h"
#include "server/core/marking.h"

// The machine's part of a result, pure: no clock, no store, no key. The server and assay-audit call
// the same function and must get the same bytes.
namespace assay::server_core {

/// A scoring view that was read once for all attempts. Immutable; any thread.
class ScoringPaper {
  public:
    /// The first test of the package: a response given in one language is scored by any. kNotFound
    /// where there is no test.
    static Result<ScoringPaper> read(const item::Package& package);

    const item::Test& test() const { return *test_; }
    /// Of a reference of the test; never null for one.
    const item::Item* find(const item::ItemRef& reference) const;

  private:
    std::unique_ptr<const item::Test> test_;
    std::map<std::string, item::Item, std::less<>> items_;  ///< by href of the reference
};

struct ScoreRequest {
    /// In the order of the package's Statement.
    std::span<const ScoringPaper* const> parts;
    const record::Answers* answers = nullptr;
    /// In order of arrival; a marker's last one for an item and criterion stands.
    std::span<const record::MarkSheet> marks;
    record::PassRule pass;
    WallTime time;  ///< for the report only: of the package's Statement
};

struct AttemptScore {
    /// For each part its test's outcomes, then those of its items in the order of the candidate's
    /// form; by name within each.
    std::vector<record::OutcomeEntry> outcomes;
    std::int64_t score_milli = 0;
    std::int64_t max_milli = 0;
    /// Items that a person still has to mark; the state is withheld while there are any.
    std::vector<std::string> unmarked;
    /// Those of them whose independent marks differ by more than the tolerance: they wait for an
    /// adjudicator.
    std::vector<std::string> disputed;
    record::ResultState state = record::ResultState::kWithheld;
    std::string report;  ///< QTI assessmentResult
};

/// Scores what was handed in. Selection, order and templates come from record::form_seed. An item
/// that needs a marker and has no answer at all gets 0; one with an answer counts as marked when
/// the criteria's maxima add up to the item's. kInvalid for a mark that is negative, above its
/// maximum, or of an item that is not on the form.
Result<AttemptScore> score_attempt(const ScoreRequest& request);

/// Thousandths of a point, half up on the shortest decimal form.
std::int64_t to_milli(double points);

}  // namespace assay::server_core
