#pragma once

#include <array>
#include <optional>
#include <vector>

#include "terminal/proctor/face_detector.h"
#include "terminal/proctor/met.h"

namespace assay::proctor {

/// What does not move behind the person, as edges in cells: when most of it no longer is where it
/// was, the camera was moved. Light changes the strength of edges, not where they are. Pure.
class Background {
  public:
    /// A picture of any size, once a second at most; nothing while it learns (half a minute) or
    /// where too little of the room can be seen. `person`: the face, if one is known; where their
    /// body is no room is learnt, or a shoulder that was still for so long would be.
    std::optional<bool> take(SteadyTime at, const Image& luma, const std::optional<Face>& person);
    /// The picture was lost, covered or dark: what is learnt stays, what is being learnt does not.
    void interrupt();

  private:
    using Edges = std::vector<float>;
    void learn(const Edges& edges, const std::optional<Face>& person);
    double changed_share(const Edges& edges) const;
    void follow(const Edges& edges);
    void begin_anew();

    std::optional<SteadyTime> last_;
    std::optional<bool> moved_;
    Edges reference_;
    std::vector<int> steady_;  ///< per cell, looks in which it was as at the first
    std::vector<bool> body_;   ///< per cell, the person was there
    int looks_ = 0;
    bool learnt_ = false;
    std::vector<std::size_t> cells_;
    int moved_for_ = 0;
};

}  // namespace assay::proctor
