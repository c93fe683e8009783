#include "server/core/backup.h"

#include <algorithm>
#include <atomic>
#include <thread>

#include "crypto/tlog/proof.h"
#include "server/core/lost.h"
#include "tests/server/core/organisation.h"

namespace assay::server_core {
namespace {

using test::give;

/// A sitting with packages, backed up in the middle of the morning.
class BackupFault : public testing::Test {
  protected:
    static constexpr std::size_t kCandidates = 60;

    void SetUp() override {
        house_.candidates_least = kCandidates;
        house_.set_up_sitting();
        for (std::size_t i = 0; i < 3; ++i) {
            take(i);
        }
        const auto count =
            back_up_server({house_.folder.path(), backup(), wraps()}, house_.store_keys,
                           house_.kLogOrigin, house_.log_key, house_.random);
        ASSERT_TRUE(count.ok()) << to_string(count.error());
        EXPECT_GT(count->files, 4U);
    }
    Path backup() { return other_.path() / "backup"; }
    Path wraps() { return other_.path() / "wraps"; }
    Path again() { return other_.path() / "again"; }
    void take(std::size_t index) {
        packages_.push_back(house_.pack(house_.attempt(index), {give("Q01", "A")}));
        const auto reply = house_.intake->take(packages_.back().digest(), packages_.back().upload);
        ASSERT_TRUE(reply.ok()) << to_string(reply.error());
        receipts_.push_back(*reply->receipt);
    }
    Status restore(const Path& log = {}) {
        if (house_.central) {
            ASSAY_TRY_STATUS(
                write_file(house_.disk, head(), as_bytes(house_.central->checkpoint())));
            house_.close_server();
        }
        ASSAY_TRY_STATUS(restore_server({backup(), wraps(), log, again()}));
        return Ok{};
    }
    /// What lies apart from the server's folder and so survives it.
    Path head() { return other_.path() / "head"; }
    std::vector<Digest> lost() {
        std::vector<Digest> out;
        const auto found = lost_statements(*house_.ports).value();
        for (const LostStatement& each : found) {
            EXPECT_EQ(each.kind, "package");
            EXPECT_TRUE(each.package.has_value());
            out.push_back(each.digest);
        }
        return out;
    }

