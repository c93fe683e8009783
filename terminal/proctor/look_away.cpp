#include "terminal/proctor/look_away.h"

#include <algorithm>
#include <cmath>

namespace assay::proctor {

void LookAway::learn(SteadyTime at, double yaw) {
    first_ = first_.value_or(at);
    learning_.push_back(yaw);
    if (at - *first_ >= kNeutralLearnt && learning_.size() >= kNeutralSamplesMin) {
        const auto middle = learning_.begin() + static_cast<std::ptrdiff_t>(learning_.size() / 2);
        std::nth_element(learning_.begin(), middle, learning_.end());
        neutral_ = *middle;
        learning_ = {};
    }
}

bool LookAway::away(double turned) {
    const double most = wide_ ? kAwayYawWide : kAwayYaw;
    if (std::abs(turned) > most) {
        side_ = turned < 0 ? -1 : 1;
    } else if (turned * side_ <= most - kAwayWavers) {
        side_ = 0;
    }
    return side_ != 0;
}

Met LookAway::take(SteadyTime at, std::optional<double> yaw) {
    if (!yaw) {
        return {};
    }
    if (!neutral_) {
        learn(at, *yaw);
        return {};
    }
    const bool now = away(*yaw - *neutral_);
    looks_.push_back({at, now});
    away_ += now ? 1U : 0U;
    bool whole = false;
    while (at - looks_.front().at > kAwayWindow || looks_.size() > kAwayLooksMax) {
        away_ -= looks_.front().away ? 1U : 0U;
        looks_.pop_front();
        whole = true;
    }
    whole = whole || at - looks_.front().at >= kAwayWindow;
    const double share = static_cast<double>(away_) / static_cast<double>(looks_.size());
    const bool often = whole && share >= (wide_ ? kAwayShareWide : kAwayShare);
    Met met{now || often, {}, often};
    if (often) {
        const auto first =
            std::find_if(looks_.begin(), looks_.end(), [](const Look& look) { return look.away; });
        met.since = first->at;
    }
    return met;
}

}  // namespace assay::proctor
