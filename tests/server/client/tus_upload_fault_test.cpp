#include "server/client/tus_upload.h"

#include <gtest/gtest.h>

#include "crypto/base/fake_disk.h"
#include "server/client/curl_link.h"
#include "server/http/server.h"
#include "tests/server/http/memory_tus_store.h"
#include "tests/server/http/tls_support.h"

namespace assay::client {
namespace {

using test::identity;

Bytes some_bytes(std::size_t size, std::uint64_t seed) {
    FakeRandom random(seed);
    Bytes out(size);
    random.fill(out);
    return out;
}

/// Cuts the way to a peer at random: before the request, or between its arrival and the reply.
class ShakyLink final : public assay::Link {
  public:
    ShakyLink(assay::Link& to, FakeRandom& random) : to_(to), random_(random) {}
    Result<LinkReply> exchange(const LinkRequest& request) override {
        const auto luck = random_.below(3);
        const auto lost = fail(Code::kUnavailable, "client.link.down"_id);
        if (luck == 0) {
            return lost;
        }
        auto reply = to_.exchange(request);
        return luck == 1 ? Result<LinkReply>(lost) : reply;
    }

  private:
    assay::Link& to_;
    FakeRandom& random_;
};

class TusUploads : public testing::Test {
  protected:
    void SetUp() override {
        http::add_tus(router_, {}, store_);
        serve(0);
        config_.piece_bytes = 100000;
        config_.wait = [this](std::chrono::milliseconds time) {
            waited_.push_back(time);
            return true;
        };
        config_.progress = [this](std::uint64_t done, std::uint64_t) { progress_.push_back(done); };
    }
    void serve(std::uint16_t port) {
        http::ServerConfig config;
        config.port = port;
        config.io_threads = 1;
        server_ = http::Server::start(config, identity('s'), router_).value();
    }
    std::unique_ptr<CurlLink> link() {
        LinkConfig config;
        config.host = "127.0.0.1";
        config.port = server_->port();
        config.server = crypto::pin_to(identity('s').key());
        return CurlLink::make(config).value();
    }
    std::unique_ptr<File> file(const Bytes& bytes) {
        EXPECT_TRUE(write_file(disk_, "/evidence", bytes));
        return disk_.open("/evidence").value();
    }

    test::MemoryTusStore store_;
    http::Router router_;
    std::unique_ptr<http::Server> server_;
    FakeDisk disk_;
    TusConfig config_;
    std::vector<std::chrono::milliseconds> waited_;
    std::vector<std::uint64_t> progress_;
};

TEST_F(TusUploads, SendAWholeFile) {
    const auto bytes = some_bytes(250000, 1);
    config_.metadata["attempt"] = to_bytes("ab");
    const auto to = link();
    EXPECT_EQ(tus_upload(*to, *file(bytes), config_).value(), "/v1/files/upload-0");
    EXPECT_EQ(store_.upload("upload-0").bytes, bytes);
    EXPECT_EQ(to_string(store_.upload("upload-0").metadata.at("attempt")), "ab");
    EXPECT_EQ(progress_, (std::vector<std::uint64_t>{100000, 200000, 250000}));
}

TEST_F(TusUploads, SendAnEmptyFile) {
    EXPECT_TRUE(tus_upload(*link(), *file({}), config_));
    EXPECT_EQ(store_.upload("upload-0").finished, 1);
}

TEST_F(TusUploads, ArriveWholeOverALinkThatIsCutAtRandom) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        FakeRandom random(seed);
        const auto bytes = some_bytes(random.below(600000), seed);
        config_.backoff.assign(200, std::chrono::milliseconds(1));
        config_.piece_bytes = 1000 + random.below(80000);
        const auto to = link();
        ShakyLink shaky(*to, random);
        const auto path = tus_upload(shaky, *file(bytes), config_);
        ASSERT_TRUE(path) << "seed " << seed << ": " << to_string(path.error());
        const auto upload = store_.upload(path->substr(path->rfind('/') + 1));
        EXPECT_EQ(upload.bytes, bytes) << "seed " << seed;
        EXPECT_GE(upload.finished, 1) << "seed " << seed;
    }
    EXPECT_EQ(store_.wrong_offsets(), 0);
}

