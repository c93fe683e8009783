#include "server/http/exchange.h"

#include <boost/asio/write.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/read.hpp>

namespace assay::http {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::awaitable;

namespace {

// Up to here head and body go out as one TLS record.
constexpr std::size_t kJoinBytesMax = 15UL << 10U;

}  // namespace

awaitable<bool> Session::Exchange::begin() {
    parser_.emplace();
    parser_->header_limit(house_.config.limits.header_bytes);
    parser_->body_limit(boost::none);
    request_ = Request{};
    head_ = Head{};
    route_ = nullptr;
    body_bytes_ = 0;
    if (buffer_.size() > 0) {
        co_return true;
    }
    buffer_.shrink_to_fit();  // nothing is held for a connection that only waits
    if (house_.stopping) {
        co_return false;
    }
    session_.idle_ = true;
    session_.expect_within(house_.config.limits.idle_time);
    const auto [error, got] = co_await tls_.async_read_some(buffer_.prepare(4096), kAwait);
    session_.idle_ = false;
    buffer_.commit(got);
    co_return !error && got > 0;
}

awaitable<bool> Session::Exchange::read_head() {
    session_.expect_within(house_.config.limits.header_time);
    const auto [error, got] =
        co_await beast::http::async_read_header(tls_, buffer_, *parser_, kAwait);
    if (!error) {
        co_return true;
    }
    namespace http = beast::http;
    close_ = true;
    unread_ = true;
    int status = 0;
    if (session_.late_) {
        status = 408;
    } else if (error == http::error::header_limit || error == http::error::buffer_overflow) {
        status = 431;
    } else if (error.category() == make_error_code(http::error::bad_method).category() &&
               error != http::error::end_of_stream && error != http::error::partial_message) {
        status = 400;
    }
    if (status != 0) {
        co_await send(Reply::empty(status));
    }
    co_return false;
}

/// What can be said before the body is read; nothing where the request may go on.
std::optional<Reply> Session::Exchange::take_head() {
    const auto& message = parser_->get();
    std::vector<std::pair<std::string_view, std::string_view>> fields;
    for (const auto& field : message) {
        const auto name = field.name_string();
        const auto value = field.value();
        fields.emplace_back(std::string_view(name.data(), name.size()),
                            std::string_view(value.data(), value.size()));
    }
    auto check = http::read_head(message.version(), fields);
    if (!check.head) {
        return Reply::empty(check.refusal);
    }
    head_ = std::move(*check.head);
    unread_ = !head_.body.empty();
    close_ = close_ || head_.close || session_.busy_;
    if (session_.busy_) {
        return Reply::busy(house_.config.limits.retry_after);
    }
    const auto method = message.method_string();
    const auto raw = message.target();
    auto target = read_target(std::string_view(raw.data(), raw.size()));
    if (!target) {
        return Reply::empty(target.error().code == Code::kLimit ? 414 : 400);
    }
    request_.method.assign(method.data(), method.size());
    return find_route(*target);
}

std::optional<Reply> Session::Exchange::find_route(const Target& target) {
    auto found = house_.router.find(request_.method, target.path);
    if (found.route == nullptr) {
        auto reply = Reply::empty(found.allowed.empty() ? 404 : 405);
        if (!found.allowed.empty()) {
            reply.headers.emplace("allow", found.allowed);
        }
        return reply;
    }
    route_ = found.route;
    request_.path = target.path;
    request_.query = target.query;
    request_.params = std::move(found.params);
    request_.headers = head_.headers;
    request_.peer = peer_;
    request_.remote = session_.remote_;
    request_.exporter = exporter_;
    return check_route();
}

std::optional<Reply> Session::Exchange::check_route() {
    const auto& options = route_->options;
    bool allowed = true;
    if (options.allow && !guarded([&] { allowed = options.allow(request_); })) {
        return Reply::empty(500);
    }
    if (!allowed) {
        return Reply::empty(403);
    }
    if (head_.body.length > options.body_bytes_max) {
        return Reply::empty(413);
    }
    std::optional<std::chrono::seconds> wait;
    if (options.wait && !guarded([&] { wait = options.wait(request_); })) {
        return Reply::empty(500);
    }
    return wait ? std::optional(Reply::busy(*wait)) : std::nullopt;
}

awaitable<bool> Session::Exchange::next() {
    const bool begun = co_await begin();
    if (!begun) {
        co_return false;
    }
    began_ = std::chrono::steady_clock::now();
    const bool whole = co_await read_head();
    if (!whole) {
        co_return false;
    }
    unread_ = true;  // until its framing is known
    auto refusal = take_head();
    if (refusal) {
        close_ = close_ || unread_;
        const bool sent = co_await send(std::move(*refusal));
        co_return sent && !close_;
    }
    co_await answer();
    co_return !close_ && !gone_;
}

awaitable<void> Session::Exchange::answer() {
    std::optional<Reply> reply;
    if (const auto* handler = std::get_if<Handler>(&route_->handler)) {
        reply = co_await call(*handler);
    } else if (const auto* later = std::get_if<LaterHandler>(&route_->handler)) {
        reply = co_await call(*later);
    } else {
        reply = co_await call(std::get<StreamHandler>(route_->handler));
    }
    close_ = close_ || unread_ || house_.stopping;
    if (!reply) {
        gone_ = true;
        report(0, 0);
        co_return;
    }
    const bool sent = co_await send(std::move(*reply));
    gone_ = !sent;
}

awaitable<bool> Session::Exchange::send_bytes(ByteView bytes) {
    while (!bytes.empty()) {
        const auto piece = bytes.first(std::min(bytes.size(), kBodyPieceBytesMax));
        session_.expect_within(house_.config.limits.reply_time);
        const auto [error, sent] = co_await asio::async_write(
            tls_, asio::const_buffer(piece.data(), piece.size()), kAwait);
        if (error) {
            co_return false;
        }
        bytes = bytes.subspan(piece.size());
    }
    co_return true;
}

awaitable<bool> Session::Exchange::send_stream(BodySource& source) {
    Bytes piece(kBodyPieceBytesMax);
    std::uint64_t left = source.size();
    while (left > 0) {
        std::size_t got = 0;
        co_await on_worker(
            [&] {
                const auto read = source.read(piece);
                got = read ? *read : 0;
            },
            true);
        // Without the announced length the client must not take the reply for whole.
        if (got == 0 || got > left) {
            co_return false;
        }
        const bool sent = co_await send_bytes(ByteView(piece).first(got));
        if (!sent) {
            co_return false;
        }
        left -= got;
    }
    co_return true;
}

awaitable<bool> Session::Exchange::send(Reply reply) {
    close_ = close_ || house_.stopping;
    std::string head = reply_head(reply, close_, house_.clock.wall());
    const std::uint64_t size = reply.stream ? reply.stream->size() : reply.body.size();
    const bool with_body = request_.method != "HEAD" && reply.status != 204 && reply.status != 304;
    const bool join = with_body && !reply.stream && reply.body.size() <= kJoinBytesMax;
    if (join) {
        head.append(as_text(reply.body));
    }
    bool sent = co_await send_bytes(as_bytes(head));
    if (sent && with_body && !join) {
        sent = reply.stream ? co_await send_stream(*reply.stream) : co_await send_bytes(reply.body);
    }
    if (!sent) {
        close_ = true;
    }
    report(sent ? reply.status : 0, with_body ? size : 0);
    co_return sent;
}

void Session::Exchange::report(int status, std::uint64_t reply_bytes) {
    if (!house_.config.on_access) {
        return;
    }
    Access access;
    access.method = request_.method;
    access.route = route_ == nullptr ? "" : pattern_text(*route_);
    access.status = status;
    access.body_bytes = body_bytes_;
    access.reply_bytes = reply_bytes;
    access.time = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::steady_clock::now() - began_);
    access.pinned = peer_.has_value();
    guarded([&] { house_.config.on_access(access); });
}

}  // namespace assay::http
