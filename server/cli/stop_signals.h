#pragma once

#include <csignal>

#include <pthread.h>

namespace assay::server_cli {

/// Blocked before any thread begins, so that only wait() takes them.
class StopSignals {
  public:
    StopSignals() {
        sigemptyset(&set_);
        sigaddset(&set_, SIGTERM);
        sigaddset(&set_, SIGINT);
        pthread_sigmask(SIG_BLOCK, &set_, nullptr);
    }
    void wait() const {
        int signal = 0;
        while (sigwait(&set_, &signal) != 0) {
        }
    }

  private:
    sigset_t set_{};
};

}  // namespace assay::server_cli
