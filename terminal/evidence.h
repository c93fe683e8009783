#pragma once

#include <memory>
#include <optional>
#include <string>

#include "crypto/base/log.h"
#include "terminal/platform/proctor_process.h"
#include "terminal/sitting/session.h"

namespace assay::terminal {

struct EvidenceSettings {
    Path program;
    Path socket;         ///< where there is one, the program of another user answers there
    std::string camera;  ///< "none": there is no camera here
    std::string models;
};

/// The camera's side of one attempt: starts the proctor when the person is admitted and agreed,
/// hands on what it finds, and ends it at hand-in. Called by the conductor every round; one thread.
class Evidence {
  public:
    /// `clock` and `log` outlive it.
    Evidence(EvidenceSettings settings, const Clock& clock, Log& log)
        : settings_(std::move(settings)), clock_(clock), log_(log) {}

    void round(sitting::Session& session);

  private:
    void begin(sitting::Session& session);
    void take(sitting::Session& session, const record::ProctorMessage& message);
    void take_health(sitting::Session& session, const record::ProctorHealth& health);
    void note_no_camera(sitting::Session& session);

    EvidenceSettings settings_;
    const Clock& clock_;
    Log& log_;
    std::unique_ptr<platform::ProctorProcess> process_;
    std::uint64_t covered_ = 0;  ///< of the process that runs now, already recorded
    bool stopping_ = false;
    bool finished_ = false;
    bool no_camera_noted_ = false;
};

}  // namespace assay::terminal
