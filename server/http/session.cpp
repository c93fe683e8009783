#include "server/http/session.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>

#include "server/http/head.h"
#include "server/http/target.h"

namespace assay::http {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::awaitable;
using beast::error_code;

// Errors come back as values: an exception across co_await costs microseconds and reads badly.
constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);

constexpr std::size_t kReadBufferBytesMax = 128UL << 10U;
constexpr std::size_t kLingerBytesMax = 4UL << 20U;
// Up to here head and body go out as one TLS record.
constexpr std::size_t kJoinBytesMax = 15UL << 10U;

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

/// The one place where what a handler throws becomes a reply.
template <typename Call>
bool guarded(Call&& call) {
    try {
        call();
        return true;
    } catch (...) {
        return false;
    }
}

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
        error_code ignored;
        tls_.lowest_layer().cancel(ignored);
    }
}

void Session::leave_if_idle() {
    if (idle_) {
        cut();
    }
}

void Session::cut() {
    error_code ignored;
    tls_.lowest_layer().close(ignored);
}

void Session::expect_within(std::chrono::milliseconds time) {
    late_ = false;
    due_ = std::chrono::steady_clock::now() + time;
}

/// One request and its reply after the other, over one connection.
class Session::Exchange {
  public:
    Exchange(Session& session, std::optional<PeerKey> peer, crypto::TlsExporter exporter)
        : session_(session),
          house_(session.house_),
          tls_(session.tls_),
          peer_(peer),
          exporter_(exporter) {}

    /// False: the connection is to be closed.
    awaitable<bool> next();
    /// A body was announced and not read.
    bool unread() const { return unread_; }

  private:
    using Parser = beast::http::request_parser<beast::http::buffer_body>;

    awaitable<bool> begin();
    awaitable<bool> read_head();
    std::optional<Reply> take_head();
    std::optional<Reply> find_route(const Target& target);
    std::optional<Reply> check_route();
    awaitable<void> answer();
    awaitable<bool> go_ahead();
    awaitable<bool> read_piece(std::span<std::uint8_t> into, std::size_t& got);
    awaitable<std::optional<Reply>> read_body();
    awaitable<std::optional<Reply>> call(const Handler& handler);
    awaitable<std::optional<Reply>> call(const LaterHandler& handler);
    awaitable<std::optional<Reply>> call(const StreamHandler& handler);
    awaitable<std::optional<Reply>> pour(BodySink& sink);
    awaitable<bool> on_worker(std::function<void()> job, bool admitted);
    awaitable<bool> send(Reply reply);
    awaitable<bool> send_bytes(ByteView bytes);
    awaitable<bool> send_stream(BodySource& source);
    std::optional<Reply> body_failure() const;
    void report(int status, std::uint64_t reply_bytes);

    Session& session_;
    House& house_;
    asio::ssl::stream<Socket>& tls_;
    std::optional<PeerKey> peer_;
    crypto::TlsExporter exporter_;

    beast::flat_buffer buffer_{kReadBufferBytesMax};
    std::optional<Parser> parser_;
    Request request_;
    Head head_;
    const Route* route_ = nullptr;
    std::uint64_t body_bytes_ = 0;
    Session::Time began_;
    bool unread_ = false;
    bool close_ = false;
    bool gone_ = false;  ///< nobody is there to hear a reply
};

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
    return std::nullopt;
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
    Bytes piece;
    while (unread_) {
        const auto left = head_.body.chunked
                              ? kBodyPieceBytesMax
                              : std::min<std::uint64_t>(kBodyPieceBytesMax,
                                                        head_.body.length - request_.body.size());
        piece.resize(std::max<std::size_t>(static_cast<std::size_t>(left), 1));
        std::size_t got = 0;
        const bool good = co_await read_piece(piece, got);
        if (!good) {
            co_return body_failure();
        }
        if (got > most - request_.body.size()) {
            co_return Reply::empty(413);
        }
        append(request_.body, ByteView(piece).first(got));
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
    const Responder responder(waker(signal, session_.gate_));
    auto request = std::make_shared<Request>(std::move(request_));
    const bool taken = house_.workers.try_post([&handler, request, responder] {
        if (!guarded([&] { handler(std::move(*request), responder); })) {
            responder(Reply::empty(500));
        }
    });
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