    test::Organisation house_;
    test::TempFolder other_;
    std::vector<test::Organisation::Packed> packages_;
    std::vector<std::string> receipts_;
};

TEST_F(BackupFault, ARestoredServerHasEverythingAndCanScore) {
    ASSERT_TRUE(restore().ok());
    house_.open_server(again(), {}, head());
    ASSERT_TRUE(house_.store->scrub().ok());
    ASSERT_TRUE(house_.central->scrub().ok());
    EXPECT_TRUE(lost().empty());
    for (std::size_t i = 0; i < 3; ++i) {
        const auto reply = house_.intake->take(packages_[i].digest(), packages_[i].upload);
        ASSERT_TRUE(reply.ok()) << to_string(reply.error());
        EXPECT_EQ(tlog::LogProof::parse(*reply->receipt)->index,
                  tlog::LogProof::parse(receipts_[i])->index);
    }
    const auto scored =
        house_.scoring().score(house_.manifest.object.sitting, house_.scoring_key).value();
    EXPECT_EQ(std::ranges::count_if(scored, [](const auto& row) { return row.fresh; }), 3);
    EXPECT_FALSE(
        house_.sittings->roster(*house_.sittings->find(house_.manifest.object.sitting).value())
            .value()
            .rows.empty());
}

TEST_F(BackupFault, AnOldBackupBesideTheNewerLogNamesWhatIsMissingAndTakesItBack) {
    take(3);
    take(4);
    const Path log = house_.folder.path() / "log";
    ASSERT_TRUE(restore(log).ok());
    house_.open_server(again(), {}, head());
    ASSERT_TRUE(house_.central->writable());
    EXPECT_EQ(lost(), (std::vector<Digest>{packages_[3].digest(), packages_[4].digest()}));
    const std::uint64_t leaves = house_.central->size();
    // The desk still holds one of them.
    const auto back = house_.intake->take(packages_[3].digest(), packages_[3].upload);
    ASSERT_TRUE(back.ok()) << to_string(back.error());
    EXPECT_EQ(house_.central->size(), leaves) << "its leaf was there";
    const auto old_proof = tlog::LogProof::parse(receipts_[3]).value();
    EXPECT_EQ(tlog::LogProof::parse(*back->receipt)->index, old_proof.index);
    EXPECT_EQ(lost(), std::vector<Digest>{packages_[4].digest()});
    EXPECT_TRUE(house_.intake->accepted(house_.attempt(3).attempt).ok());
}

TEST_F(BackupFault, LeavesThatOnlyTheVolumesHoldAreAppendedBeforeTheHeadIsCompared) {
    take(3);
    take(4);
    const Path newer = other_.path() / "newer";
    ASSERT_TRUE(back_up_server({house_.folder.path(), newer, wraps() / "newer"}, house_.store_keys,
                               house_.kLogOrigin, house_.log_key, house_.random)
                    .ok());
    ASSERT_TRUE(write_file(house_.disk, head(), as_bytes(house_.central->checkpoint())).ok());
    const std::uint64_t leaves = house_.central->size();
    house_.close_server();
    ASSERT_TRUE(restore_server({newer, wraps() / "newer", backup() / "log", again()}).ok());
    house_.open_server(again(), {}, head());
    EXPECT_TRUE(house_.central->writable()) << to_string(*house_.central->doubt());
    EXPECT_EQ(house_.central->size(), leaves);
    EXPECT_TRUE(lost().empty());
    for (std::size_t i = 0; i < 5; ++i) {
        EXPECT_TRUE(house_.central->meet(receipts_[i]).ok()) << i;
        EXPECT_EQ(house_.central->leaf(tlog::LogProof::parse(receipts_[i])->index).value(),
                  packages_[i].statement.envelope.payload);
    }
    EXPECT_TRUE(house_.central->scrub().ok());
    take(5);
}

TEST_F(BackupFault, ACopyUnderLoadHasAllThatWasAcknowledgedBeforeIt) {
    for (std::size_t i = 3; i < kCandidates; ++i) {
        packages_.push_back(house_.pack(house_.attempt(i), {give("Q01", "A")}));
    }
    std::atomic<std::size_t> taken{3};
    std::thread load([&] {
        for (; taken < kCandidates; ++taken) {
            const auto reply =
                house_.intake->take(packages_[taken].digest(), packages_[taken].upload);
            EXPECT_TRUE(reply.ok());
        }
    });
    while (taken < 10) {
        std::this_thread::yield();
    }
    const std::size_t before = taken;
    const std::string kept_head = house_.central->checkpoint();
    FakeRandom random(9);
    const Path copy = other_.path() / "load";
    const auto count = back_up_server({house_.folder.path(), copy, wraps() / "load"},
                                      house_.store_keys, house_.kLogOrigin, house_.log_key, random);
    load.join();
    ASSERT_TRUE(count.ok()) << to_string(count.error());
    ASSERT_TRUE(write_file(house_.disk, head(), as_bytes(kept_head)).ok());
    house_.close_server();
    ASSERT_TRUE(restore_server({copy, wraps() / "load", {}, again()}).ok());
    house_.open_server(again(), {}, head());
    EXPECT_TRUE(house_.central->writable()) << to_string(*house_.central->doubt());
    const std::vector<Digest> named = lost();
    for (std::size_t i = 0; i < before + named.size(); ++i) {
        const bool there = receipt_of(*house_.ports, packages_[i].digest()).ok();
        const bool is_named = std::ranges::find(named, packages_[i].digest()) != named.end();
        EXPECT_TRUE(there != is_named && (there || i >= before)) << i;
    }
    EXPECT_TRUE(house_.central->scrub().ok());
}

TEST_F(BackupFault, AnOldBackupWithItsOldLogSignsNothing) {
    take(3);
    ASSERT_TRUE(restore().ok());
    house_.open_server(again(), {}, head());
    EXPECT_FALSE(house_.central->writable());
    const std::uint64_t leaves = house_.central->size();
    const auto refused = house_.intake->take(packages_[3].digest(), packages_[3].upload);
    EXPECT_EQ(refused.error().code, Code::kUnavailable) << "503: the desk keeps it";
    EXPECT_EQ(house_.central->size(), leaves);
    EXPECT_TRUE(house_.intake->take(packages_[0].digest(), packages_[0].upload).ok());
}

TEST_F(BackupFault, AChangedMissingOrAddedFileIsNamed) {
    SystemDisk disk;
    const Path volume = backup() / "store/volumes/00000001.vol";
    const Bytes whole = read_file(disk, volume, 1U << 26U).value();
    Bytes changed = whole;
    changed[changed.size() / 2] ^= 1U;
    ASSERT_TRUE(write_file(disk, volume, changed).ok());
    EXPECT_EQ(restore().error().what.id, "server.backup.file"_id);
    ASSERT_TRUE(disk.remove(volume).ok());
    EXPECT_EQ(restore().error().what.id, "server.backup.file"_id);
    ASSERT_TRUE(write_file(disk, volume, whole).ok());
    ASSERT_TRUE(write_file(disk, backup() / "store/aa", whole).ok());
    EXPECT_EQ(restore().error().what.id, "server.backup.file"_id);
    ASSERT_TRUE(disk.remove(backup() / "store/aa").ok());
    EXPECT_TRUE(restore().ok());
    EXPECT_EQ(restore().error().code, Code::kConflict) << "never over what is there";
}

TEST_F(BackupFault, WithoutTheWrapsNothingOfItCanBeOpened) {
    ASSERT_TRUE(restore().ok());
    ASSERT_TRUE(house_.disk.remove(again() / "store/keys.db").ok());
    house_.open_server(again(), {}, head());
    const auto scored =
        house_.scoring().score(house_.manifest.object.sitting, house_.scoring_key).value();
    for (const auto& row : scored) {
        EXPECT_FALSE(row.fresh);
    }
}

}  // namespace
}  // namespace assay::server_core
