#include "server/http/server.h"

#include <atomic>
#include <condition_variable>
#include <thread>

#include <gtest/gtest.h>

#include "tests/server/http/raw_client.h"

namespace assay::http {
namespace {

using namespace std::chrono_literals;
using test::ask;
using test::identity;
using test::RawClient;

std::string get(const std::string& target) {
    return "GET " + target + " HTTP/1.1\r\nhost: h\r\nconnection: close\r\n\r\n";
}

int status(const std::string& reply) {
    return reply.size() > 12 ? std::atoi(reply.c_str() + 9) : 0;
}

class BadClients : public testing::Test {
  protected:
    void SetUp() override {
        limits_.handshake_time = limits_.header_time = limits_.body_time = 250ms;
        limits_.idle_time = limits_.reply_time = 300ms;
        limits_.linger_time = 100ms;
        router_.add("GET", "/", {}, [](const Request&) { return Reply::text(200, "root"); });
        router_.add("GET", "/throw", {}, [](const Request&) -> Reply { throw 7; });
        router_.add("GET", "/large", {}, [](const Request&) {
            return Reply::bytes(200, "a/b", Bytes(64U << 20U, 'x'));
        });
        router_.add("GET", "/wait", {}, [this](const Request&) {
            std::unique_lock lock(mutex_);
            ++waiting_;
            changed_.notify_all();
            changed_.wait(lock, [this] { return go_; });
            return Reply::text(200, "waited");
        });
        router_.add_later("GET", "/forgotten", {}, [](const Request&, const Responder&) {});
        router_.add_later("GET", "/later", {}, [this](const Request&, Responder responder) {
            later_ = std::thread([responder = std::move(responder)] {
                std::this_thread::sleep_for(50ms);
                responder(Reply::text(200, "later"));
            });
        });
        router_.add("GET", "/p/{name}", {},
                    [](const Request& r) { return Reply::text(200, r.params.at("name")); });
        router_.add("POST", "/body", {.body_bytes_max = 100, .allow = {}},
                    [this](const Request& r) {
                        ++bodies_;
                        return Reply::bytes(200, "a/b", r.body);
                    });
        RouteOptions slot;
        slot.wait = [](const Request&) { return std::optional(7s); };
        router_.add("PUT", "/slot", slot, [this](const Request&) {
            ++bodies_;
            return Reply::empty(200);
        });
        router_.add(
            "POST", "/nobody",
            {.body_bytes_max = 100, .allow = [](const Request& r) { return r.peer.has_value(); }},
            [](const Request&) { return Reply::empty(204); });
    }
    void TearDown() override {
        release();
        server_.reset();
        if (later_.joinable()) {
            later_.join();
        }
    }

    std::uint16_t serve() {
        ServerConfig config;
        config.limits = limits_;
        config.io_threads = 2;
        config.worker_threads = 2;
        config.peers = peers_;
        server_ = Server::start(config, identity('s'), router_).value();
        return server_->port();
    }
    void release() {
        const std::lock_guard lock(mutex_);
        go_ = true;
        changed_.notify_all();
    }
    void await_waiting(int count) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return waiting_ >= count; });
    }

    ServerLimits limits_;
    crypto::TlsPin peers_;
    Router router_;
    std::unique_ptr<Server> server_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool go_ = false;
    int waiting_ = 0;
    std::atomic<int> bodies_ = 0;
    std::thread later_;
};

TEST_F(BadClients, AreSentAwayBeforeTheirBodyIsRead) {
    const std::string reply =
        ask(serve(), "PUT /slot HTTP/1.1\r\nhost: h\r\ncontent-length: 50000\r\n\r\n");
    EXPECT_EQ(status(reply), 503) << "though no byte of it came";
    EXPECT_NE(reply.find("retry-after: 7"), std::string::npos);
    EXPECT_EQ(bodies_, 0);
}

TEST_F(BadClients, SpeakTls13OrNothing) {
    const auto port = serve();
    RawClient old(port);
    EXPECT_FALSE(old.handshake(TLS1_2_VERSION));
    RawClient plain(port);
    plain.send_plain("GET / HTTP/1.1\r\nhost: h\r\n\r\n");
    char reply[64] = {};
    EXPECT_FALSE(plain.handshake());
    EXPECT_EQ(reply[0], 0);
}

TEST_F(BadClients, AreClosedWhenTheyDoNotShakeHands) {
    RawClient silent(serve());
    EXPECT_TRUE(silent.plain_closed());
}

TEST_F(BadClients, AreClosedWhenTheyStayIdle) {
    RawClient idle(serve());
    ASSERT_TRUE(idle.handshake());
    EXPECT_TRUE(idle.closed());
}

