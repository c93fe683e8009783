// g++ 12 inlines one half of Asio's pair of coroutine frame allocators and misses the other.
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

#include "server/http/session.h"

#include "server/http/exchange.h"

namespace assay::http {

namespace asio = boost::asio;
using asio::awaitable;

namespace {

constexpr std::size_t kLingerBytesMax = 4UL << 20U;

}  // namespace

Session::Session(Socket socket, asio::ssl::context& tls, House& house, std::shared_ptr<Gate> gate,
                 std::string remote, bool busy)
    : tls_(std::move(socket), tls),
      house_(house),
      gate_(std::move(gate)),
      remote_(std::move(remote)),
      busy_(busy) {}

Session::~Session() { house_.doors.leave(remote_); }

void Session::sweep(Time now) {
    if (now >= due_) {
        due_ = Time::max();
        late_ = true;
        boost::system::error_code ignored;
        tls_.lowest_layer().cancel(ignored);
    }
}

void Session::leave_if_idle() {
    if (idle_) {
        cut();
    }
}

void Session::cut() {
    boost::system::error_code ignored;
    tls_.lowest_layer().close(ignored);
}

void Session::expect_within(std::chrono::milliseconds time) {
    late_ = false;
    due_ = std::chrono::steady_clock::now() + time;
}

awaitable<void> Session::run() {
    expect_within(house_.config.limits.handshake_time);
    const auto [error] = co_await tls_.async_handshake(asio::ssl::stream_base::server, kAwait);
    if (error) {
        cut();
        co_return;
    }
    const auto exporter = crypto::exporter_of(tls_.native_handle());
    if (!exporter) {
        cut();
        co_return;
    }
    Exchange exchange(*this, crypto::peer_key_of(tls_.native_handle()), *exporter);
    bool more = true;
    while (more) {
        more = co_await exchange.next();
    }
    co_await goodbye(exchange.unread());
    cut();
}

/// Closes so that the client sees the last reply: a socket closed with unread bytes sends a reset,
/// which may overtake it.
awaitable<void> Session::goodbye(bool unread) {
    expect_within(house_.config.limits.linger_time);
    Bytes waste(unread ? kBodyPieceBytesMax : 0);
    std::size_t total = 0;
    while (unread && total < kLingerBytesMax) {
        const auto [error, got] =
            co_await tls_.async_read_some(asio::buffer(waste.data(), waste.size()), kAwait);
        total += got;
        unread = !error && got > 0;
    }
    if (!late_ && tls_.lowest_layer().is_open()) {
        co_await tls_.async_shutdown(kAwait);
    }
}

}  // namespace assay::http
