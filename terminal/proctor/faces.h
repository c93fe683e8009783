#pragma once

#include <vector>

#include "terminal/proctor/face_detector.h"
#include "terminal/proctor/met.h"
#include "terminal/proctor/thresholds.h"

namespace assay::proctor {

/// What the faces of one picture say.
struct FacesSeen {
    int count = 0;                    ///< without posters
    double second_score = 1;          ///< of the weakest face that was counted
    std::optional<Face> main;         ///< the largest
    std::optional<SteadyTime> since;  ///< a second face, kept back while posters were learnt
    bool unsure = false;              ///< a second face that may yet turn out to be a poster
};

/// Tells the person from posters and prints on the wall, which the first half minute teaches: a
/// face that never moves, beside one that does. Pure.
class Faces {
  public:
    /// `small_too`: of a pass that sees small faces, once a second; posters are learnt from these.
    FacesSeen take(SteadyTime at, const std::vector<Face>& found, bool small_too);

  private:
    struct Track {
        Face last;
        double left = 1;
        double right = 0;
        double top = 1;
        double bottom = 0;
        double width = 0;
        int looks = 0;
        SteadyTime since{0};
        bool still() const;
    };
    void learn(SteadyTime at, const std::vector<Face>& found);
    void settle();
    bool is_poster(const Face& face) const;

    std::optional<SteadyTime> first_;
    int looks_ = 0;
    bool settled_ = false;
    std::vector<Track> tracks_;
    std::vector<Face> posters_;
    std::optional<SteadyTime> kept_back_;
};

}  // namespace assay::proctor
