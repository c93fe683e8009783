#include "terminal/proctor/condition.h"

namespace assay::proctor {

Turn Condition::step(SteadyTime at, std::optional<bool> met, std::optional<SteadyTime> since) {
    if (met.value_or(false)) {
        if (!onset_) {
            onset_ = since.value_or(at);
            risen_ = false;
        }
        last_met_ = at;
        return step_met(at);
    }
    if (!onset_) {
        return Turn::kNothing;
    }
    if (raised_) {
        return at - last_met_ >= row_.quiet ? finish() : Turn::kNothing;
    }
    if (at - last_met_ > row_.slack) {
        clear();
    }
    return Turn::kNothing;
}

Turn Condition::step_met(SteadyTime at) {
    if (!raised_ && at - *onset_ >= row_.raise_after) {
        raised_ = true;
        return Turn::kRaised;
    }
    const bool rises = raised_ && !risen_ && row_.more_after.count() > 0;
    if (rises && at - *onset_ >= row_.more_after) {
        risen_ = true;
        return Turn::kRose;
    }
    return Turn::kNothing;
}

Turn Condition::finish() {
    const bool was_raised = raised_;
    clear();
    return was_raised ? Turn::kEnded : Turn::kNothing;
}

void Condition::clear() {
    ended_onset_ = onset_.value_or(ended_onset_);
    onset_.reset();
    raised_ = false;
}

}  // namespace assay::proctor
