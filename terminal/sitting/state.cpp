#include "terminal/sitting/state.h"

#include <algorithm>

namespace assay::sitting {

std::int64_t Terms::duration_ms() const {
    return std::int64_t{rules.duration_minutes} * 60'000 *
           (100 + std::int64_t{accommodations.extra_time_percent}) / 100;
}

bool ItemState::answered() const {
    return !files.empty() || std::ranges::any_of(responses, [](const auto& entry) {
        return entry.second.values.has_value() && !entry.second.values->empty();
    });
}

record::EvidenceCounts EvidenceState::counts() const {
    return {segments.size(), bytes, gaps.size(), covered_seconds};
}

Phase State::phase() const {
    if (!start) {
        return Phase::kCheckIn;
    }
    if (sealed) {
        return Phase::kSealed;
    }
    if (terminated) {
        return Phase::kTerminated;
    }
    if (handed_in) {
        return Phase::kHandedIn;
    }
    if (released.empty()) {
        return started ? Phase::kReopened : Phase::kWaiting;
    }
    if (!started || late) {
        return Phase::kReleased;
    }
    if (paused) {
        return Phase::kPaused;
    }
    return reviewing ? Phase::kReviewing : Phase::kRunning;
}

std::int64_t State::remaining_signed_ms(std::int64_t at_ms) const {
    const std::int64_t elapsed = clock_runs() ? std::max<std::int64_t>(0, at_ms - time.at_ms) : 0;
    return time.remaining_ms - elapsed;
}

std::int64_t State::remaining_ms(std::int64_t at_ms) const {
    return std::max<std::int64_t>(0, remaining_signed_ms(at_ms));
}

std::int64_t State::at_of(const std::string& boot, SteadyTime steady) const {
    if (boot != time.base.boot) {
        return time.at_ms;
    }
    return std::max(time.at_ms, time.base.at_ms + steady.count() - time.base.steady_ms);
}

record::Answers State::answers() const {
    record::Answers out{terms.attempt, {}};
    for (const auto& [name, item] : items) {
        if (item.responses.empty() && item.files.empty()) {
            continue;
        }
        record::AnsweredItem answered{name, {}, {}};
        for (const auto& [response, value] : item.responses) {
            answered.responses.push_back(value);
        }
        for (const auto& [file, value] : item.files) {
            answered.files.push_back(value);
        }
        out.items.push_back(std::move(answered));
    }
    return out;
}

State initial(Terms terms) {
    State out;
    out.time.remaining_ms = terms.duration_ms();
    out.terms = std::move(terms);
    return out;
}

State begin_journal(State state, const record::Start& start) {
    if (state.start && state.clock_runs()) {
        // The clocks of two machines have nothing in common: the desk's own times tell how long
        // nobody could answer.
        const std::int64_t before = state.time.desk_time.seconds + state.time.at_ms / 1000;
        const std::int64_t dark =
            std::max<std::int64_t>(0, start.desk_time.seconds - before) * 1000;
        state.time.remaining_ms -= dark;
        state.time.used_ms += dark;
        state.time.dark_ms += dark;
    }
    state.time.at_ms = 0;
    state.time.paused_at_ms = 0;
    state.time.base = {};
    state.time.desk_time = start.desk_time;
    state.time.grace_until_ms = start.continued ? kResumeGraceMs : 0;
    state.start = start;
    state.released.clear();
    state.handed_in = false;
    state.terminated = false;
    state.sealed = false;
    state.reviewing = false;
    for (auto& [name, item] : state.items) {
        item.edits.clear();  // each journal has a whole value before its first edit
    }
    return state;
}

}  // namespace assay::sitting
