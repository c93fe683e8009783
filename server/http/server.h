#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "crypto/base/clock.h"
#include "crypto/base/result.h"
#include "crypto/tls_identity.h"
#include "server/http/router.h"

namespace assay::http {

/// Everything a stranger could use up. README.md says why each has its value.
struct ServerLimits {
    std::uint32_t header_bytes = 16U << 10U;          ///< 431
    std::uint64_t bytes_in_flight = 256UL << 20U;     ///< all request bodies in memory; 503
    std::uint32_t connections = 8192;                 ///< 503, from a quarter more: closed at once
    std::uint32_t connections_per_address = 1024;     ///< closed at once
    std::uint32_t requests_waiting = 4096;            ///< for a worker thread; 503
    std::chrono::milliseconds handshake_time{10000};  ///< then closed
    std::chrono::milliseconds header_time{10000};     ///< first to last byte of a head; 408
    std::chrono::milliseconds body_time{60000};       ///< each 64 KiB of a body; 408
    std::chrono::milliseconds reply_time{60000};      ///< each 64 KiB of a reply; closed
    std::chrono::milliseconds idle_time{75000};       ///< between requests; closed
    std::chrono::milliseconds linger_time{2000};      ///< reading what a refused client still sends
    std::chrono::seconds retry_after{2};              ///< said with 503
};

/// What happened to one request, for an access log. Holds nothing personal.
struct Access {
    std::string method;
    std::string route;  ///< the pattern, not the path: paths name candidates' attempts
    int status = 0;     ///< 0: the client was gone before the reply
    std::uint64_t body_bytes = 0;
    std::uint64_t reply_bytes = 0;
    std::chrono::microseconds time{};
    bool pinned = false;
};

struct ServerConfig {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;  ///< 0: any free one, see Server::port()
    /// A socket that listens already (socket activation), in place of address and port; the server
    /// closes it. -1: none.
    int listening = -1;
    /// Set: every client must prove a key that this accepts, in the handshake. Empty: no client
    /// certificate is asked for.
    crypto::TlsPin peers;
    ServerLimits limits;
    std::uint32_t io_threads = 0;  ///< 0: one per core
    std::uint32_t worker_threads = 4;
    std::function<void(const Access&)> on_access;  ///< called on io threads; quick
};

/// A running HTTPS server. start() returns when it listens; handlers run until stop() or the
/// destructor. Thread-safe.
class Server {
  public:
    /// kConflict where the address is in use, kUsage where it is none of this machine's.
    static Result<std::unique_ptr<Server>> start(ServerConfig config,
                                                 const crypto::TlsIdentity& identity,
                                                 Router router);
    /// The same for browsers; `config.peers` must be empty.
    static Result<std::unique_ptr<Server>> start_web(ServerConfig config,
                                                     const crypto::WebCertificate& certificate,
                                                     Router router);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    std::uint16_t port() const;
    /// How many connections are open now.
    std::uint32_t connections() const;
    /// Takes no new connection, lets requests that have begun finish for at most `grace`, then
    /// cuts the rest. Later calls do nothing.
    void stop(std::chrono::milliseconds grace = std::chrono::seconds(10));

  private:
    class Core;
    explicit Server(std::unique_ptr<Core> core);
    std::unique_ptr<Core> core_;
};

/// GET /livez: 200 "ok" as long as the process answers.
void add_livez(Router& router);

}  // namespace assay::http