TEST_F(BadClients, Get408ForASlowHead) {
    RawClient slow(serve());
    ASSERT_TRUE(slow.handshake());
    slow.send("GET / HT");
    EXPECT_EQ(status(slow.read()), 408);
}

TEST_F(BadClients, Get408ForABodyThatStops) {
    RawClient slow(serve());
    ASSERT_TRUE(slow.handshake());
    slow.send("POST /body HTTP/1.1\r\nhost: h\r\ncontent-length: 10\r\n\r\nabc");
    EXPECT_EQ(status(slow.read()), 408);
    EXPECT_EQ(bodies_, 0);
}

TEST_F(BadClients, WhoVanishInABodyLeaveNothing) {
    const auto port = serve();
    {
        RawClient gone(port);
        ASSERT_TRUE(gone.handshake());
        gone.send("POST /body HTTP/1.1\r\nhost: h\r\ncontent-length: 10\r\n\r\nabc");
        gone.shut_sending();
        EXPECT_EQ(gone.read(), "");
    }
    EXPECT_EQ(status(ask(port, get("/"))), 200);
    EXPECT_EQ(bodies_, 0);
}

TEST_F(BadClients, GetTheirOwnStatusForEachLimit) {
    const auto port = serve();
    EXPECT_EQ(status(ask(
                  port, "GET / HTTP/1.1\r\nhost: h\r\nx: " + std::string(20000, 'a') + "\r\n\r\n")),
              431);
    EXPECT_EQ(status(ask(port, get("/" + std::string(5000, 'a')))), 414);
    EXPECT_EQ(status(ask(port, "POST /body HTTP/1.1\r\nhost: h\r\ncontent-length: 101\r\n\r\n" +
                                   std::string(101, 'a'))),
              413);
    EXPECT_EQ(status(ask(port,
                         "POST /body HTTP/1.1\r\nhost: h\r\ntransfer-encoding: chunked\r\n\r\n"
                         "65\r\n" +
                             std::string(101, 'a') + "\r\n0\r\n\r\n")),
              413);
    EXPECT_EQ(status(ask(port, "DELETE / HTTP/1.1\r\nhost: h\r\nconnection: close\r\n\r\n")), 405);
    EXPECT_EQ(status(ask(port, get("/nothing"))), 404);
    EXPECT_EQ(bodies_, 0);
}

TEST_F(BadClients, CannotSmuggleARequest) {
    const auto port = serve();
    const std::string inner = "POST /body HTTP/1.1\r\nhost: h\r\ncontent-length: 1\r\n\r\na";
    const std::vector<std::string> framings = {
        "content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        "transfer-encoding: chunked\r\ncontent-length: 5\r\n\r\n0\r\n\r\n",
        "transfer-encoding: identity\r\n\r\n",
        "transfer-encoding: gzip\r\ncontent-length: 3\r\n\r\nabc",
        "transfer-encoding: xchunked\r\n\r\n0\r\n\r\n",
        "transfer-encoding : chunked\r\n\r\n0\r\n\r\n",
        " transfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        "transfer-encoding:\x0b"
        "chunked\r\n\r\n0\r\n\r\n",
        "content-length: 3\r\ncontent-length: 0\r\n\r\nabc",
        "content-length: 3, 3\r\n\r\nabc",
        "content-length: +3\r\n\r\nabc",
        "transfer-encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n",
        "transfer-encoding: chunked\r\n\r\n-1\r\nabc\r\n0\r\n\r\n",
        "transfer-encoding: chunked\r\n\r\n3\r\nabcde\r\n0\r\n\r\n",
        "transfer-encoding: chunked\r\n\r\nffffffffffffffff1\r\nabc\r\n0\r\n\r\n"};
    for (const auto& framing : framings) {
        bodies_ = 0;
        const auto reply = ask(port, "POST /body HTTP/1.1\r\nhost: h\r\n" + framing + inner);
        EXPECT_GE(status(reply), 400) << framing << reply;
        EXPECT_EQ(reply.find("HTTP/1.1", 9), std::string::npos) << framing << reply;
        EXPECT_EQ(bodies_, 0) << framing;
    }
}

TEST_F(BadClients, GetRepliesToPipelinedRequestsInOrder) {
    RawClient client(serve());
    ASSERT_TRUE(client.handshake());
    client.send(
        "GET /p/1 HTTP/1.1\r\nhost: h\r\n\r\nPOST /body HTTP/1.1\r\nhost: h\r\n"
        "content-length: 1\r\n\r\n2GET /p/3 HTTP/1.1\r\nhost: h\r\nconnection: close\r\n\r\n");
    const auto all = client.read();
    const auto one = all.find("\r\n\r\n1HTTP/1.1 200");
    const auto two = all.find("\r\n\r\n2HTTP/1.1 200");
    EXPECT_NE(one, std::string::npos) << all;
    EXPECT_NE(two, std::string::npos) << all;
    EXPECT_LT(one, two);
    EXPECT_TRUE(all.ends_with("\r\n\r\n3"));
}

