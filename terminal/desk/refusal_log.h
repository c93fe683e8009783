#pragma once

#include <mutex>
#include <optional>

#include "crypto/base/clock.h"
#include "crypto/base/log.h"

namespace assay::desk {

/// A line in the log for what somebody was refused. The same within ten seconds is one line, and
/// what terminals ask for again and again until it is there is none. Thread-safe.
class RefusalLog {
  public:
    /// Both outlive it.
    RefusalLog(Log& log, const Clock& clock) : log_(log), clock_(clock) {}
    void note(const Error& error);

  private:
    Log& log_;
    const Clock& clock_;
    std::mutex lock_;
    std::optional<Error> last_;
    SteadyTime last_at_{};
};

}  // namespace assay::desk
