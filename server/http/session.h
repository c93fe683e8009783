#pragma once

// Internal to server/http: the only header that shows Asio.

#include <chrono>
#include <memory>
#include <mutex>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/stream.hpp>

#include "crypto/base/clock.h"
#include "server/http/budget.h"
#include "server/http/server.h"
#include "server/http/workers.h"

namespace assay::http {

/// What all connections of a server share.
struct House {
    House(ServerConfig with, Router routes)
        : config(std::move(with)),
          router(std::move(routes)),
          bytes(config.limits.bytes_in_flight),
          doors(config.limits.connections, config.limits.connections_per_address),
          workers(config.worker_threads, config.limits.requests_waiting) {}

    const ServerConfig config;
    const Router router;
    Budget bytes;
    Doors doors;
    Workers workers;
    SystemClock clock;
    std::atomic<bool> stopping = false;
};

/// Whether the io contexts of a server are still there: answers may come after its end.
struct Gate {
    std::mutex mutex;
    bool open = true;
};

/// One connection. Lives on the one thread of its io context; every wait in it has an end, `due`,
/// which the owner looks at with sweep().
class Session {
  public:
    using Socket = boost::asio::ip::tcp::socket;
    using Time = std::chrono::steady_clock::time_point;

    Session(Socket socket, boost::asio::ssl::context& tls, House& house, std::shared_ptr<Gate> gate,
            std::string remote, bool busy);
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    ~Session();

    /// From the handshake to the end of the connection.
    boost::asio::awaitable<void> run();

    /// Ends a wait that is overdue.
    void sweep(Time now);
    /// Closes where no request has begun.
    void leave_if_idle();
    void cut();

  private:
    class Exchange;

    boost::asio::awaitable<void> goodbye(bool unread);
    void expect_within(std::chrono::milliseconds time);

    boost::asio::ssl::stream<Socket> tls_;
    House& house_;
    std::shared_ptr<Gate> gate_;
    std::string remote_;
    bool busy_;
    bool idle_ = false;
    bool late_ = false;
    Time due_ = Time::max();
};

}  // namespace assay::http
