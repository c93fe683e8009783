#pragma once

#include <vector>

#include "crypto/base/clock.h"
#include "crypto/record/proctor_message.h"

namespace assay::proctor {

/// A gap begins (from == to) or ends.
struct GapTurn {
    record::Phase phase = record::Phase::kBegin;
    record::GapCause cause = record::GapCause::kStarved;
    SteadyTime from{0};
    SteadyTime to{0};
    friend bool operator==(const GapTurn&, const GapTurn&) = default;
};

/// Which seconds since `start` are covered: those in which a frame was analysed. Pure.
class Coverage {
  public:
    explicit Coverage(SteadyTime start) : start_(start) {}

    /// A frame was analysed. Seconds missed since the last one, if nobody ticked, were starved.
    std::vector<GapTurn> analysed(SteadyTime at);
    /// Time passes; `cause` is why nothing is analysed just now.
    std::vector<GapTurn> tick(SteadyTime at, record::GapCause cause);
    /// Closes an open gap.
    std::vector<GapTurn> finish(SteadyTime at);

    std::uint64_t covered_seconds() const { return covered_; }
    bool gap_open() const { return cause_.has_value(); }

  private:
    std::int64_t second_of(SteadyTime at) const { return (at - start_).count() / 1000; }
    SteadyTime begin_of(std::int64_t second) const { return start_ + SteadyTime(second * 1000); }

    SteadyTime start_;
    std::int64_t last_covered_ = -1;
    std::uint64_t covered_ = 0;
    std::optional<record::GapCause> cause_;
    SteadyTime gap_from_{0};
};

}  // namespace assay::proctor
