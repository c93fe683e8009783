#include "terminal/proctor/loop_finder.h"

#include <algorithm>
#include <cstdlib>

#include "terminal/proctor/thresholds.h"

namespace assay::proctor {
namespace {

constexpr std::size_t kLagMin = 6;        ///< pictures: a second and a half
constexpr std::size_t kLagMax = 480;      ///< two minutes
constexpr std::size_t kTellableMin = 24;  ///< lags there must be before any of them is special
constexpr double kVarietyMin = 1.0;       ///< grey levels between two pictures of the scene
constexpr double kMatchPart = 0.3;        ///< of what is usual between two pictures
constexpr int kRunLength = 40;            ///< pictures: ten seconds
constexpr int kMissCosts = 4;
constexpr int kSixteenths = 16;

}  // namespace

void LoopFinder::clear() {
    past_.clear();
    runs_.clear();
}

LoopFinder::Thumb LoopFinder::thumb_of(const Image& luma) {
    Thumb out{};
    for (int y = 0; y < kHeight; ++y) {
        const int y0 = y * luma.height / kHeight;
        const int y1 = std::max(y0 + 1, (y + 1) * luma.height / kHeight);
        for (int x = 0; x < kWidth; ++x) {
            const int x0 = x * luma.width / kWidth;
            const int x1 = std::max(x0 + 1, (x + 1) * luma.width / kWidth);
            int sum = 0;
            for (int py = y0; py < y1; ++py) {
                for (int px = x0; px < x1; ++px) {
                    sum += luma.row(py)[px];
                }
            }
            const int mean = sum * kSixteenths / ((y1 - y0) * (x1 - x0));
            out[static_cast<std::size_t>(y) * kWidth + static_cast<std::size_t>(x)] =
                static_cast<std::int16_t>(mean);
        }
    }
    return out;
}

std::vector<double> LoopFinder::differences(const Thumb& now) const {
    std::vector<double> out;
    for (std::size_t lag = kLagMin; lag < past_.size(); ++lag) {
        int sum = 0;
        for (std::size_t i = 0; i < now.size(); ++i) {
            sum += std::abs(now[i] - past_[lag][i]);
        }
        out.push_back(static_cast<double>(sum) / (static_cast<double>(now.size()) * kSixteenths));
    }
    return out;
}

void LoopFinder::count(SteadyTime at, const std::vector<double>& differences) {
    // Of the last seconds only: who sat still since then is no loop of what was before.
    std::vector<double> sorted(differences.begin(),
                               differences.begin() + static_cast<std::ptrdiff_t>(kTellableMin));
    const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
    std::nth_element(sorted.begin(), middle, sorted.end());
    if (*middle < kVarietyMin) {
        return;  // nothing moves: every lag would match
    }
    runs_.resize(std::max(runs_.size(), differences.size()));
    for (std::size_t i = 0; i < differences.size(); ++i) {
        Run& run = runs_[i];
        if (differences[i] > kMatchPart * *middle) {
            run.matches = std::max(0, run.matches - kMissCosts);
        } else {
            run.since = run.matches == 0 ? at : run.since;
            run.matches = std::min(run.matches + 1, 2 * kRunLength);
        }
    }
}

Met LoopFinder::take(SteadyTime at, const Image& luma) {
    past_.push_front(thumb_of(luma));
    if (past_.size() > kLagMax) {
        past_.pop_back();
    }
    if (past_.size() < kLagMin + kTellableMin) {
        return {};
    }
    count(at, differences(past_.front()));
    Met met{false, {}, false};
    for (const Run& run : runs_) {
        if (run.matches >= kRunLength) {
            met.met = true;
            met.since = std::min(met.since.value_or(run.since), run.since);
        }
    }
    return met;
}

}  // namespace assay::proctor
