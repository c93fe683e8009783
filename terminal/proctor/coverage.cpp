#include "terminal/proctor/coverage.h"

namespace assay::proctor {

std::vector<GapTurn> Coverage::tick(SteadyTime at, record::GapCause cause) {
    if (cause_ || second_of(at) <= last_covered_ + 1) {
        return {};
    }
    cause_ = cause;
    gap_from_ = begin_of(last_covered_ + 1);
    return {{record::Phase::kBegin, cause, gap_from_, gap_from_}};
}

std::vector<GapTurn> Coverage::analysed(SteadyTime at) {
    const std::int64_t second = second_of(at);
    if (second <= last_covered_) {
        return {};
    }
    std::vector<GapTurn> turns = tick(at, record::GapCause::kStarved);
    if (cause_) {
        turns.push_back({record::Phase::kEnd, *cause_, gap_from_, begin_of(second)});
        cause_.reset();
    }
    last_covered_ = second;
    ++covered_;
    return turns;
}

std::vector<GapTurn> Coverage::finish(SteadyTime at) {
    if (!cause_) {
        return {};
    }
    const GapTurn turn{record::Phase::kEnd, *cause_, gap_from_, std::max(gap_from_, at)};
    cause_.reset();
    return {turn};
}

}  // namespace assay::proctor
