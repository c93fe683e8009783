#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "server/http/message.h"

namespace assay::http {

/// Answers one request, once, from any thread and at any time; copies share that once. A second
/// call is ignored. When the last copy goes without a call, the client gets a 500. Outlives the
/// connection and the server safely.
class Responder {
  public:
    explicit Responder(std::function<void(Reply)> send);
    void operator()(Reply reply) const;

  private:
    struct State;
    std::shared_ptr<State> state_;
};

/// Takes a request body as it arrives, on worker threads, one call at a time. The next piece is
/// read from the socket only after write() has returned.
class BodySink {
  public:
    virtual ~BodySink() = default;
    /// The next at most kBodyPieceBytesMax bytes. A reply ends the request early; the connection
    /// is then closed, and neither end() nor cut() follows.
    virtual std::optional<Reply> write(ByteView piece) = 0;
    /// The body is complete.
    virtual Reply end() = 0;
    /// The client went away, was too slow or broke the protocol. What was written stands.
    virtual void cut() = 0;
};
inline constexpr std::size_t kBodyPieceBytesMax = 64UL << 10U;

/// Runs on a worker thread; may block on the disk.
using Handler = std::function<Reply(const Request&)>;
/// Runs on a worker thread, must not block for long; answers when it has the answer.
using LaterHandler = std::function<void(Request, Responder)>;
/// Head only: refuse with a reply, or take the body.
using StreamHandler = std::function<std::variant<Reply, std::unique_ptr<BodySink>>(const Request&)>;

struct RouteOptions {
    /// A larger body is refused with 413 before it is read where its length is announced.
    std::uint64_t body_bytes_max = 64UL << 10U;
    /// Looks at the head of the request (peer, params) on an io thread before the body is read;
    /// must be quick. 403 on false. Empty: everyone.
    std::function<bool(const Request&)> allow;
    /// After `allow`, in the same way: how long the client is to stay away. 503 with Retry-After
    /// before the body is read. Empty, or nothing: now.
    std::function<std::optional<std::chrono::seconds>(const Request&)> wait = nullptr;
};

struct Route {
    std::string method;
    std::vector<std::string> pattern;  ///< segments; "{name}" matches one, "{name*}" the rest
    RouteOptions options;
    std::variant<Handler, LaterHandler, StreamHandler> handler;
};

/// "/v1/packages/{id}", for logs.
std::string pattern_text(const Route& route);

/// Which handler gets a request. Filled before the server starts, then only read.
class Router {
  public:
    /// Pattern: "/v1/packages/{id}", "/tiles/{rest*}". Literal segments win over names. Two routes
    /// of the same method and shape are a bug and end the process.
    void add(std::string method, std::string_view pattern, RouteOptions options, Handler handler);
    void add_later(std::string method, std::string_view pattern, RouteOptions options,
                   LaterHandler handler);
    void add_stream(std::string method, std::string_view pattern, RouteOptions options,
                    StreamHandler handler);

    struct Found {
        const Route* route = nullptr;  ///< nullptr: none
        std::map<std::string, std::string> params;
        std::string allowed;  ///< methods of this path, for 405; empty: 404
    };
    /// HEAD finds the GET route where there is no HEAD route.
    Found find(std::string_view method, std::string_view path) const;
    const std::vector<Route>& routes() const { return routes_; }

  private:
    void add_route(Route route);
    std::vector<Route> routes_;
};

}  // namespace assay::http