TEST_F(BadClients, CannotLeaveThePathOrSendBytesThatAreNoText) {
    const auto port = serve();
    for (const auto* target : {"/p/..", "/p/%2e%2e", "/p/a%2Fb", "/p/%FF", "/p/%00", "/p/\xff",
                               "http://h/", "*", "//p/a"}) {
        EXPECT_EQ(status(ask(port, get(target))), 400) << target;
    }
    EXPECT_TRUE(ask(port, get("/p/%E5%8D%B7")).ends_with("卷"));
}

TEST_F(BadClients, SendGarbage) {
    const auto port = serve();
    EXPECT_EQ(status(ask(port, "garbage\r\n\r\n")), 400);
    EXPECT_EQ(status(ask(port, std::string(3000, '\0'))), 400);
    EXPECT_EQ(status(ask(port, "GET / HTTP/1.0\r\nhost: h\r\n\r\n")), 505);
    EXPECT_EQ(status(ask(port, "GET / HTTP/1.1\r\n\r\n")), 400);
    EXPECT_EQ(status(ask(port,
                         "POST /body HTTP/1.1\r\nhost: h\r\nexpect: x\r\n"
                         "content-length: 1\r\n\r\n")),
              417);
}

TEST_F(BadClients, WhoWaitForAGoAheadGetOne) {
    RawClient client(serve());
    ASSERT_TRUE(client.handshake());
    client.send(
        "POST /body HTTP/1.1\r\nhost: h\r\nexpect: 100-continue\r\nconnection: close\r\n"
        "content-length: 3\r\n\r\n");
    EXPECT_EQ(client.read("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("abc");
    EXPECT_TRUE(client.read().ends_with("abc"));
}

TEST_F(BadClients, WithoutTheRouteRoleAreRefusedBeforeTheBody) {
    RawClient client(serve());
    ASSERT_TRUE(client.handshake());
    client.send("POST /nobody HTTP/1.1\r\nhost: h\r\ncontent-length: 50\r\n\r\n");
    EXPECT_EQ(status(client.read()), 403);
}

TEST_F(BadClients, WithAForeignKeyGetNoReply) {
    peers_ = crypto::pin_to(identity('c').key());
    const auto port = serve();
    RawClient foreign(port, identity('x'));
    // In TLS 1.3 a client is done before the server has looked at its certificate.
    if (foreign.handshake()) {
        foreign.send(get("/"));
        EXPECT_EQ(foreign.read(), "");
    }
    RawClient keyless(port);
    if (keyless.handshake()) {
        keyless.send(get("/"));
        EXPECT_EQ(keyless.read(), "");
    }
    RawClient known(port, identity('c'));
    ASSERT_TRUE(known.handshake());
    known.send(get("/"));
    EXPECT_EQ(status(known.read()), 200);
}

TEST_F(BadClients, WhoDoNotReadTheirReplyAreClosed) {
    const auto port = serve();
    RawClient lazy(port);
    ASSERT_TRUE(lazy.handshake());
    lazy.send(get("/large"));
    const auto until = std::chrono::steady_clock::now() + 5s;
    while (server_->connections() > 0 && std::chrono::steady_clock::now() < until) {
        std::this_thread::sleep_for(20ms);
    }
    EXPECT_EQ(server_->connections(), 0U);
}

TEST_F(BadClients, OverTheConnectionLimitAreToldToComeBack) {
    limits_.connections = 4;
    limits_.idle_time = 5s;
    const auto port = serve();
    std::vector<std::unique_ptr<RawClient>> held;
    for (int i = 0; i < 4; ++i) {
        held.push_back(std::make_unique<RawClient>(port));
        ASSERT_TRUE(held.back()->handshake());
    }
    RawClient fifth(port);
    ASSERT_TRUE(fifth.handshake());
    RawClient sixth(port);
    EXPECT_FALSE(sixth.handshake());
    fifth.send("GET / HTTP/1.1\r\nhost: h\r\n\r\n");
    const auto reply = fifth.read();
    EXPECT_EQ(status(reply), 503);
    EXPECT_NE(reply.find("retry-after: 2"), std::string::npos);
    held[0]->send("GET / HTTP/1.1\r\nhost: h\r\n\r\n");
    EXPECT_EQ(status(held[0]->read("root")), 200);
}

TEST_F(BadClients, OfOneAddressCannotTakeAllPlaces) {
    limits_.connections_per_address = 2;
    limits_.idle_time = 5s;
    const auto port = serve();
    RawClient a(port);
    RawClient b(port);
    ASSERT_TRUE(a.handshake());
    ASSERT_TRUE(b.handshake());
    RawClient c(port);
    EXPECT_FALSE(c.handshake());
}

TEST_F(BadClients, CannotFillTheMemoryWithBodies) {
    limits_.bytes_in_flight = 150;
    limits_.body_time = 5s;
    const auto port = serve();
    RawClient first(port);
    ASSERT_TRUE(first.handshake());
    first.send(
        "POST /body HTTP/1.1\r\nhost: h\r\ncontent-length: 100\r\nexpect: 100-continue\r\n\r\n");
    first.read("\r\n\r\n");
    const auto second = ask(port, "POST /body HTTP/1.1\r\nhost: h\r\ncontent-length: 60\r\n\r\n");
    EXPECT_EQ(status(second), 503) << second;
    first.send(std::string(100, 'a'));
    EXPECT_EQ(status(first.read("aaaa")), 200);
    EXPECT_EQ(status(ask(port,
                         "POST /body HTTP/1.1\r\nhost: h\r\nconnection: close\r\n"
                         "content-length: 60\r\n\r\n" +
                             std::string(60, 'a'))),
              200);
}

TEST_F(BadClients, WaitForAWorkerInALineThatEnds) {
    limits_.requests_waiting = 1;
    const auto port = serve();
    std::vector<std::thread> clients;
    std::atomic<int> busy = 0;
    for (int i = 0; i < 2; ++i) {
        clients.emplace_back([&] { ask(port, get("/wait")); });
        await_waiting(i + 1);
    }
    for (int i = 0; i < 3; ++i) {
        clients.emplace_back([&] { busy += status(ask(port, get("/wait"))) == 503 ? 1 : 0; });
    }
    const auto until = std::chrono::steady_clock::now() + 5s;
    while (busy < 2 && std::chrono::steady_clock::now() < until) {
        std::this_thread::sleep_for(5ms);
    }
    EXPECT_EQ(busy, 2);
    release();
    for (auto& client : clients) {
        client.join();
    }
}

TEST_F(BadClients, DoNotSeeWhatAHandlerThrows) {
    const auto port = serve();
    EXPECT_EQ(status(ask(port, get("/throw"))), 500);
    EXPECT_EQ(status(ask(port, get("/forgotten"))), 500);
    EXPECT_TRUE(ask(port, get("/later")).ends_with("later"));
}

TEST_F(BadClients, GetTheReplyThatWasUnderWayWhenTheServerStops) {
    const auto port = serve();
    std::string reply;
    std::thread client([&] { reply = ask(port, get("/wait")); });
    RawClient idle(port);
    ASSERT_TRUE(idle.handshake());
    await_waiting(1);
    std::thread stopper([&] { server_->stop(5s); });
    EXPECT_TRUE(idle.closed());
    release();
    stopper.join();
    client.join();
    EXPECT_EQ(status(reply), 200);
    EXPECT_FALSE(RawClient(port).connected());
}

TEST_F(BadClients, AreCutWhenTheGraceIsOver) {
    auto reply = std::make_shared<Responder>([](const Reply&) {});
    router_.add_later("GET", "/never", {}, [reply](const Request&, Responder responder) {
        *reply = std::move(responder);
    });
    const auto port = serve();
    std::string got = "nothing yet";
    std::thread client([&] { got = ask(port, get("/never")); });
    std::this_thread::sleep_for(100ms);
    server_->stop(50ms);
    client.join();
    EXPECT_EQ(got, "");
    server_.reset();
    (*reply)(Reply::empty(200));  // long after: must do no harm
}

TEST(Listening, NamesAPortThatIsInUse) {
    ServerConfig config;
    const auto first = Server::start(config, identity('s'), Router{}).value();
    config.port = first->port();
    const auto second = Server::start(config, identity('s'), Router{});
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, Code::kConflict);
    EXPECT_EQ(second.error().what.args[1].second, std::to_string(first->port()));
}

TEST(Listening, NamesAnAddressThatIsNotOurs) {
    for (const auto* address : {"192.0.2.1", "name", "", "1.2.3"}) {
        ServerConfig config;
        config.address = address;
        const auto server = Server::start(config, identity('s'), Router{});
        ASSERT_FALSE(server);
        EXPECT_EQ(server.error().code, Code::kUsage) << to_string(server.error());
    }
}

}  // namespace
}  // namespace assay::http
