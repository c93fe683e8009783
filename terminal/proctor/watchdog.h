#pragma once

#include <string_view>

#include "crypto/base/result.h"

namespace assay::proctor {

/// Tells the service manager that this process lives, so that one that hangs is ended and frees the
/// camera. Opened before the sandbox closes; only writes afterwards.
class Watchdog {
  public:
    /// `address`: what the manager gave, a path or an abstract name with '@'; empty: nobody asked.
    /// kUnavailable where nobody listens there.
    static Result<Watchdog> open(std::string_view address);
    Watchdog(Watchdog&& other) noexcept;
    Watchdog& operator=(Watchdog&&) = delete;
    Watchdog(const Watchdog&) = delete;
    Watchdog& operator=(const Watchdog&) = delete;
    ~Watchdog();

    void alive() const;

  private:
    explicit Watchdog(int socket) : socket_(socket) {}
    int socket_;
};

}  // namespace assay::proctor
