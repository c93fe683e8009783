#pragma once

#include <deque>

#include "terminal/proctor/face_embedder.h"
#include "terminal/proctor/met.h"
#include "terminal/proctor/thresholds.h"

namespace assay::proctor {

/// Is it still the person who checked in? Takes good samples of the face, keeps the first five as
/// the check-in picture, and compares the median of the newest five with it and with the roster's.
/// Pure: no model, no camera. Embeddings end with the object.
class Identity {
  public:
    /// The roster's picture; without one only the check-in counts.
    void set_roster(Embedding picture) { roster_ = std::move(picture); }
    /// A sample is wanted now.
    bool due(SteadyTime at) const;
    /// Somebody may have changed seats unseen: decide anew, and faster.
    void interrupt();
    void take(SteadyTime at, const Embedding& sample);

    Met mismatch() const { return {differs_, below_since_, false}; }
    /// `face`: somebody is there, so that a sample could have come.
    Met unverified(SteadyTime at, bool face);
    /// Time from the first differing sample until it is a finding.
    milliseconds raise_after() const { return quick_ ? kMismatchAfterAbsence : kMismatchAfter; }
    /// Of the newest five; for campaigns.
    std::optional<double> median_to_check_in() const;

  private:
    struct Sample {
        SteadyTime at{0};
        double check_in = 1;
        double roster = 1;
    };
    bool below(const Sample& sample) const;
    void decide();

    std::optional<Embedding> roster_;
    std::vector<Embedding> first_;
    std::optional<Embedding> check_in_;
    std::deque<Sample> newest_;
    std::optional<bool> differs_;
    std::optional<SteadyTime> below_since_;
    std::optional<SteadyTime> last_good_;
    bool quick_ = false;
};

}  // namespace assay::proctor
