#pragma once

#include <optional>
#include <vector>

#include "terminal/proctor/face_detector.h"
#include "terminal/proctor/met.h"
#include "terminal/proctor/thresholds.h"

namespace assay::proctor {

/// What the faces of one picture say.
struct FacesSeen {
    int count = 0;                    ///< without posters
    double second_score = 1;          ///< of the weakest face that was counted
    std::optional<Face> main;         ///< the person's: where they mostly are
    std::optional<SteadyTime> since;  ///< a second face, kept back while posters were learnt
    bool unsure = false;              ///< a second face that may yet turn out to be a poster
};

/// Tells the person from posters and prints on the wall, which the first half minute teaches: a
/// face that never moves, beside one that does; and from prints on their clothes, which are where
/// their body is. Pure.
class Faces {
  public:
    /// `small_too`: of a pass that sees small faces, once a second; posters are learnt from these.
    FacesSeen take(SteadyTime at, std::vector<Face> found, bool small_too);

  private:
    struct Track {
        Face last;
        double left = 1;
        double right = 0;
        double top = 1;
        double bottom = 0;
        double width = 0;
        int looks = 0;
        unsigned bit = 0;  ///< of this track in Look::tracks
        bool still() const;
    };
    /// Which tracks one look saw together: one person who moved leaves two tracks, never in one
    /// look.
    struct Look {
        SteadyTime at{0};
        unsigned tracks = 0;
    };
    Track& track_of(const Face& face);
    void learn(SteadyTime at, const std::vector<Face>& found);
    void settle();
    std::optional<SteadyTime> second_face(unsigned posters) const;
    bool is_poster(const Face& face) const;
    const Face* person_of(const std::vector<Face>& faces) const;
    void follow(const Face& person);

    std::optional<Point> home_;  ///< middle of the person's face, slowly followed
    std::optional<SteadyTime> first_;
    std::vector<Look> looks_;
    bool settled_ = false;
    std::vector<Track> tracks_;
    std::vector<Face> posters_;
    std::optional<SteadyTime> kept_back_;
};

}  // namespace assay::proctor
