#pragma once

#include "terminal/proctor/analysis.h"
#include "terminal/proctor/background.h"
#include "terminal/proctor/faces.h"
#include "terminal/proctor/frame.h"
#include "terminal/proctor/identity.h"
#include "terminal/proctor/loop_finder.h"

namespace assay::proctor {

/// The models that are there; null for those that are not. They outlive the observer.
struct Models {
    FaceDetector* detector = nullptr;
    FaceEmbedder* embedder = nullptr;
};

/// Turns frames into observations: statistics of the picture, the passes of the detector, the
/// samples of identity. Each costs as little as it can. One thread.
class Observer {
  public:
    Observer(Models models, bool identity) : models_(models), identity_wanted_(identity) {}

    /// What the frame shows; `frame` false in it where the frame is damaged. `last_pass`: look at
    /// full size before absence is declared.
    Observation observe(const Frame& frame, SteadyTime now, bool last_pass);
    /// No frame came.
    void lost();
    /// The roster's picture, a JPEG. kInvalid where it shows no single face; kRefused where no
    /// identity is asked for or its models are missing.
    Status take_roster(ByteView jpeg);

    int faces() const { return faces_now_; }
    /// A model that the policy needs is missing.
    bool degraded() const {
        return models_.detector == nullptr || (identity_wanted_ && models_.embedder == nullptr);
    }
    const Identity& identity() const { return identity_; }

  private:
    void look(const Frame& frame, bool last_pass, Observation& seen);
    void compare(const Frame& frame, const FacesSeen& faces, bool wide, Observation& seen);
    bool is_sample(const Face& face, const Observation& seen) const;
    std::vector<Face> faces_at(const Frame& frame, int width);
    double careful_yaw(const Frame& frame, const Face& face, int width);

    Models models_;
    bool identity_wanted_;
    Faces faces_;
    Identity identity_;
    Background background_;
    LoopFinder loop_finder_;
    Image last_luma_;
    Image lit_;  ///< small; the last picture with light in it
    double aspect_ = 4.0 / 3;
    int faces_now_ = 0;
    SteadyTime last_wide_{-1000000};
    std::optional<SteadyTime> last_face_;
    std::optional<Face> person_;  ///< where they were last
};

}  // namespace assay::proctor
