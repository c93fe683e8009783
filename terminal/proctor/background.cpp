#include "terminal/proctor/background.h"

#include <cmath>

#include "terminal/proctor/thresholds.h"

namespace assay::proctor {
namespace {

constexpr int kWidth = 80;
constexpr int kHeight = 60;
constexpr int kCell = 10;
constexpr int kAcross = kWidth / kCell;
constexpr int kCells = kAcross * (kHeight / kCell);
constexpr int kLearnLooks = 30;
constexpr double kSteadyPart = 0.9;  ///< of the looks, for a cell of the background
constexpr double kSteadyLikeness = 0.75;
constexpr double kChangedLikeness = 0.4;
constexpr double kChangedPart = 0.6;  ///< of the cells: the camera, not somebody who leans
constexpr float kEdgeMin = 2.5F;      ///< mean strength; below it is a bare wall and noise
constexpr std::size_t kCellsMin = 4;
constexpr double kHeadHalf = 0.75;   ///< widths of the face, to each side of its middle
constexpr double kBodyHalf = 2.2;    ///< the same below the chin
constexpr double kHairHigh = 0.3;    ///< heights of the face, above it
constexpr int kLearnAnewAfter = 60;  ///< looks: then the new place is the place
constexpr float kFollow = 0.02F;     ///< the sun wanders

std::vector<float> edges_of(const Image& luma) {
    const Image small = resize(luma, kWidth, kHeight);
    std::vector<float> out(static_cast<std::size_t>(kWidth) * kHeight);
    for (int y = 0; y + 1 < kHeight; ++y) {
        for (int x = 0; x + 1 < kWidth; ++x) {
            const int here = small.row(y)[x];
            const int edge =
                std::abs(small.row(y)[x + 1] - here) + std::abs(small.row(y + 1)[x] - here);
            out[static_cast<std::size_t>(y) * kWidth + static_cast<std::size_t>(x)] =
                static_cast<float>(edge);
        }
    }
    return out;
}

template <typename Each>
void each_pixel(std::size_t cell, Each each) {
    const std::size_t left = cell % kAcross * kCell;
    const std::size_t top = cell / kAcross * kCell;
    for (std::size_t y = top; y < top + kCell; ++y) {
        for (std::size_t x = left; x < left + kCell; ++x) {
            each(y * kWidth + x);
        }
    }
}

float mean_edge(const std::vector<float>& edges, std::size_t cell) {
    float sum = 0;
    each_pixel(cell, [&](std::size_t i) { sum += edges[i]; });
    return sum / (kCell * kCell);
}

/// Correlation of one cell's edges, -1 to 1.
double likeness(const std::vector<float>& a, const std::vector<float>& b, std::size_t cell) {
    const float mean_a = mean_edge(a, cell);
    const float mean_b = mean_edge(b, cell);
    double both = 0;
    double square_a = 0;
    double square_b = 0;
    each_pixel(cell, [&](std::size_t i) {
        const double da = static_cast<double>(a[i] - mean_a);
        const double db = static_cast<double>(b[i] - mean_b);
        both += da * db;
        square_a += da * da;
        square_b += db * db;
    });
    return square_a > 0 && square_b > 0 ? both / std::sqrt(square_a * square_b) : 0;
}

bool in_body(std::size_t cell, const Face& person) {
    const std::size_t column = cell % kAcross;
    const std::size_t row = cell / kAcross;
    const double left = static_cast<double>(column) / kAcross;
    const double bottom = static_cast<double>(row + 1) * kCell / kHeight;
    const double middle = person.x + person.width / 2;
    const bool head = bottom <= person.y + person.height;
    const double half = (head ? kHeadHalf : kBodyHalf) * person.width;
    return bottom > person.y - kHairHigh * person.height && left < middle + half &&
           left + 1.0 / kAcross > middle - half;
}

}  // namespace

void Background::begin_anew() {
    reference_ = {};
    learnt_ = false;
    moved_.reset();
    moved_for_ = 0;
}

void Background::interrupt() {
    if (!learnt_) {
        begin_anew();
    }
}

void Background::learn(const Edges& edges, const std::optional<Face>& person) {
    if (reference_.empty()) {
        reference_ = edges;
        steady_.assign(kCells, 0);
        body_.assign(kCells, false);
        looks_ = 0;
    }
    ++looks_;
    for (std::size_t cell = 0; cell < kCells; ++cell) {
        steady_[cell] += likeness(edges, reference_, cell) >= kSteadyLikeness ? 1 : 0;
        body_[cell] = body_[cell] || (person && in_body(cell, *person));
    }
    if (looks_ < kLearnLooks) {
        return;
    }
    cells_.clear();
    for (std::size_t cell = 0; cell < kCells; ++cell) {
        const bool steady = steady_[cell] >= kSteadyPart * looks_;
        if (steady && !body_[cell] && mean_edge(reference_, cell) >= kEdgeMin) {
            cells_.push_back(cell);
        }
    }
    learnt_ = cells_.size() >= kCellsMin;
    if (!learnt_) {
        reference_ = {};
    }
}

double Background::changed_share(const Edges& edges) const {
    double changed = 0;
    for (const std::size_t cell : cells_) {
        changed += likeness(edges, reference_, cell) < kChangedLikeness ? 1 : 0;
    }
    return changed / static_cast<double>(cells_.size());
}

void Background::follow(const Edges& edges) {
    for (std::size_t i = 0; i < edges.size(); ++i) {
        reference_[i] += kFollow * (edges[i] - reference_[i]);
    }
}

std::optional<bool> Background::take(SteadyTime at, const Image& luma,
                                     const std::optional<Face>& person) {
    if (last_ && at - *last_ < kBackgroundEvery) {
        return moved_;
    }
    last_ = at;
    const Edges edges = edges_of(luma);
    if (!learnt_) {
        learn(edges, person);
        moved_.reset();
        return moved_;
    }
    moved_ = changed_share(edges) >= kChangedPart;
    if (!*moved_) {
        moved_for_ = 0;
        follow(edges);
    } else if (++moved_for_ >= kLearnAnewAfter) {
        begin_anew();
    }
    return moved_;
}

}  // namespace assay::proctor
