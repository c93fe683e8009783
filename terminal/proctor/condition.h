#pragma once

#include "terminal/proctor/met.h"
#include "terminal/proctor/thresholds.h"

namespace assay::proctor {

/// What a condition says after a step.
enum class Turn { kNothing, kRaised, kRose, kEnded };

/// One row of the table over time: suspected, raised after a while, ended after a quiet time.
class Condition {
  public:
    explicit Condition(const ConditionRow& row) : row_(row) {}

    /// What cannot be known now neither feeds nor ends a suspicion, for kUnknownMax, and counts as
    /// quiet for what is raised. `since` moves the onset back, for conditions that look at a
    /// window; `more` raises it at once. Times never go back.
    Turn step(SteadyTime at, const Met& seen);
    /// Ends what is raised.
    Turn finish();

    /// Other times than the row's; 0 for `more_after`: only Met::more makes the weight rise.
    void adjust(milliseconds raise_after, milliseconds more_after) {
        row_.raise_after = raise_after;
        row_.more_after = more_after;
    }
    const ConditionRow& row() const { return row_; }
    bool raised() const { return raised_; }
    bool suspected() const { return onset_.has_value(); }
    /// Of the present suspicion, else of the last one.
    SteadyTime onset() const { return onset_.value_or(ended_onset_); }
    SteadyTime last_met() const { return last_met_; }
    record::FindingWeight weight() const { return risen_ ? row_.more : row_.weight; }

  private:
    Turn step_met(SteadyTime at, bool more);
    void clear();

    ConditionRow row_;
    std::optional<SteadyTime> onset_;
    SteadyTime last_met_{0};
    SteadyTime last_{0};
    milliseconds unknown_{0};  ///< since it was last met
    SteadyTime ended_onset_{0};
    bool raised_ = false;
    bool risen_ = false;
};

}  // namespace assay::proctor