TEST_F(TusUploads, GoOnAfterTheServerWasRestarted) {
    const auto bytes = some_bytes(900000, 3);
    const auto port = server_->port();
    const auto to = link();
    config_.progress = [&](std::uint64_t done, std::uint64_t) {
        progress_.push_back(done);
        if (done == 300000) {
            server_.reset();
        }
    };
    config_.wait = [&](std::chrono::milliseconds) {
        serve(port);
        return true;
    };
    EXPECT_TRUE(tus_upload(*to, *file(bytes), config_));
    EXPECT_EQ(store_.upload("upload-0").bytes, bytes);
    EXPECT_EQ(store_.count(), 1U);
}

TEST_F(TusUploads, GoOnInANewRunOfTheProgram) {
    const auto bytes = some_bytes(300000, 4);
    std::string address;
    config_.created = [&](const std::string& made) { address = made; };
    config_.progress = [&](std::uint64_t, std::uint64_t) { server_->stop(); };
    config_.wait = [](std::chrono::milliseconds) { return false; };
    const auto first = tus_upload(*link(), *file(bytes), config_);
    ASSERT_FALSE(first);
    EXPECT_EQ(first.error().code, Code::kUnavailable);
    serve(0);
    config_.address = address;
    config_.progress = [&](std::uint64_t done, std::uint64_t) { progress_.push_back(done); };
    EXPECT_TRUE(tus_upload(*link(), *file(bytes), config_));
    EXPECT_EQ(progress_, (std::vector<std::uint64_t>{100000, 200000, 300000}));
    EXPECT_EQ(store_.upload("upload-0").bytes, bytes);
}

TEST_F(TusUploads, BeginAnewWhereTheServerForgotThem) {
    config_.address = "/v1/files/forgotten";
    EXPECT_EQ(tus_upload(*link(), *file(some_bytes(10, 5)), config_).value(), "/v1/files/upload-0");
}

TEST_F(TusUploads, WaitLongerEachTimeAndThenGiveUp) {
    const auto to = link();
    server_.reset();
    const auto result = tus_upload(*to, *file(some_bytes(10, 6)), config_);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, Code::kUnavailable);
    EXPECT_EQ(waited_, config_.backoff);
}

TEST_F(TusUploads, WaitAsLongAsABusyServerAsks) {
    int calls = 0;
    FakeLink busy([&](const LinkRequest&) {
        ++calls;
        return calls == 1 ? LinkReply{503, {{"retry-after", "7"}}, {}} : LinkReply{403, {}, {}};
    });
    const auto result = tus_upload(busy, *file(some_bytes(10, 7)), config_);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, Code::kRefused);
    EXPECT_EQ(waited_, std::vector<std::chrono::milliseconds>{std::chrono::seconds(7)});
}

TEST_F(TusUploads, TryAgainWhenTheDiskOfTheServerIsFull) {
    store_.set_full(true);
    config_.wait = [&](std::chrono::milliseconds) {
        store_.set_full(false);
        return true;
    };
    EXPECT_TRUE(tus_upload(*link(), *file(some_bytes(10, 8)), config_));
}

TEST_F(TusUploads, NoticeAServerThatMakesNoSense) {
    for (const auto& reply :
         {LinkReply{201, {}, {}}, LinkReply{201, {{"location", "no-path"}}, {}}}) {
        FakeLink odd([&](const LinkRequest&) { return reply; });
        EXPECT_EQ(tus_upload(odd, *file(some_bytes(10, 9)), config_).error().code, Code::kInvalid);
    }
    for (const auto* offset : {"0", "11", "x", ""}) {
        FakeLink odd([&](const LinkRequest& request) {
            return request.method == "POST" ? LinkReply{201, {{"location", "/a"}}, {}}
                                            : LinkReply{204, {{"upload-offset", offset}}, {}};
        });
        EXPECT_EQ(tus_upload(odd, *file(some_bytes(10, 9)), config_).error().code, Code::kInvalid);
    }
}

TEST_F(TusUploads, NoticeAFileThatIsNotTheOneThatWasBegun) {
    EXPECT_TRUE(tus_upload(*link(), *file(some_bytes(10, 10)), config_));
    config_.address = "/v1/files/upload-0";
    EXPECT_EQ(tus_upload(*link(), *file(some_bytes(11, 10)), config_).error().code,
              Code::kConflict);
}

}  // namespace
}  // namespace assay::client
