// g++ 12 sees null dereferences inside Asio's own headers where it inlines them.
#pragma GCC diagnostic ignored "-Wnull-dereference"

#include "server/http/server.h"

#include <set>
#include <thread>
#include <vector>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include "server/http/session.h"

namespace assay::http {

namespace {

namespace asio = boost::asio;
using asio::awaitable;
using asio::ip::tcp;
using boost::system::error_code;

constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);
constexpr auto kSweepEvery = std::chrono::milliseconds(100);
constexpr auto kAcceptAgainAfter = std::chrono::milliseconds(50);

Error listen_failed(const error_code& error, const tcp::endpoint& at) {
    const Args args{{"address", at.address().to_string()}, {"port", std::to_string(at.port())}};
    if (error == asio::error::address_in_use) {
        return fail(Code::kConflict, "http.listen.in-use"_id, args);
    }
    if (error == asio::error::access_denied) {
        return fail(Code::kDenied, "http.listen.denied"_id, args);
    }
    return fail(Code::kUsage, "http.listen.address"_id, args);
}

}  // namespace

/// An io context with its one thread and its connections.
class Shard {
  public:
    Shard() : context_(1), sweeper_(context_) {}
    Shard(const Shard&) = delete;
    Shard& operator=(const Shard&) = delete;
    ~Shard() { join(); }

    void run() {
        asio::co_spawn(context_, sweep(), asio::detached);
        thread_ = std::thread([this] { context_.run(); });
    }
    void join() {
        context_.stop();
        if (thread_.joinable()) {
            thread_.join();
        }
    }
    asio::io_context& context() { return context_; }

    void adopt(std::shared_ptr<Session> session) {
        asio::post(context_, [this, session = std::move(session)] {
            sessions_.insert(session.get());
            asio::co_spawn(context_, session->run(), [this, session](const std::exception_ptr&) {
                // Out of memory is the only thing that gets here: the connection ends.
                sessions_.erase(session.get());
            });
        });
    }
    void each(std::function<void(Session&)> act) {
        asio::post(context_, [this, act = std::move(act)] {
            for (auto* session : sessions_) {
                act(*session);
            }
        });
    }

  private:
    awaitable<void> sweep() {
        for (;;) {
            sweeper_.expires_after(kSweepEvery);
            co_await sweeper_.async_wait(kAwait);
            const auto now = std::chrono::steady_clock::now();
            for (auto* session : sessions_) {
                session->sweep(now);
            }
        }
    }

    asio::io_context context_;
    asio::steady_timer sweeper_;
    std::set<Session*> sessions_;
    std::thread thread_;
};

class Server::Core {
  public:
    Core(ServerConfig config, Router router) : house_(std::move(config), std::move(router)) {
        const auto asked = house_.config.io_threads;
        const auto count = asked > 0 ? asked : std::max(1U, std::thread::hardware_concurrency());
        for (std::uint32_t i = 0; i < count; ++i) {
            shards_.push_back(std::make_unique<Shard>());
        }
    }
    Core(const Core&) = delete;
    Core& operator=(const Core&) = delete;
    ~Core() { stop(std::chrono::milliseconds(0)); }

    using Credentials = std::function<Status(SSL_CTX*)>;
    Status listen(const Credentials& use_in);
    void stop(std::chrono::milliseconds grace);
    std::uint16_t port() const { return port_; }
    std::uint32_t connections() const { return house_.doors.open(); }

  private:
    Status prepare_tls(const Credentials& use_in);
    Status adopt_socket();
    Status open_socket();
    awaitable<void> accept();
    void admit(tcp::socket socket, Shard& shard);

    House house_;
    std::shared_ptr<Gate> gate_ = std::make_shared<Gate>();
    std::optional<asio::ssl::context> tls_;
    std::vector<std::unique_ptr<Shard>> shards_;
    std::optional<tcp::acceptor> acceptor_;
    std::uint16_t port_ = 0;
    bool stopped_ = false;
    std::mutex stop_mutex_;
};

Status Server::Core::prepare_tls(const Credentials& use_in) {
    tls_.emplace(asio::ssl::context::tls_server);
    auto* context = tls_->native_handle();
    ASSAY_TRY_STATUS(crypto::restrict_tls(context));
    ASSAY_TRY_STATUS(use_in(context));
    if (house_.config.peers) {
        ASSAY_TRY_STATUS(crypto::require_pinned_peer(context, &house_.config.peers));
    }
    return Ok{};
}

/// Takes over a socket that somebody else opened.
Status Server::Core::adopt_socket() {
    const int socket = house_.config.listening;
    sockaddr_storage at{};
    socklen_t size = sizeof at;
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the sockets API asks for it
    const bool known = ::getsockname(socket, reinterpret_cast<sockaddr*>(&at), &size) == 0;
    error_code error;
    acceptor_.emplace(shards_[0]->context());
    if (known) {
        acceptor_->assign(at.ss_family == AF_INET6 ? tcp::v6() : tcp::v4(), socket, error);
    }
    if (!known || error) {
        return fail(Code::kUsage, "http.listen.socket"_id, {{"socket", std::to_string(socket)}});
    }
    return Ok{};
}

