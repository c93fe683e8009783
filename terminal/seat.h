#pragma once

#include <memory>

#include "crypto/base/log.h"
#include "crypto/random.h"
#include "terminal/arguments.h"
#include "terminal/evidence.h"
#include "terminal/machine.h"
#include "terminal/sitting/vault_store.h"
#include "terminal/ui/conductor.h"

namespace assay::terminal {

/// The outside world of the program, made by main.
struct World {
    SystemDisk disk;
    SystemClock clock;
    crypto::SystemRandom random;
    Log log = Log::to_stderr("assay-terminal");
};

/// Everything between an enrolled machine and its screen: store, session, camera, threads. Made
/// whole or not at all; goes in reverse.
class Seat {
  public:
    /// kUnavailable where the desk is needed and does not answer yet.
    static Result<std::unique_ptr<Seat>> open(World& world, const Arguments& arguments,
                                              Machine& machine, platform::KeptKey* keeper);
    Seat(const Seat&) = delete;
    Seat& operator=(const Seat&) = delete;
    ~Seat();

    sitting::Session& session() { return *session_; }
    terminal_ui::Conductor& conductor() { return *conductor_; }

  private:
    Seat() = default;

    std::unique_ptr<client::CurlLink> link_;
    std::unique_ptr<sitting::VaultStore> store_;
    std::unique_ptr<sitting::Session> session_;
    std::unique_ptr<Evidence> evidence_;
    std::unique_ptr<terminal_ui::Conductor> conductor_;
};

}  // namespace assay::terminal
