#pragma once

#include <array>
#include <deque>
#include <vector>

#include "terminal/proctor/image.h"
#include "terminal/proctor/met.h"

namespace assay::proctor {

/// Finds a film that is shown over and over: for ten seconds each picture was there before, always
/// equally long ago, while the scene itself changes. Compressed anew and with fresh noise it is
/// still one: means of large areas are compared. Pure.
class LoopFinder {
  public:
    /// A picture of any size, four a second. Nothing where the scene is too still to tell.
    Met take(SteadyTime at, const Image& luma);
    /// The picture was lost.
    void clear();

  private:
    static constexpr int kWidth = 20;
    static constexpr int kHeight = 15;
    using Thumb = std::array<std::int16_t, kWidth * kHeight>;
    struct Run {
        int matches = 0;
        SteadyTime since{0};
    };
    static Thumb thumb_of(const Image& luma);
    /// Sixteenths of a grey level, at every lag that is long enough.
    std::vector<double> differences(const Thumb& now) const;
    void count(SteadyTime at, const std::vector<double>& differences);

    std::deque<Thumb> past_;  ///< newest first
    std::vector<Run> runs_;   ///< by lag
};

}  // namespace assay::proctor
