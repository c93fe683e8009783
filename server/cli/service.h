#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace assay::server_cli {

/// What a service manager tells a program in its environment (sd_notify(3), sd_listen_fds(3)). Read
/// once, in main.
struct ServiceEnvironment {
    std::string notify_socket;  ///< NOTIFY_SOCKET; "@" stands for an abstract name
    std::optional<std::chrono::microseconds> watchdog;  ///< WATCHDOG_USEC, where it is for us
    int listen_fds = 0;                                 ///< LISTEN_FDS, where they are for us
    std::string listen_names;                           ///< LISTEN_FDNAMES, joined by ":"

    static ServiceEnvironment read();
    /// The descriptor of a socket that was passed under this name; -1 where there is none. Two
    /// without names are "desks" and "public".
    int socket(const std::string& name) const;
};

/// Tells the manager how the program is doing; does nothing where nobody asked.
class Service {
  public:
    explicit Service(const ServiceEnvironment& environment);
    Service(const Service&) = delete;
    Service& operator=(const Service&) = delete;
    ~Service();

    /// "READY=1", "STOPPING=1", "WATCHDOG=1", "STATUS=..."
    void tell(const std::string& state) const;
    /// How often to say that we are alive; nothing where nobody asked.
    std::optional<std::chrono::microseconds> heartbeat() const { return heartbeat_; }

  private:
    int socket_ = -1;
    std::optional<std::chrono::microseconds> heartbeat_;
};

}  // namespace assay::server_cli
