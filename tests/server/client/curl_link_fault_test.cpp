#include "server/client/curl_link.h"

#include <gtest/gtest.h>

#include "server/http/server.h"
#include "tests/server/client/raw_server.h"

namespace assay::client {
namespace {

using namespace std::chrono_literals;
using test::identity;
using test::RawServer;

Result<LinkReply> ask(std::uint16_t port, std::chrono::milliseconds timeout = 2000ms) {
    LinkConfig config;
    config.host = "127.0.0.1";
    config.port = port;
    config.server = crypto::pin_to(identity('s').key());
    config.connect_timeout = 300ms;
    config.reply_bytes_max = 1000;
    return CurlLink::make(config).value()->exchange({"GET", "/", {}, {}, timeout});
}

Code code(const std::string& reply) {
    const RawServer server(reply);
    const auto result = ask(server.port());
    EXPECT_FALSE(result) << reply.substr(0, 80);
    return result ? Code::kUsage : result.error().code;
}

TEST(BadServers, ThatDieInAReplyAreUnavailable) {
    EXPECT_EQ(code(""), Code::kUnavailable);
    EXPECT_EQ(code("HTTP/1.1 200 OK\r\ncontent-le"), Code::kUnavailable);
    EXPECT_EQ(code("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n01234"), Code::kUnavailable);
    EXPECT_EQ(code("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n01234\r\n"),
              Code::kUnavailable);
}

TEST(BadServers, CannotPassOffACutReplyAsWhole) {
    // Without a length the end of the connection is the end of the body; a cut one has no
    // close_notify and must not count.
    const RawServer server("HTTP/1.1 200 OK\r\n\r\n01234");
    EXPECT_FALSE(ask(server.port()));
}

TEST(BadServers, ThatSendTooMuchAreStopped) {
    EXPECT_EQ(code("HTTP/1.1 200 OK\r\nx: " + std::string(90000, 'a') + "\r\n\r\n"), Code::kLimit);
    EXPECT_EQ(code("HTTP/1.1 200 OK\r\ncontent-length: 1001\r\n\r\n" + std::string(1001, 'a')),
              Code::kLimit);
}

TEST(BadServers, ThatSpeakSomethingElseAreUnavailable) {
    EXPECT_EQ(code("SSH-2.0-OpenSSH_9\r\n"), Code::kUnavailable);
    EXPECT_EQ(code(std::string(300, '\0')), Code::kUnavailable);
}

TEST(BadServers, ThatSayNothingAreGivenUp) {
    const RawServer deaf("", RawServer::Manner::kNoHandshake);
    EXPECT_EQ(ask(deaf.port()).error().what.id.text(), "client.link.slow");
    const RawServer silent("", RawServer::Manner::kSilent);
    EXPECT_EQ(ask(silent.port(), 200ms).error().what.id.text(), "client.link.slow");
}

std::string told(const Result<LinkReply>& result) {
    return result ? "" : std::string(result.error().what.id.text());
}

/// A port where nobody listens any more.
std::uint16_t free_port() { return RawServer("").port(); }

TEST(BadServers, AreToldApartInWordsOfOurOwn) {
    EXPECT_EQ(told(ask(free_port())), "client.link.down");
    const RawServer cut("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n01234");
    EXPECT_EQ(told(ask(cut.port())), "client.link.broken");
    const RawServer silent("");
    EXPECT_EQ(told(ask(silent.port())), "client.link.broken");
    const RawServer other("SSH-2.0-OpenSSH_9\r\n");
    EXPECT_EQ(told(ask(other.port())), "client.link.failed");

    LinkConfig config;
    config.host = "nobody.invalid";
    config.port = 443;
    config.server = crypto::pin_to(identity('s').key());
    const auto unnamed = CurlLink::make(config).value()->exchange({"GET", "/", {}, {}, 2000ms});
    EXPECT_EQ(told(unnamed), "client.link.name");
}

TEST(BadServers, CannotRedirectUs) {
    const RawServer server(
        "HTTP/1.1 302 Found\r\nlocation: https://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n");
    EXPECT_EQ(ask(server.port()).value().status, 302);
}

/// Gives less than it announced.
class BrokenBody final : public http::BodySource {
  public:
    std::uint64_t size() const override { return 900; }
    Result<std::size_t> read(std::span<std::uint8_t> out) override {
        if (given_) {
            return fail(Code::kIo, "http.body.short"_id);
        }
        given_ = true;
        out[0] = 'a';
        return std::size_t{1};
    }

  private:
    bool given_ = false;
};

TEST(BadServers, OfOursNeverPassOffAFileThatCannotBeRead) {
    http::Router router;
    router.add("GET", "/", {}, [](const http::Request&) {
        return http::Reply{200, {}, {}, std::make_shared<BrokenBody>()};
    });
    const auto server = http::Server::start({}, identity('s'), router).value();
    const auto result = ask(server->port());
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, Code::kUnavailable);
}

}  // namespace
}  // namespace assay::client
