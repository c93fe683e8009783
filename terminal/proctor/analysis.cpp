#include "terminal/proctor/analysis.h"

#include <algorithm>

#include "crypto/base/check.h"

namespace assay::proctor {
namespace {

using record::FindingCode;

constexpr std::size_t kUsualSamplesMax = 300;  // five minutes
constexpr std::size_t kChangesMax = 400;

double percentile(std::vector<double> values, double part) {
    ASSAY_CHECK(!values.empty());
    const auto index = static_cast<std::size_t>(part * static_cast<double>(values.size() - 1));
    const auto place = values.begin() + static_cast<std::ptrdiff_t>(index);
    std::nth_element(values.begin(), place, values.end());
    return *place;
}

double median(const std::deque<double>& values) {
    return percentile(std::vector<double>(values.begin(), values.end()), 0.5);
}

Event event_of(const Condition& condition, record::Phase phase, SteadyTime at, int confidence) {
    return {condition.row().code, phase, condition.onset(), at, condition.weight(), confidence};
}

}  // namespace

void Analysis::Usual::learn(const Observation& seen) {
    if (seen.at - last_ < std::chrono::seconds(1)) {
        return;
    }
    last_ = seen.at;
    deviations_.push_back(seen.picture.deviation);
    laplacians_.push_back(seen.picture.laplacian);
    if (deviations_.size() > kUsualSamplesMax) {
        deviations_.pop_front();
        laplacians_.pop_front();
    }
}

double Analysis::Usual::deviation() const { return median(deviations_); }
double Analysis::Usual::laplacian() const { return median(laplacians_); }

Analysis::Analysis(Tolerances tolerances)
    : tolerances_(std::move(tolerances)), look_away_(tolerances_.of(FindingCode::kLookAway)) {
    for (const ConditionRow& row : kConditions) {
        if (tolerances_.of(row.code) != Tolerance::kOff) {
            conditions_.emplace_back(row);
        }
    }
}

bool Analysis::covered(const Observation& seen) const {
    const PictureStatistics& p = seen.picture;
    // A dark room keeps its contrast, or at least its shape, however faint; a cover has neither.
    const bool room = p.deviation >= kDarkContrastMin * p.mean || seen.like_lit >= kDarkLikenessMin;
    const bool dark = p.mean < kDarkMeanMax && room;
    if (p.mean < kCoveredMeanMax || (p.deviation < kCoveredDeviationMax && !dark)) {
        return true;
    }
    // A wall behind an absent person keeps its own detail; a hand or tape over the lens does not.
    const bool face = seen.faces.value_or(1) > 0;
    return !face && !dark && usual_.known() &&
           p.deviation < kCoveredPartOfMedian * usual_.deviation() &&
           p.laplacian < kCoveredPartOfMedian * usual_.laplacian();
}

bool Analysis::frozen(const Observation& seen) {
    const bool same = last_hash_ && *last_hash_ == seen.raw_hash;
    last_hash_ = seen.raw_hash;
    return same;
}

Met Analysis::still(const Observation& seen) {
    // An empty room is as still as a picture; and without a detector nobody knows.
    if (!last_face_ || seen.at - *last_face_ > kInterruptedAfter) {
        changes_.clear();
        return {};
    }
    changes_.emplace_back(seen.at, seen.change);
    while (seen.at - changes_.front().first > kStillWindow || changes_.size() > kChangesMax) {
        changes_.pop_front();
    }
    const bool full = seen.at - changes_.front().first >= kStillWindow - 2 * kAnalysisEvery;
    // Identical frames are frozen, and a black picture has nothing that could move.
    if (!full || frozen_now_ || covered_now_) {
        return {false, {}, false};
    }
    std::vector<double> values;
    values.reserve(changes_.size());
    for (const auto& [at, change] : changes_) {
        values.push_back(change);
    }
    const double high = percentile(values, 0.95);
    const double low = percentile(values, 0.05);
    return {high < kStillHighMax && high < kStillRatioMax * low, changes_.front().first, false};
}

Met Analysis::absent(const Observation& seen) {
    if (covered_now_ || frozen_now_ || (dark_now_ && seen.faces.value_or(0) == 0)) {
        return {};
    }
    if (seen.faces) {
        return {*seen.faces == 0, {}, false};
    }
    return {seen.change < kMotionMin, {}, false};
}

Met Analysis::multiple(const Observation& seen) const {
    if (seen.second_since) {
        return {true, seen.second_since, false};
    }
    if (covered_now_ || frozen_now_ || !seen.faces || seen.second_unsure) {
        return {};
    }
    return {*seen.faces > 1, {}, false};
}

Met Analysis::moved(const Observation& seen) const {
    return covered_now_ || frozen_now_ || dark_now_ ? Met{} : Met{seen.moved, {}, false};
}

Met Analysis::judge(FindingCode code, const Observation& seen) {
    if (code == FindingCode::kCameraLost) {
        return {!seen.frame, {}, false};
    }
    if (code == FindingCode::kProctorDegraded) {
        return {seen.degraded, {}, false};
    }
    if (!seen.frame) {
        return {};
    }
    switch (code) {
        case FindingCode::kFaceAbsent:
            return absent(seen);
        case FindingCode::kFaceMultiple:
            return multiple(seen);
        case FindingCode::kIdMismatch:
            return seen.mismatch;
        case FindingCode::kIdUnverified:
            return covered_now_ || frozen_now_ ? Met{} : seen.unverified;
        case FindingCode::kLookAway:
            return look_away_.take(seen.at, covered_now_ || frozen_now_ ? std::nullopt : seen.yaw);
        case FindingCode::kCameraMoved:
            return moved(seen);
        case FindingCode::kFeedLoop:
            return covered_now_ || frozen_now_ ? Met{} : seen.loop;
        case FindingCode::kCameraCovered:
            return {covered_now_, {}, false};
        case FindingCode::kCameraDark:
            return {dark_now_, {}, false};
        case FindingCode::kFeedFrozen:
            return {frozen_now_, {}, false};
        case FindingCode::kFeedStill:
            return still(seen);
        case FindingCode::kCameraChanged:
            return {!seen.same_device, {}, false};
        default:
            return {};
    }
}

void Analysis::note_scene(const Observation& seen) {
    if (!seen.frame) {
        changes_.clear();
        last_hash_.reset();
        covered_now_ = dark_now_ = frozen_now_ = false;
        return;
    }
    covered_now_ = covered(seen);
    dark_now_ = !covered_now_ && seen.picture.mean < kDarkMeanMax;
    frozen_now_ = frozen(seen);
    if (seen.faces.value_or(0) > 0) {
        last_face_ = seen.at;
        if (!covered_now_) {
            usual_.learn(seen);
        }
    }
    last_seen_ = seen;
}

/// Percent. From a person's point of view: how often the detector is right when it says so.
int Analysis::confidence(FindingCode code) const {
    const bool dim = last_seen_.picture.mean < kDimMeanMax;
    switch (code) {
        case FindingCode::kFaceAbsent:
            if (!last_seen_.faces) {
                return kConfidenceFromMotionMax / (dim ? 2 : 1);
            }
            return dim ? 60 : 90;
        case FindingCode::kFaceMultiple:
            return std::clamp(static_cast<int>(100 * last_seen_.second_score), 0, dim ? 60 : 95);
        case FindingCode::kFeedStill:
        case FindingCode::kLookAway:
        case FindingCode::kCameraMoved:
            return 70;
        case FindingCode::kIdMismatch:
        case FindingCode::kFeedLoop:
            return 85;
        case FindingCode::kCameraCovered:
        case FindingCode::kCameraDark:
            return 90;
        default:
            return 99;
    }
}

/// Other times than the table's, by what is known and by the accommodation.
void Analysis::adjust(Condition& condition, const Observation& seen) const {
    const FindingCode code = condition.row().code;
    const int times = tolerances_.of(code) == Tolerance::kWide ? kWideTimes : 1;
    if (code == FindingCode::kFaceAbsent && seen.frame) {
        // Motion alone says too little for more weight.
        const ConditionRow& row = kConditions[0];
        condition.adjust(times * (seen.faces ? row.raise_after : kAbsentWithoutMotion),
                         times * (seen.faces ? row.more_after : milliseconds(0)));
    } else if (code == FindingCode::kIdMismatch) {
        condition.adjust(seen.mismatch_after, milliseconds(0));
    }
}

std::vector<Event> Analysis::step(const Observation& seen) {
    note_scene(seen);
    std::vector<Event> events;
    for (Condition& condition : conditions_) {
        const FindingCode code = condition.row().code;
        adjust(condition, seen);
        const Turn turn = condition.step(seen.at, judge(code, seen));
        if (turn == Turn::kRaised) {
            events.push_back(event_of(condition, record::Phase::kBegin, seen.at, confidence(code)));
        } else if (turn == Turn::kRose) {
            events.push_back(
                event_of(condition, record::Phase::kUpdate, seen.at, confidence(code)));
        } else if (turn == Turn::kEnded) {
            events.push_back(
                event_of(condition, record::Phase::kEnd, condition.last_met(), confidence(code)));
        }
    }
    return events;
}

std::vector<Event> Analysis::finish(SteadyTime at) {
    std::vector<Event> events;
    for (Condition& condition : conditions_) {
        const FindingCode code = condition.row().code;
        if (condition.finish() == Turn::kEnded) {
            const SteadyTime end = std::min(at, condition.last_met());
            events.push_back(event_of(condition, record::Phase::kEnd, end, confidence(code)));
        }
    }
    return events;
}

bool Analysis::wants_last_pass(SteadyTime now) const {
    const Condition& absence = conditions_.front();
    if (absence.row().code != FindingCode::kFaceAbsent) {
        return false;
    }
    return absence.suspected() && !absence.raised() && now - absence.onset() >= kLastPassAfter;
}

}  // namespace assay::proctor
