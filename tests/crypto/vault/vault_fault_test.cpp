#include "crypto/vault/vault.h"

#include <gtest/gtest.h>

#include "tests/support/paths.h"

namespace assay::vault {
namespace {

constexpr const char* kSchema[] = {"CREATE TABLE t (id INTEGER PRIMARY KEY, body BLOB) STRICT;"};
constexpr std::int64_t kRows = 400;

class VaultFault : public testing::Test {
  protected:
    void SetUp() override {
        Vault vault = open().value();
        Transaction transaction = vault.begin().value();
        for (std::int64_t i = 0; i < kRows; ++i) {
            ASSERT_TRUE(vault.run("INSERT INTO t VALUES (?1, ?2)", i, Bytes(300, 7)).ok());
        }
        ASSERT_TRUE(transaction.commit().ok());
    }
    Result<Vault> open() {
        FakeRandom random(1);
        return Vault::open(file(), crypto::StoreKey::random(random), {kSchema});
    }
    Path file() const { return folder_.path() / "v.db"; }

    /// Everything that can be read, or the first error.
    Result<std::int64_t> read_all() {
        ASSAY_TRY(Vault vault, open());
        ASSAY_TRY(Statement rows, vault.prepare("SELECT body FROM t"));
        std::int64_t count = 0;
        while (true) {
            ASSAY_TRY(const bool row, rows.step());
            if (!row) {
                return count;
            }
            EXPECT_EQ(rows.blob(0), Bytes(300, 7));
            ++count;
        }
    }

    test::TempFolder folder_;
    SystemDisk disk_;
};

TEST_F(VaultFault, OneFlippedBitAnywhereIsNoticed) {
    const Bytes good = read_file(disk_, file(), 1 << 26).value();
    FakeRandom random(5);
    for (int round = 0; round < 60; ++round) {
        const std::uint64_t at = random.below(good.size());
        Bytes bad = good;
        bad[at] ^= static_cast<std::uint8_t>(1U << random.below(8));
        ASSERT_TRUE(write_file(disk_, file(), bad).ok());
        auto vault = open();
        const bool first_page = at < 4096;
        if (first_page) {
            EXPECT_EQ(vault.error().code, Code::kDenied) << at;
            continue;
        }
        const Status status = vault.ok() ? vault->check() : Status(vault.error());
        ASSERT_FALSE(status.ok()) << at;
        EXPECT_EQ(status.error().code, Code::kCorrupt) << at;
    }
}

TEST_F(VaultFault, ADamagedPageIsCorruptWhenItIsRead) {
    Bytes bad = read_file(disk_, file(), 1 << 26).value();
    for (std::size_t page = 2; page * 4096 < bad.size(); ++page) {
        bad[page * 4096 + 100] ^= 1U;
    }
    ASSERT_TRUE(write_file(disk_, file(), bad).ok());
    EXPECT_EQ(read_all().error().code, Code::kCorrupt);
}

TEST_F(VaultFault, ACutFileIsNoticed) {
    const Bytes good = read_file(disk_, file(), 1 << 26).value();
    ASSERT_TRUE(write_file(disk_, file(), ByteView(good).first(good.size() - 8192)).ok());
    auto vault = open();
    EXPECT_FALSE(vault.ok() && vault->check().ok());
}

TEST_F(VaultFault, WithoutItsWalTheFileHoldsAnOlderCompleteState) {
    auto vault = open();
    ASSERT_TRUE(vault.ok());
    ASSERT_TRUE(vault->run("DELETE FROM t WHERE id < 100").ok());
    const Bytes main = read_file(disk_, file(), 1 << 26).value();
    // As a crash would leave it, with the -wal deleted: only the main file is copied.
    const Path copy = folder_.path() / "copy.db";
    ASSERT_TRUE(write_file(disk_, copy, main).ok());
    FakeRandom random(1);
    auto after = Vault::open(copy, crypto::StoreKey::random(random), {kSchema});
    ASSERT_TRUE(after.ok());
    EXPECT_TRUE(after->check().ok());
    Statement count = after->prepare("SELECT count(*) FROM t").value();
    ASSERT_TRUE(count.step().value());
    EXPECT_EQ(count.integer(0), kRows);
}

TEST_F(VaultFault, ATornWalKeepsEveryEarlierCommit) {
    const Path copy = folder_.path() / "torn.db";
    auto vault = open();
    ASSERT_TRUE(vault.ok());
    ASSERT_TRUE(vault->run("DELETE FROM t WHERE id = 1").ok());
    const std::size_t first = read_file(disk_, file().string() + "-wal", 1 << 26)->size();
    ASSERT_TRUE(vault->run("DELETE FROM t WHERE id = 2").ok());
    const Bytes main = read_file(disk_, file(), 1 << 26).value();
    const Bytes wal = read_file(disk_, file().string() + "-wal", 1 << 26).value();
    ASSERT_GT(wal.size(), first);
    FakeRandom random(1);
    const auto key = crypto::StoreKey::random(random);
    for (std::size_t size = first; size <= wal.size(); size += 1021) {
        ASSERT_TRUE(write_file(disk_, copy, main).ok());
        ASSERT_TRUE(write_file(disk_, copy.string() + "-wal", ByteView(wal).first(size)).ok());
        auto torn = Vault::open(copy, key, {kSchema});
        ASSERT_TRUE(torn.ok()) << size;
        Statement rows = torn->prepare("SELECT count(*) FROM t WHERE id = 1").value();
        ASSERT_TRUE(rows.step().value());
        EXPECT_EQ(rows.integer(0), 0) << size;
    }
}

}  // namespace
}  // namespace assay::vault
