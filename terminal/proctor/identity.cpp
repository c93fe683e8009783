#include "terminal/proctor/identity.h"

#include <algorithm>

namespace assay::proctor {
namespace {

template <typename Samples, typename Of>
double median(const Samples& samples, Of of) {
    std::vector<double> values;
    for (const auto& sample : samples) {
        values.push_back(of(sample));
    }
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

}  // namespace

bool Identity::due(SteadyTime at) const {
    const bool hurry = newest_.size() < kIdentitySamples;
    return newest_.empty() || at - newest_.back().at >= (hurry ? kIdentityQuick : kIdentityEvery);
}

void Identity::interrupt() {
    newest_.clear();
    quick_ = true;
    last_good_.reset();
    if (!differs_.value_or(false)) {
        below_since_.reset();
        differs_.reset();
    }
}

bool Identity::below(const Sample& sample) const {
    return sample.check_in < kCheckInCosineMin || sample.roster < kRosterCosineMin;
}

void Identity::take(SteadyTime at, const Embedding& sample) {
    last_good_ = at;
    if (!check_in_) {
        first_.push_back(sample);
        if (first_.size() == kIdentitySamples) {
            check_in_ = mean_of(first_);
            first_.clear();
        }
    }
    newest_.push_back(
        {at, check_in_ ? cosine(sample, *check_in_) : 1, roster_ ? cosine(sample, *roster_) : 1});
    if (newest_.size() > kIdentitySamples) {
        newest_.pop_front();
    }
    decide();
}

void Identity::decide() {
    if (!differs_.value_or(false)) {
        const auto first = std::find_if(newest_.begin(), newest_.end(),
                                        [this](const Sample& each) { return below(each); });
        below_since_ = first == newest_.end() ? std::nullopt : std::optional(first->at);
    }
    if (newest_.size() < kIdentitySamples) {
        return;
    }
    const double check_in = median(newest_, [](const Sample& s) { return s.check_in; });
    const double roster = median(newest_, [](const Sample& s) { return s.roster; });
    differs_ = check_in < kCheckInCosineMin || roster < kRosterCosineMin;
    quick_ = quick_ && *differs_;
}

Met Identity::unverified(SteadyTime at, bool face) {
    if (!face) {
        return {};
    }
    last_good_ = last_good_.value_or(at);
    return {at - *last_good_ >= kUnverifiedAfter, last_good_, false};
}

std::optional<double> Identity::median_to_check_in() const {
    if (!check_in_ || newest_.size() < kIdentitySamples) {
        return {};
    }
    return median(newest_, [](const Sample& s) { return s.check_in; });
}

}  // namespace assay::proctor
