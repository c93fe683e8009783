// The whole store in a child process that is killed with SIGKILL: nothing acknowledged may be lost.
#include <csignal>

#include <sys/wait.h>
#include <unistd.h>

#include "crypto/random.h"
#include "server/store/uploads.h"
#include "tests/server/store/fixture.h"

namespace assay::store {
namespace {

std::string text_of(std::uint64_t i) { return "package " + std::to_string(i); }

Body body_of(std::uint64_t i) {
    Bytes bytes(2000 + i % 50'000);
    FakeRandom(i).fill(bytes);
    return make_body(std::move(bytes));
}

class KillFault : public testing::Test {
  protected:
    struct World {
        SystemDisk disk;
        crypto::SystemRandom random;
        SystemClock clock;
        std::unique_ptr<TreeLog> log;
        std::unique_ptr<EmbeddedStore> store;
    };

    Result<std::unique_ptr<World>> open() {
        auto world = std::make_unique<World>();
        FakeRandom seed(5);
        ASSAY_TRY(tlog::Log log, tlog::Log::open(folder_.path() / "log", "log.example",
                                                 crypto::SigningKey::generate(seed), world->disk));
        world->log = std::make_unique<TreeLog>(std::move(log));
        ASSAY_TRY(world->store, EmbeddedStore::open(
                                    folder_.path() / "s", test_keys(),
                                    {world->disk, world->random, world->clock, world->log.get()}));
        return world;
    }

    /// In the child: puts from `first` on, many at once, and tells each acknowledged number.
    void write_until_killed(std::uint64_t first, int out) {
        auto world = open();
        if (!world.ok()) {
            ::_exit(3);
        }
        for (std::uint64_t i = first;; ++i) {
            Batch batch;
            batch.objects = {make_object(text_of(i))};
            batch.bodies = {body_of(i)};
            batch.rows = {make_row("attempt", text_of(i), "handed-in", kAnyRevision)};
            const auto told = [i, out](const Result<Committed>& result) {
                if (result.ok() && ::write(out, &i, sizeof(i)) != sizeof(i)) {
                    ::_exit(4);
                }
            };
            while (!(*world)->store->put(batch, told).ok()) {
                ::usleep(1000);
            }
            if (i % 8 == 7) {
                ::usleep(500);
            }
        }
    }

    /// What the child acknowledged before it was killed.
    std::vector<std::uint64_t> run_and_kill(std::uint64_t first, unsigned milliseconds) {
        int pipe[2];
        EXPECT_EQ(::pipe(pipe), 0);
        const pid_t child = ::fork();
        if (child == 0) {
            ::close(pipe[0]);
            write_until_killed(first, pipe[1]);
        }
        ::close(pipe[1]);
        ::usleep(milliseconds * 1000);
        ::kill(child, SIGKILL);
        std::vector<std::uint64_t> out;
        std::uint64_t number = 0;
        while (::read(pipe[0], &number, sizeof(number)) == sizeof(number)) {
            out.push_back(number);
        }
        ::close(pipe[0]);
        int status = 0;
        ::waitpid(child, &status, 0);
        EXPECT_TRUE(WIFSIGNALED(status)) << status;
        return out;
    }

    void expect_kept(const std::vector<std::uint64_t>& acknowledged) {
        auto world = open();
        ASSERT_TRUE(world.ok()) << to_string(world.error());
        Store& store = *(*world)->store;
        for (const std::uint64_t i : acknowledged) {
            const auto object = store.object(digest_of(text_of(i)));
            ASSERT_TRUE(object.ok()) << i << to_string(object.error());
            ASSERT_TRUE(object->log_index.has_value()) << i;
            EXPECT_EQ(to_string((*world)->log->leaf(*object->log_index).value()), text_of(i));
            EXPECT_EQ(store.row("attempt", to_bytes(text_of(i))).value().state, "handed-in");
        }
        for (std::size_t i = 0; i < acknowledged.size(); i += 37) {
            const Body body = body_of(acknowledged[i]);
            EXPECT_EQ(store.body(body.digest).value(), body.bytes);
        }
        EXPECT_TRUE((*world)->log->log().scrub().ok());
    }

    test::TempFolder folder_;
};

TEST_F(KillFault, NothingAcknowledgedIsLostWheneverTheProcessDies) {
    std::vector<std::uint64_t> acknowledged;
    FakeRandom random(static_cast<std::uint64_t>(::getpid()));
    for (std::uint64_t round = 0; round < 8; ++round) {
        const auto told =
            run_and_kill(round * 100'000, static_cast<unsigned>(60 + random.below(250)));
        acknowledged.insert(acknowledged.end(), told.begin(), told.end());
        expect_kept(acknowledged);
    }
    EXPECT_GT(acknowledged.size(), 0U);
}

TEST_F(KillFault, ADeletedWalIsMadeUpFromTheVolumes) {
    const auto acknowledged = run_and_kill(0, 500);
    ASSERT_GT(acknowledged.size(), 0U);
    SystemDisk disk;
    ASSERT_TRUE(disk.remove(folder_.path() / "s" / "index.db-wal").ok());
    expect_kept(acknowledged);
}

TEST_F(KillFault, OnlyOneProcessHasTheStore) {
    const auto world = open();
    ASSERT_TRUE(world.ok());
    SystemDisk disk;
    crypto::SystemRandom random;
    const SystemClock clock;
    const auto second =
        EmbeddedStore::open(folder_.path() / "s", test_keys(), {disk, random, clock, nullptr});
    EXPECT_EQ(second.error().code, Code::kUnavailable);
}

}  // namespace
}  // namespace assay::store
