#pragma once

#include <deque>
#include <vector>

#include "terminal/proctor/condition.h"
#include "terminal/proctor/image.h"
#include "terminal/proctor/look_away.h"
#include "terminal/proctor/tolerance.h"

namespace assay::proctor {

/// What was seen at one instant; made by the watch, or by a test.
struct Observation {
    SteadyTime at{0};
    bool frame = false;          ///< a whole frame was analysed; the rest is only valid with it
    std::uint64_t raw_hash = 0;  ///< of the camera's bytes
    PictureStatistics picture;   ///< luma, 160 wide
    double like_lit = 0;         ///< likeness to the room when it last was light, of a dark picture
    double change = 0;           ///< mean difference of luma to the frame before
    std::optional<int> faces;    ///< nothing without a face detector
    double second_score = 0;     ///< of the weakest face that was counted
    std::optional<SteadyTime> second_since;  ///< a second face that was kept back until now
    bool second_unsure = false;              ///< may yet turn out to be a poster
    std::optional<double> yaw;               ///< of the one face
    Met mismatch;
    Met unverified;
    milliseconds mismatch_after = kMismatchAfter;
    std::optional<bool> moved;  ///< the background is elsewhere
    Met loop;
    bool same_device = true;  ///< the first one of the sitting
    bool degraded = false;    ///< a model is missing, or load or evidence is being shed
};

/// A finding's turn. Numbers are given by whoever sends it.
struct Event {
    record::FindingCode code = record::FindingCode::kFaceAbsent;
    record::Phase phase = record::Phase::kBegin;
    SteadyTime onset{0};
    SteadyTime at{0};
    record::FindingWeight weight = record::FindingWeight::kInfo;
    int confidence = 0;
    friend bool operator==(const Event&, const Event&) = default;
};

/// Turns observations into findings: hysteresis, quiet times, merging. Pure: no clock, no camera.
/// Per code, events begin, rise and end in that order.
class Analysis {
  public:
    explicit Analysis(Tolerances tolerances = {});

    /// Times of observations must not go back.
    std::vector<Event> step(const Observation& seen);
    /// Ends everything that is raised.
    std::vector<Event> finish(SteadyTime at);
    /// Absence is suspected and close: look again, more carefully.
    bool wants_last_pass(SteadyTime now) const;

  private:
    /// Luma statistics of the seconds in which a face was seen.
    class Usual {
      public:
        void learn(const Observation& seen);
        bool known() const { return deviations_.size() >= 10; }
        double deviation() const;
        double laplacian() const;

      private:
        SteadyTime last_{-1000000};
        std::deque<double> deviations_;
        std::deque<double> laplacians_;
    };

    Met judge(record::FindingCode code, const Observation& seen);
    bool covered(const Observation& seen) const;
    bool frozen(const Observation& seen);
    Met absent(const Observation& seen);
    Met multiple(const Observation& seen) const;
    Met moved(const Observation& seen) const;
    Met still(const Observation& seen);
    void adjust(Condition& condition, const Observation& seen) const;
    int confidence(record::FindingCode code) const;
    void note_scene(const Observation& seen);

    Tolerances tolerances_;
    std::vector<Condition> conditions_;
    LookAway look_away_;
    Usual usual_;
    std::optional<std::uint64_t> last_hash_;
    std::deque<std::pair<SteadyTime, double>> changes_;
    Observation last_seen_;
    std::optional<SteadyTime> last_face_;
    bool covered_now_ = false;
    bool dark_now_ = false;
    bool frozen_now_ = false;
};

}  // namespace assay::proctor
