#pragma once

#include <deque>
#include <vector>

#include "terminal/proctor/met.h"
#include "terminal/proctor/thresholds.h"

namespace assay::proctor {

/// A head turned sideways beyond the person's own neutral, which the first minute teaches. Up and
/// down are nothing: paper lies below, thoughts above. Pure.
class LookAway {
  public:
    explicit LookAway(Tolerance tolerance) : wide_(tolerance == Tolerance::kWide) {}

    /// `yaw` as yaw_of() gives it; nothing where no single face is seen.
    Met take(SteadyTime at, std::optional<double> yaw);

  private:
    void learn(SteadyTime at, double yaw);
    bool away(double turned);

    struct Look {
        SteadyTime at{0};
        bool away = false;
    };
    bool wide_;
    std::vector<double> learning_;
    std::optional<SteadyTime> first_;
    std::optional<double> neutral_;
    std::deque<Look> looks_;
    std::size_t away_ = 0;
    double side_ = 0;  ///< to which they look away now: -1, 1, or 0
};

}  // namespace assay::proctor
