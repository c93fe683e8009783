// The whole server in a process of its own, desks that send packages over TLS, and SIGKILL at a
// random moment: nothing that was acknowledged may be lost, whatever else happens to the index.
// ASSAY_COUNT kills (default 5) from ASSAY_SEED; scripts/soak kill-server runs many.
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include <sys/wait.h>
#include <unistd.h>

#include "crypto/tlog/proof.h"
#include "server/client/curl_link.h"
#include "server/http/server.h"
#include "server/protocol/exchange.h"
#include "tests/server/api/house_core.h"
#include "tests/support/campaign.h"

namespace assay::server_api {
namespace {

using test::give;
using test::identity;
using test::number_from;

constexpr std::uint32_t kEpochsPerRound = 12;
constexpr std::size_t kSenders = 8;

struct Acknowledged {
    Digest statement;
    Digest body;
    Bytes payload;
    std::string receipt;
};

class KillE2e : public testing::Test {
  protected:
    void SetUp() override {
        house_.set_up_sitting();
        head_ = house_.folder.path() / "head";
        ASSERT_TRUE(write_file(house_.disk, head_, as_bytes(house_.central->checkpoint())).ok());
        log_key_ = house_.central->verifier_key();
        for (std::size_t i = 0; i < kSenders; ++i) {
            attempts_.push_back(house_.attempt(i));
        }
        house_.close_server();
    }

    /// The child: serves until it is killed.
    [[noreturn]] void serve(int out) {
        house_.open_server(house_.folder.path(), {}, head_);
        test::HouseCore served(house_);
        http::ServerConfig config;
        config.io_threads = 1;
        config.peers = desk_pin(*house_.trust);
        const auto server =
            http::Server::start(config, identity(house_.server_tls), desk_routes(served.core))
                .value();
        const std::uint16_t port = server->port();
        if (::write(out, &port, sizeof port) != sizeof port) {
            ::_exit(3);
        }
        while (true) {
            const Status kept = house_.central->keep_head();
            ::usleep(kept.ok() ? 50'000 : 1'000);
        }
    }

    /// One desk that hands in an attempt again and again; what it was told is there.
    void send(std::uint16_t port, const std::vector<test::Organisation::Packed>& packages,
              std::vector<Acknowledged>& out) {
        client::LinkConfig config;
        config.host = "127.0.0.1";
        config.port = port;
        config.server = crypto::pin_to(identity(house_.server_tls).key());
        config.identity = identity(house_.desk_tls);
        const auto link = client::CurlLink::make(std::move(config)).value();
        for (const auto& package : packages) {
            const auto taken = protocol::send(
                *link, "PUT", "/v1/packages/" + package.digest().hex(), package.upload);
            if (!taken.ok()) {
                return;
            }
            const auto reply = record::read_document<protocol::PackageReply>(*taken);
            ASSERT_TRUE(reply.ok() && reply->receipt);
            out.push_back({package.digest(), package.statement.object.package,
                           package.statement.envelope.payload, *reply->receipt});
            ++told_;
        }
    }

    void round(std::uint32_t number, FakeRandom& random) {
        std::vector<std::vector<test::Organisation::Packed>> packages(kSenders);
        for (std::size_t i = 0; i < kSenders; ++i) {
            for (std::uint32_t k = 0; k < kEpochsPerRound; ++k) {
                packages[i].push_back(house_.pack(attempts_[i], {give("Q01", "A")},
                                                  Epoch{number * kEpochsPerRound + k + 1}));
            }
        }
        int ends[2];
        ASSERT_EQ(::pipe(ends), 0);
        const pid_t child = ::fork();
        if (child == 0) {
            ::close(ends[0]);
            serve(ends[1]);
        }
        ::close(ends[1]);
        std::uint16_t port = 0;
        ASSERT_EQ(::read(ends[0], &port, sizeof port), ssize_t{sizeof port});
        const std::uint64_t before = told_;
        std::vector<std::vector<Acknowledged>> told(kSenders);
        std::vector<std::thread> desks;
        for (std::size_t i = 0; i < kSenders; ++i) {
            desks.emplace_back([&, i] { send(port, packages[i], told[i]); });
        }
        for (int i = 0; i < 3'000 && told_ == before; ++i) {
            ::usleep(10'000);  // a slow machine needs long for its first handshake
        }
        ::usleep(static_cast<unsigned>(random.below(400'000)));
        ::kill(child, SIGKILL);
        for (std::thread& desk : desks) {
            desk.join();
        }
        ::close(ends[0]);
        int status = 0;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        ASSERT_TRUE(WIFSIGNALED(status)) << status;
        for (auto& each : told) {
            acknowledged_.insert(acknowledged_.end(), each.begin(), each.end());
        }
    }

    /// What a bad morning does to the disk besides: nothing that the volumes cannot mend.
    void damage(std::uint64_t kind) {
        const Path store = house_.folder.path() / "store";
        std::error_code ignored;
        if (kind == 1) {
            std::filesystem::remove(store / "index.db-wal", ignored);
        } else if (kind == 2) {
            for (const char* name : {"index.db", "index.db-wal", "index.db-shm"}) {
                std::filesystem::remove(store / name, ignored);
            }
        } else if (kind == 3) {
            const auto volume = house_.disk.open(store / "volumes/00000001.vol").value();
            Bytes torn(700);
            house_.random.fill(torn);
            torn[0] = 'A';
            ASSERT_TRUE(volume->append(torn).ok());
        }
    }

    void expect_all() {
        house_.open_server(house_.folder.path(), {}, head_);
        ASSERT_TRUE(house_.central->writable());
        const auto key = tlog::NoteKey::from_text(log_key_).value();
        for (const Acknowledged& each : acknowledged_) {
            const auto object = house_.store->object(each.statement);
            ASSERT_TRUE(object.ok()) << "lost " << each.statement.hex();
            const auto proven = tlog::verify_receipt(each.receipt, each.payload, key);
            ASSERT_TRUE(proven.ok()) << to_string(proven.error());
            ASSERT_EQ(object->log_index, proven->index);
            ASSERT_TRUE(house_.central->meet(each.receipt).ok()) << "the log forked";
            ASSERT_TRUE(house_.store->body(each.body).ok()) << each.body.hex();
        }
        ASSERT_TRUE(house_.central->scrub().ok());
        ASSERT_TRUE(house_.store->lost(0).value().empty());
        house_.close_server();
    }

    test::Organisation house_{number_from("ASSAY_SEED", 1)};
    Path head_;
    std::string log_key_;
    std::vector<record::AttemptRow> attempts_;
    std::vector<Acknowledged> acknowledged_;
    std::atomic<std::uint64_t> told_ = 0;
};

TEST_F(KillE2e, NothingAcknowledgedIsLostWheneverTheServerIsKilled) {
    const std::uint64_t kills = number_from("ASSAY_COUNT", 5);
    FakeRandom random(number_from("ASSAY_SEED", 1));
    for (std::uint32_t i = 0; i < kills; ++i) {
        ASSERT_NO_FATAL_FAILURE(round(i, random)) << "kill " << i;
        ASSERT_NO_FATAL_FAILURE(damage(random.below(4)));
        ASSERT_NO_FATAL_FAILURE(expect_all()) << "kill " << i;
    }
    RecordProperty("acknowledged", static_cast<int>(acknowledged_.size()));
    std::printf("kills %llu, acknowledged %zu, lost 0\n", static_cast<unsigned long long>(kills),
                acknowledged_.size());
    EXPECT_GT(acknowledged_.size(), kills);
}

}  // namespace
}  // namespace assay::server_api
