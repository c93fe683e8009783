#pragma once

#include <optional>
#include <string>
#include <vector>

#include "crypto/base/disk.h"
#include "crypto/base/result.h"

namespace assay::platform {

/// How a process ended: an exit code, or the signal that ended it.
struct Ending {
    int code = 0;
    int signal = 0;
    bool crashed() const { return signal != 0; }
};

/// One process that we started, with one end of a socket pair as a descriptor of its own. Killed
/// and waited for when this goes.
class Child {
  public:
    struct Start {
        Path program;
        std::vector<std::string> arguments;    ///< without the program's name
        std::vector<std::string> environment;  ///< "NAME=value", all of it
        bool inherit_environment = false;
        int descriptor = 3;  ///< where the child finds its end of the pair
    };
    /// kUnavailable where the program cannot be started.
    static Result<Child> start(const Start& start);

    Child(Child&& other) noexcept;
    Child& operator=(Child&& other) noexcept;
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    ~Child();

    int pid() const { return pid_; }
    /// Our end of the pair; the caller owns it from here on. Once.
    int take_socket();
    int socket() const { return socket_; }
    /// How it ended, nothing while it runs.
    std::optional<Ending> ended();
    void send_signal(int signal) const;
    /// Ends it now and waits for it.
    void kill();

  private:
    Child(int pid, int socket) : pid_(pid), socket_(socket) {}

    int pid_ = -1;
    int socket_ = -1;
    std::optional<Ending> ending_;
};

}  // namespace assay::platform
