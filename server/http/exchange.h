#pragma once

// Internal to server/http: the only header that shows Beast.

#include <functional>
#include <optional>
#include <span>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>

#include "server/http/head.h"
#include "server/http/session.h"
#include "server/http/target.h"

namespace assay::http {

inline constexpr std::size_t kReadBufferBytesMax = 128UL << 10U;

// Errors come back as values: an exception across co_await costs microseconds and reads badly.
inline constexpr auto kAwait = boost::asio::as_tuple(boost::asio::use_awaitable);

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
    boost::asio::awaitable<bool> next();
    /// A body was announced and not read.
    bool unread() const { return unread_; }

  private:
    using Parser = boost::beast::http::request_parser<boost::beast::http::buffer_body>;

    boost::asio::awaitable<bool> begin();
    boost::asio::awaitable<bool> read_head();
    std::optional<Reply> take_head();
    std::optional<Reply> find_route(const Target& target);
    std::optional<Reply> check_route();
    boost::asio::awaitable<void> answer();
    boost::asio::awaitable<bool> go_ahead();
    boost::asio::awaitable<bool> read_piece(std::span<std::uint8_t> into, std::size_t& got);
    boost::asio::awaitable<std::optional<Reply>> read_body();
    boost::asio::awaitable<std::optional<Reply>> call(const Handler& handler);
    boost::asio::awaitable<std::optional<Reply>> call(const LaterHandler& handler);
    boost::asio::awaitable<std::optional<Reply>> call(const StreamHandler& handler);
    boost::asio::awaitable<std::optional<Reply>> pour(BodySink& sink);
    boost::asio::awaitable<bool> on_worker(std::function<void()> job, bool admitted);
    boost::asio::awaitable<bool> send(Reply reply);
    boost::asio::awaitable<bool> send_bytes(ByteView bytes);
    boost::asio::awaitable<bool> send_stream(BodySource& source);
    std::optional<Reply> body_failure() const;
    void report(int status, std::uint64_t reply_bytes);

    Session& session_;
    House& house_;
    boost::asio::ssl::stream<Socket>& tls_;
    std::optional<PeerKey> peer_;
    crypto::TlsExporter exporter_;

    boost::beast::flat_buffer buffer_{kReadBufferBytesMax};
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

}  // namespace assay::http
