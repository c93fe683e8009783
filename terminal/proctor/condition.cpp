#include "terminal/proctor/condition.h"

#include <algorithm>
#include <utility>

namespace assay::proctor {

Turn Condition::step(SteadyTime at, const Met& seen) {
    const milliseconds passed = at - std::exchange(last_, at);
    if (seen.met.value_or(false)) {
        if (!onset_) {
            onset_ = seen.since.value_or(at);
            risen_ = false;
        }
        last_met_ = at;
        unknown_ = milliseconds(0);
        return step_met(at, seen.more);
    }
    if (!onset_) {
        return Turn::kNothing;
    }
    if (raised_) {
        return at - last_met_ >= row_.quiet ? finish() : Turn::kNothing;
    }
    if (!seen.met) {
        unknown_ = std::min(unknown_ + passed, kUnknownMax);
    }
    if (at - last_met_ > row_.slack + unknown_) {
        clear();
    }
    return Turn::kNothing;
}

Turn Condition::step_met(SteadyTime at, bool more) {
    if (!raised_ && (more || at - *onset_ >= row_.raise_after)) {
        raised_ = true;
        risen_ = more;
        return Turn::kRaised;
    }
    const bool late = row_.more_after.count() > 0 && at - *onset_ >= row_.more_after;
    if (raised_ && !risen_ && (more || late)) {
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
