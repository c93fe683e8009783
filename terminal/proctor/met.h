#pragma once

#include <optional>

#include "crypto/base/clock.h"

namespace assay::proctor {

/// What one look says of a condition.
struct Met {
    std::optional<bool> met;          ///< nothing: it cannot be known now
    std::optional<SteadyTime> since;  ///< where the onset is known to be earlier
    bool more = false;                ///< bad enough for the higher weight at once
};

}  // namespace assay::proctor
