#include "crypto/tlog/log.h"

#include <gtest/gtest.h>

#include "crypto/base/fake_disk.h"

namespace assay::tlog {
namespace {

crypto::SigningKey make_key() {
    FakeRandom random(1);
    return crypto::SigningKey::generate(random);
}

Result<Log> open(FakeDisk& disk) { return Log::open("/log", "log.example", make_key(), disk); }

Bytes payload(std::uint64_t i) { return to_bytes("leaf " + std::to_string(i)); }

Status append_and_commit(Log& log, std::uint64_t count) {
    for (std::uint64_t i = 0; i < count; ++i) {
        ASSAY_TRY_STATUS(log.append(payload(log.head().size + log.pending())));
    }
    return log.commit();
}

/// What somebody outside holds: the newest head that the log showed.
struct Outside {
    TreeHead head{0, empty_root()};
    std::string note;
};

void run_batches(FakeDisk& disk, const std::vector<std::uint64_t>& batches, Outside& seen) {
    auto log = open(disk);
    if (!log.ok()) {
        return;
    }
    for (const std::uint64_t batch : batches) {
        if (!append_and_commit(*log, batch).ok()) {
            return;
        }
        seen = {log->head(), log->checkpoint()};
    }
}

void expect_nothing_lost(FakeDisk& disk, const Outside& seen, const std::string& where) {
    auto log = open(disk);
    ASSERT_TRUE(log.ok()) << where << ": " << to_string(log.error());
    ASSERT_GE(log->head().size, seen.head.size) << where;
    if (!seen.note.empty()) {
        EXPECT_TRUE(log->meet(seen.note).ok()) << where;
    }
    EXPECT_TRUE(log->scrub().ok()) << where;
    for (std::uint64_t i = 0; i < log->head().size; i += 61) {
        EXPECT_EQ(log->entry(i).value(), payload(i)) << where;
    }
    ASSERT_TRUE(append_and_commit(*log, 3).ok()) << where;
    EXPECT_TRUE(log->scrub().ok()) << where;
}

const std::vector<std::uint64_t> kBatches{1, 2, 250, 3, 1, 300, 5};

std::uint64_t changes_of_a_run() {
    FakeDisk disk;
    Outside seen;
    run_batches(disk, kBatches, seen);
    return disk.changes();
}

TEST(LogFault, APowerCutAtEveryChangeLosesNothingThatWasShown) {
    const std::uint64_t changes = changes_of_a_run();
    ASSERT_GT(changes, 50U);
    for (std::uint64_t at = 0; at < changes; ++at) {
        for (std::uint64_t seed = 0; seed < 3; ++seed) {
            FakeDisk disk;
            FakeRandom random(at * 31 + seed);
            Outside seen;
            disk.fail_after(at);
            run_batches(disk, kBatches, seen);
            disk.cut_power(random);
            expect_nothing_lost(disk, seen,
                                "change " + std::to_string(at) + " seed " + std::to_string(seed));
        }
    }
}

TEST(LogFault, AFullDiskStopsTheLogAndLosesNothing) {
    for (std::uint64_t room = 0; room < 40'000; room += 977) {
        FakeDisk disk;
        Outside seen;
        disk.set_free_bytes(room);
        run_batches(disk, kBatches, seen);
        disk.set_free_bytes(std::nullopt);
        expect_nothing_lost(disk, seen, "room " + std::to_string(room));
    }
}

TEST(LogFault, AfterAFailedCommitTheObjectDoesNothingMore) {
    FakeDisk disk;
    Log log = open(disk).value();
    ASSERT_TRUE(append_and_commit(log, 2).ok());
    disk.fail_after(3);
    EXPECT_FALSE(append_and_commit(log, 1).ok());
    EXPECT_EQ(log.append(payload(2)).error().what.id, "tlog.log.broken"_id);
    EXPECT_EQ(log.commit().error().what.id, "tlog.log.broken"_id);
    EXPECT_EQ(log.head().size, 2U);
}

/// Proves that the test above can fail: a disk that lies about syncs loses shown heads.
TEST(LogFault, ADiskThatIgnoresSyncsIsNoticed) {
    bool lost = false;
    for (std::uint64_t seed = 0; seed < 20 && !lost; ++seed) {
        FakeDisk disk;
        FakeRandom random(seed);
        Outside seen;
        disk.ignore_syncs(true);
        run_batches(disk, kBatches, seen);
        disk.cut_power(random);
        const auto log = open(disk);
        lost = !log.ok() || log->head().size < seen.head.size;
    }
    EXPECT_TRUE(lost);
}

}  // namespace
}  // namespace assay::tlog
