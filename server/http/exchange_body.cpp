#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/read.hpp>

#include "server/http/exchange.h"

namespace assay::http {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::awaitable;

namespace {

/// Wakes a coroutine from any thread, also after everything here has ended.
template <typename Value>
struct Signal {
    explicit Signal(const asio::any_io_executor& executor)
        : timer(executor, asio::steady_timer::time_point::max()) {}
    asio::steady_timer timer;
    std::optional<Value> value;
};

template <typename Value>
std::function<void(Value)> waker(const std::shared_ptr<Signal<Value>>& signal,
                                 std::shared_ptr<Gate> gate) {
    return [weak = std::weak_ptr(signal), executor = signal->timer.get_executor(),
            gate = std::move(gate)](Value value) {
        const std::lock_guard lock(gate->mutex);
        if (!gate->open) {
            return;
        }
        asio::post(executor, [weak, value = std::move(value)]() mutable {
            if (const auto alive = weak.lock()) {
                alive->value = std::move(value);
                alive->timer.cancel();
            }
        });
    };
}

template <typename Value>
awaitable<Value> value_of(std::shared_ptr<Signal<Value>> signal) {
    while (!signal->value) {
        co_await signal->timer.async_wait(kAwait);
    }
    co_return std::move(*signal->value);
}

}  // namespace

awaitable<bool> Session::Exchange::go_ahead() {
    if (!head_.expects_continue || head_.body.empty()) {
        co_return true;
    }
    const bool sent = co_await send_bytes(as_bytes("HTTP/1.1 100 Continue\r\n\r\n"));
    co_return sent;
}

/// Fills `into`, less only at the end of the body. False where the connection failed.
awaitable<bool> Session::Exchange::read_piece(std::span<std::uint8_t> into, std::size_t& got) {
    auto& body = parser_->get().body();
    body.data = into.data();
    body.size = into.size();
    session_.expect_within(house_.config.limits.body_time);
    const auto [error, used] = co_await beast::http::async_read(tls_, buffer_, *parser_, kAwait);
    got = into.size() - body.size;
    body_bytes_ += got;
    unread_ = !parser_->is_done();
    if (error && error != beast::http::error::need_buffer) {
        gone_ = !session_.late_ &&
                error.category() != make_error_code(beast::http::error::bad_chunk).category();
        co_return false;
    }
    co_return true;
}

/// After read_piece failed: what the client hears, if it still listens.
std::optional<Reply> Session::Exchange::body_failure() const {
    if (gone_) {
        return std::nullopt;
    }
    return Reply::empty(session_.late_ ? 408 : 400);
}

/// The whole body into memory; a reply where that is not to be.
awaitable<std::optional<Reply>> Session::Exchange::read_body() {
    const std::uint64_t most = route_->options.body_bytes_max;
    Bytes& body = request_.body;
    if (!head_.body.chunked) {  // what was announced is counted already, and touched as it comes
        body.reserve(head_.body.length);
    }
    while (unread_) {
        const std::size_t have = body.size();
        const auto left = head_.body.chunked ? kBodyPieceBytesMax
                                             : std::min<std::uint64_t>(kBodyPieceBytesMax,
                                                                       head_.body.length - have);
        body.resize(have + std::max<std::size_t>(left, 1));
        std::size_t got = 0;
        const bool good = co_await read_piece(std::span(body).subspan(have), got);
        body.resize(have + got);
        if (!good) {
            co_return body_failure();
        }
        if (got > most - have) {
            co_return Reply::empty(413);
        }
    }
    co_return std::nullopt;
}

awaitable<bool> Session::Exchange::on_worker(std::function<void()> job, bool admitted) {
    session_.due_ = Session::Time::max();
    const auto executor = co_await asio::this_coro::executor;
    auto signal = std::make_shared<Signal<bool>>(executor);
    std::function<void()> work = [job = std::move(job), wake = waker(signal, session_.gate_)] {
        const bool good = guarded(job);
        wake(good);
    };
    const bool taken =
        admitted ? house_.workers.post(std::move(work)) : house_.workers.try_post(std::move(work));
    if (!taken) {
        co_return false;
    }
    const bool good = co_await value_of(signal);
    co_return good;
}

awaitable<std::optional<Reply>> Session::Exchange::call(const Handler& handler) {
    Share share(house_.bytes);
    if (!share.grow(head_.body.chunked ? route_->options.body_bytes_max : head_.body.length)) {
        co_return Reply::busy(house_.config.limits.retry_after);
    }
    const bool going = co_await go_ahead();
    gone_ = !going;
    auto refusal = going ? co_await read_body() : std::nullopt;
    if (gone_ || refusal) {
        co_return refusal;
    }
    std::optional<Reply> reply;
    bool ran = false;
    co_await on_worker(
        [&] {
            ran = true;
            reply = handler(request_);
        },
        false);
    if (!ran) {
        reply = Reply::busy(house_.config.limits.retry_after);
    } else if (!reply) {
        reply = Reply::empty(500);
    }
    co_return reply;
}

awaitable<std::optional<Reply>> Session::Exchange::call(const LaterHandler& handler) {
    Share share(house_.bytes);
    if (!share.grow(head_.body.chunked ? route_->options.body_bytes_max : head_.body.length)) {
        co_return Reply::busy(house_.config.limits.retry_after);
    }
    const bool going = co_await go_ahead();
    gone_ = !going;
    auto refusal = going ? co_await read_body() : std::nullopt;
    if (gone_ || refusal) {
        co_return refusal;
    }
    session_.due_ = Session::Time::max();
    const auto executor = co_await asio::this_coro::executor;
    auto signal = std::make_shared<Signal<Reply>>(executor);
    auto request = std::make_shared<Request>(std::move(request_));
    // Nothing here keeps the responder: one that the handler forgets must answer by itself.
    std::function<void()> job = [&handler, request = std::move(request),
                                 responder = Responder(waker(signal, session_.gate_))] {
        if (!guarded([&] { handler(std::move(*request), responder); })) {
            responder(Reply::empty(500));
        }
    };
    const bool taken = house_.workers.try_post(std::move(job));
    if (!taken) {
        co_return Reply::busy(house_.config.limits.retry_after);
    }
    auto reply = co_await value_of(signal);
    co_return reply;
}

awaitable<std::optional<Reply>> Session::Exchange::call(const StreamHandler& handler) {
    Share share(house_.bytes);
    if (!share.grow(kBodyPieceBytesMax)) {
        co_return Reply::busy(house_.config.limits.retry_after);
    }
    std::variant<Reply, std::unique_ptr<BodySink>> opened = Reply::empty(500);
    bool ran = false;
    co_await on_worker(
        [&] {
            ran = true;
            opened = handler(request_);
        },
        false);
    if (!ran) {
        co_return Reply::busy(house_.config.limits.retry_after);
    }
    if (auto* refusal = std::get_if<Reply>(&opened)) {
        co_return std::move(*refusal);
    }
    BodySink& sink = *std::get<std::unique_ptr<BodySink>>(opened);
    auto reply = co_await pour(sink);
    // The sink goes where it was made: its destructor may touch the disk.
    co_await on_worker([&] { opened = Reply::empty(500); }, true);
    co_return reply;
}

awaitable<std::optional<Reply>> Session::Exchange::pour(BodySink& sink) {
    const bool going = co_await go_ahead();
    gone_ = !going;
    std::optional<Reply> reply;
    Bytes piece(kBodyPieceBytesMax);
    std::uint64_t total = 0;
    while (unread_ && !gone_) {
        std::size_t got = 0;
        const bool good = co_await read_piece(piece, got);
        total += got;
        const bool large = total > route_->options.body_bytes_max;
        if (!good || large) {
            reply = large ? Reply::empty(413) : body_failure();
            break;
        }
        bool written = false;
        written = co_await on_worker([&] { reply = sink.write(ByteView(piece).first(got)); }, true);
        if (reply || !written) {
            co_return reply ? std::move(reply) : Reply::empty(500);
        }
    }
    if (gone_ || reply) {
        co_await on_worker([&] { sink.cut(); }, true);
        co_return reply;
    }
    const bool ended = co_await on_worker([&] { reply = sink.end(); }, true);
    co_return ended ? std::move(reply) : Reply::empty(500);
}

}  // namespace assay::http