Status Server::Core::open_socket() {
    error_code error;
    const auto address = asio::ip::make_address(house_.config.address, error);
    if (error) {
        return fail(
            Code::kUsage, "http.listen.address"_id,
            {{"address", house_.config.address}, {"port", std::to_string(house_.config.port)}});
    }
    const tcp::endpoint at(address, house_.config.port);
    acceptor_.emplace(shards_[0]->context());
    acceptor_->open(at.protocol(), error);
    if (!error) {
        acceptor_->set_option(tcp::acceptor::reuse_address(true), error);
    }
    if (!error) {
        acceptor_->bind(at, error);
    }
    if (!error) {
        acceptor_->listen(asio::socket_base::max_listen_connections, error);
    }
    if (error) {
        return listen_failed(error, at);
    }
    return Ok{};
}

Status Server::Core::listen(const Credentials& use_in) {
    ASSAY_TRY_STATUS(prepare_tls(use_in));
    ASSAY_TRY_STATUS(house_.config.listening >= 0 ? adopt_socket() : open_socket());
    error_code error;
    port_ = acceptor_->local_endpoint(error).port();
    if (error) {
        return fail(Code::kUsage, "http.listen.socket"_id,
                    {{"socket", std::to_string(house_.config.listening)}});
    }
    asio::co_spawn(shards_[0]->context(), accept(), asio::detached);
    for (auto& shard : shards_) {
        shard->run();
    }
    return Ok{};
}

awaitable<void> Server::Core::accept() {
    asio::steady_timer pause(shards_[0]->context());
    for (std::size_t turn = 0;; ++turn) {
        Shard& shard = *shards_[turn % shards_.size()];
        tcp::socket socket(shard.context());
        const auto [error] = co_await acceptor_->async_accept(socket, kAwait);
        if (house_.stopping) {
            co_return;
        }
        if (error) {
            // Out of descriptors, most likely: the backlog keeps what waits meanwhile.
            pause.expires_after(kAcceptAgainAfter);
            co_await pause.async_wait(kAwait);
            continue;
        }
        admit(std::move(socket), shard);
    }
}

void Server::Core::admit(tcp::socket socket, Shard& shard) {
    error_code error;
    const auto remote = socket.remote_endpoint(error).address().to_string();
    if (error) {
        return;
    }
    const auto entry = house_.doors.enter(remote);
    if (entry == Doors::Entry::kClosed) {
        return;
    }
    socket.set_option(tcp::no_delay(true), error);
    std::shared_ptr<Session> session;
    try {
        session = std::make_shared<Session>(std::move(socket), *tls_, house_, gate_, remote,
                                            entry == Doors::Entry::kBusy);
    } catch (const std::exception&) {
        // No memory for one more connection: this one goes, the rest stays.
        house_.doors.leave(remote);
        return;
    }
    shard.adopt(std::move(session));
}

void Server::Core::stop(std::chrono::milliseconds grace) {
    const std::lock_guard lock(stop_mutex_);
    if (stopped_) {
        return;
    }
    stopped_ = true;
    house_.stopping = true;
    asio::post(shards_[0]->context(), [this] {
        error_code ignored;
        if (acceptor_) {
            acceptor_->close(ignored);
        }
    });
    const auto until = std::chrono::steady_clock::now() + grace;
    while (house_.doors.open() > 0 && std::chrono::steady_clock::now() < until) {
        for (auto& shard : shards_) {
            shard->each([](Session& session) { session.leave_if_idle(); });
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    for (auto& shard : shards_) {
        shard->join();
    }
    house_.workers.stop();
    {
        const std::lock_guard closing(gate_->mutex);
        gate_->open = false;
    }
    acceptor_.reset();
    shards_.clear();
}

Server::Server(std::unique_ptr<Core> core) : core_(std::move(core)) {}

Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::start(ServerConfig config,
                                              const crypto::TlsIdentity& identity, Router router) {
    auto core = std::make_unique<Core>(std::move(config), std::move(router));
    ASSAY_TRY_STATUS(core->listen([&](SSL_CTX* context) { return identity.use_in(context); }));
    return std::unique_ptr<Server>(new Server(std::move(core)));
}

Result<std::unique_ptr<Server>> Server::start_web(ServerConfig config,
                                                  const crypto::WebCertificate& certificate,
                                                  Router router) {
    ASSAY_CHECK(!config.peers);
    auto core = std::make_unique<Core>(std::move(config), std::move(router));
    ASSAY_TRY_STATUS(core->listen([&](SSL_CTX* context) { return certificate.use_in(context); }));
    return std::unique_ptr<Server>(new Server(std::move(core)));
}

std::uint16_t Server::port() const { return core_->port(); }

std::uint32_t Server::connections() const { return core_->connections(); }

void Server::stop(std::chrono::milliseconds grace) { core_->stop(grace); }

void add_livez(Router& router) {
    router.add("GET", "/livez", {}, [](const Request&) { return Reply::text(200, "ok\n"); });
}

}  // namespace assay::http
