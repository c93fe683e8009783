#include "server/client/curl_link.h"

#include <future>
#include <mutex>
#include <thread>

#include <gtest/gtest.h>

#include "server/http/server.h"
#include "tests/server/http/tls_support.h"

namespace assay::client {
namespace {

using http::Reply;
using http::Request;
using test::identity;

/// A server that tells what it saw, and links to it.
class Link : public testing::Test {
  protected:
    void SetUp() override {
        router_.add("GET", "/hello", {}, [](const Request& r) {
            return Reply::text(200, r.peer ? r.peer->hex() : "nobody");
        });
        router_.add("GET", "/exporter", {},
                    [](const Request& r) { return Reply::text(200, r.exporter.hex()); });
        router_.add("PUT", "/echo/{name}", {.body_bytes_max = 4U << 20U, .allow = {}},
                    [](const Request& r) {
                        auto reply = Reply::bytes(201, "application/x-test", r.body);
                        reply.headers["x-name"] = r.params.at("name");
                        reply.headers["x-type"] = r.header("content-type");
                        return reply;
                    });
        router_.add("GET", "/slow", {}, [this](const Request&) {
            const std::lock_guard wait(slow_);
            return Reply::empty(204);
        });
    }

    void serve(crypto::TlsPin peers = {}, http::ServerLimits limits = {}) {
        http::ServerConfig config;
        config.peers = std::move(peers);
        config.limits = limits;
        config.io_threads = 1;
        server_ = http::Server::start(config, identity('s'), router_).value();
    }

    std::unique_ptr<CurlLink> link(char server = 's', std::optional<char> own = std::nullopt) {
        LinkConfig config;
        config.host = "127.0.0.1";
        config.port = server_->port();
        config.server = crypto::pin_to(identity(server).key());
        config.reply_bytes_max = 1U << 20U;
        if (own) {
            config.identity = identity(*own);
        }
        return CurlLink::make(config).value();
    }

    static LinkRequest get(const std::string& path) { return {"GET", path, {}, {}}; }

    http::Router router_;
    std::mutex slow_;
    std::unique_ptr<http::Server> server_;
};

TEST_F(Link, CarriesARequestAndItsReply) {
    serve();
    const auto to = link();
    const Bytes body(300000, 0x5A);
    const auto reply =
        to->exchange({"PUT", "/echo/%E8%AF%95%E5%8D%B7", {{"content-type", "a/b"}}, body}).value();
    EXPECT_EQ(reply.status, 201);
    EXPECT_EQ(reply.body, body);
    EXPECT_EQ(reply.headers.at("x-name"), "试卷");
    EXPECT_EQ(reply.headers.at("x-type"), "a/b");
    EXPECT_EQ(reply.headers.at("content-type"), "application/x-test");
}

TEST_F(Link, UsesOneConnectionAgain) {
    serve();
    const auto to = link();
    const auto first = to->exchange(get("/exporter")).value();
    const auto second = to->exchange(get("/exporter")).value();
    EXPECT_EQ(to_string(first.body), to_string(second.body));
    EXPECT_EQ(to->exporter().value().hex(), to_string(first.body));
    EXPECT_EQ(server_->connections(), 1U);
}

TEST_F(Link, GivesEachConnectionItsOwnExporter) {
    serve();
    const auto a = link();
    const auto b = link();
    EXPECT_NE(to_string(a->exchange(get("/exporter")).value().body),
              to_string(b->exchange(get("/exporter")).value().body));
}

TEST_F(Link, ShowsOurKeyToAServerThatAsks) {
    serve(crypto::pin_to(identity('c').key()));
    const auto reply = link('s', 'c')->exchange(get("/hello")).value();
    EXPECT_EQ(to_string(reply.body), identity('c').key().hex());
}

TEST_F(Link, RefusesAServerWithAnotherKey) {
    serve();
    const auto result = link('x')->exchange(get("/hello"));
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, Code::kDenied);
    EXPECT_EQ(result.error().what.id.text(), "client.link.wrong-key");
}

TEST_F(Link, IsRefusedWithAnotherKeyThanTheServerPins) {
    serve(crypto::pin_to(identity('c').key()));
    const auto result = link('s', 'x')->exchange(get("/hello"));
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, Code::kDenied) << to_string(result.error());
    EXPECT_EQ(result.error().what.id.text(), "client.link.refused");
}

TEST_F(Link, IsRefusedWithoutAKeyWhereOneIsAsked) {
    serve(crypto::pin_to(identity('c').key()));
    const auto result = link('s')->exchange(get("/hello"));
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, Code::kDenied) << to_string(result.error());
}

TEST_F(Link, ReportsAStatusAsAReply) {
    serve();
    EXPECT_EQ(link()->exchange(get("/nothing")).value().status, 404);
}

TEST_F(Link, IsUnavailableWhereNobodyListens) {
    serve();
    const auto to = link();
    server_.reset();
    const auto result = to->exchange(get("/hello"));
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, Code::kUnavailable);
}

TEST_F(Link, ConnectsAnewAfterTheServerClosed) {
    serve();
    const auto to = link();
    ASSERT_TRUE(to->exchange(get("/hello")));
    http::ServerConfig config;
    config.port = server_->port();
    server_.reset();
    server_ = http::Server::start(config, identity('s'), router_).value();
    EXPECT_TRUE(to->exchange(get("/hello")));
}

TEST_F(Link, GivesUpOnASlowReply) {
    serve();
    const auto to = link();
    slow_.lock();
    auto request = get("/slow");
    request.timeout = std::chrono::milliseconds(100);
    const auto result = to->exchange(request);
    slow_.unlock();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().what.id.text(), "client.link.slow");
}

TEST_F(Link, EndsWhenItIsCancelled) {
    serve();
    const auto to = link();
    slow_.lock();
    auto running = std::async(std::launch::async, [&] { return to->exchange(get("/slow")); });
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    to->cancel();
    const auto result = running.get();
    slow_.unlock();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().what.id.text(), "client.link.cancelled");
}

TEST_F(Link, StopsReadingAReplyThatIsTooLarge) {
    serve();
    const auto result = link()->exchange({"PUT", "/echo/a", {}, Bytes((1U << 20U) + 1, 1)});
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, Code::kLimit);
}

TEST_F(Link, HearsWhyALargeBodyWasRefused) {
    serve();
    const auto reply = link()->exchange({"PUT", "/echo/a", {}, Bytes(5U << 20U, 1)});
    ASSERT_TRUE(reply) << to_string(reply.error());
    EXPECT_EQ(reply->status, 413);
}

TEST_F(Link, SendsNoHeaderThatSplitsTheRequest) {
    serve();
    EXPECT_EQ(link()->exchange({"GET", "/hello", {{"a", "b\r\nc: d"}}, {}}).error().code,
              Code::kUsage);
    EXPECT_EQ(link()->exchange({"GET", "/hello\r\n", {}, {}}).error().code, Code::kUsage);
}

TEST(LinkAddress, MustBeAHostAndAPort) {
    for (const auto* host : {"", "a/b", "u@h", "[::1]", "a b"}) {
        EXPECT_FALSE(CurlLink::make({.host = host, .port = 1, .server = {}, .identity = {}}));
    }
    EXPECT_FALSE(CurlLink::make({.host = "a", .port = 0, .server = {}, .identity = {}}));
}

}  // namespace
}  // namespace assay::client
