#include "crypto/vault/vault.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/support/paths.h"

namespace assay::vault {
namespace {

constexpr const char* kSchema[] = {
    "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE, body BLOB, rank "
    "INTEGER) "
    "STRICT;",
    "CREATE TABLE part (note INTEGER NOT NULL REFERENCES note(id)) STRICT; CREATE INDEX by_note ON "
    "part(note);"};

constexpr std::string_view kMarker = "the plaintext that must not lie on the disk";

class VaultTest : public testing::Test {
  protected:
    static crypto::StoreKey key(std::uint64_t seed) {
        FakeRandom random(seed);
        return crypto::StoreKey::random(random);
    }
    Result<Vault> open(std::uint64_t seed = 1, std::uint64_t bytes_max = 0) {
        return Vault::open(file(), key(seed), {kSchema, bytes_max});
    }
    Path file() const { return folder_.path() / "a.db"; }
    Bytes bytes(const std::string& suffix = "") {
        return read_file(disk_, file().string() + suffix, 1 << 26).value();
    }
    static Status add(Vault& vault, std::string_view text) {
        return vault.run("INSERT INTO note(text, body, rank) VALUES (?1, ?2, ?3)", text,
                         as_bytes(kMarker), std::nullopt);
    }
    static std::int64_t count(Vault& vault) {
        Statement statement = vault.prepare("SELECT count(*) FROM note").value();
        EXPECT_TRUE(statement.step().value());
        return statement.integer(0);
    }

    test::TempFolder folder_;
    SystemDisk disk_;
};

TEST_F(VaultTest, KeepsTypedValuesAcrossReopening) {
    {
        Vault vault = open().value();
        ASSERT_TRUE(vault
                        .run("INSERT INTO note(text, body, rank) VALUES (?1, ?2, ?3)", "",
                             Bytes{0, 1, 0}, INT64_MIN)
                        .ok());
        EXPECT_EQ(vault.last_row(), 1);
        ASSERT_TRUE(
            vault.run("INSERT INTO note(text, body) VALUES (?1, ?2)", "考生", Bytes{}).ok());
        ASSERT_TRUE(
            vault.run("INSERT INTO note(text, body) VALUES (?1, ?2)", "id", Digest{{1, 2}}).ok());
    }
    Vault vault = open().value();
    Statement rows = vault.prepare("SELECT text, body, rank FROM note ORDER BY id").value();
    ASSERT_TRUE(rows.step().value());
    EXPECT_EQ(rows.text(0), "");
    EXPECT_EQ(rows.blob(1), (Bytes{0, 1, 0}));
    EXPECT_EQ(rows.integer(2), INT64_MIN);
    ASSERT_TRUE(rows.step().value());
    EXPECT_EQ(rows.text(0), "考生");
    EXPECT_FALSE(rows.is_null(1));
    EXPECT_TRUE(rows.blob(1).empty());
    EXPECT_FALSE(rows.optional_integer(2).has_value());
    ASSERT_TRUE(rows.step().value());
    EXPECT_EQ(rows.id<Digest>(1), (Digest{{1, 2}}));
    EXPECT_FALSE(rows.step().value());
    EXPECT_TRUE(vault.check().ok());
}

TEST_F(VaultTest, NoPlaintextIsOnTheDisk) {
    Vault vault = open().value();
    for (int i = 0; i < 100; ++i) {
        ASSERT_TRUE(add(vault, std::string(kMarker) + std::to_string(i)).ok());
    }
    const auto holds = [](const Bytes& bytes, std::string_view what) {
        return as_text(bytes).find(what) != std::string_view::npos;
    };
    EXPECT_GT(bytes("-wal").size(), 4096U);
    for (const std::string suffix : {"", "-wal", "-shm"}) {
        EXPECT_FALSE(holds(bytes(suffix), kMarker)) << suffix;
        EXPECT_FALSE(holds(bytes(suffix), "CREATE TABLE")) << suffix;
        EXPECT_FALSE(holds(bytes(suffix), "SQLite format 3")) << suffix;
        struct stat facts{};
        ASSERT_EQ(::stat((file().string() + suffix).c_str(), &facts), 0);
        EXPECT_EQ(facts.st_mode & 0777U, 0600U) << suffix;
    }
    ASSERT_TRUE(vault.checkpoint().ok());
    EXPECT_EQ(bytes("-wal").size(), 0U);
    EXPECT_FALSE(holds(bytes(), kMarker));
}

TEST_F(VaultTest, RefusesAWrongKeyAndOtherKindsOfFile) {
    {
        ASSERT_TRUE(open(1).ok());
    }
    EXPECT_EQ(open(2).error().code, Code::kDenied);
    ASSERT_TRUE(open(1).ok());
    ASSERT_TRUE(write_file(disk_, file(), Bytes(8192, 'x')).ok());
    EXPECT_EQ(open(1).error().code, Code::kDenied);
    Bytes plain(8192, 0);
    std::copy_n("SQLite format 3", 16, plain.begin());
    ASSERT_TRUE(write_file(disk_, file(), plain).ok());
    EXPECT_EQ(open(1).error().code, Code::kInvalid);
    EXPECT_EQ(Vault::open(folder_.path() / "no" / "a.db", key(1), {kSchema}).error().code,
              Code::kIo);
}

TEST_F(VaultTest, ATransactionIsAllOrNothing) {
    Vault vault = open().value();
    {
        const Transaction transaction = vault.begin().value();
        ASSERT_TRUE(add(vault, "dropped").ok());
    }
    EXPECT_EQ(count(vault), 0);
    Transaction transaction = vault.begin().value();
    ASSERT_TRUE(add(vault, "kept").ok());
    EXPECT_EQ(add(vault, "kept").error().code, Code::kConflict);
    ASSERT_TRUE(transaction.commit().ok());
    EXPECT_EQ(count(vault), 1);
    EXPECT_EQ(vault.run("INSERT INTO part(note) VALUES (?1)", 77).error().code, Code::kConflict);
}

TEST_F(VaultTest, MigratesStepByStepAndRefusesWhatIsNewer) {
    constexpr const char* kOld[] = {kSchema[0]};
    constexpr const char* kBroken[] = {kSchema[0],
                                       "CREATE TABLE other(a INTEGER) STRICT; NONSENSE"};
    {
        ASSERT_TRUE(Vault::open(file(), key(1), {kOld}).ok());
    }
    {
        ASSERT_FALSE(Vault::open(file(), key(1), {kBroken}).ok());
    }
    {
        Vault vault = open().value();
        EXPECT_TRUE(vault.run("DELETE FROM part").ok());
        EXPECT_FALSE(vault.run("DELETE FROM other").ok());
    }
    EXPECT_EQ(Vault::open(file(), key(1), {kOld}).error().code, Code::kRefused);
}

TEST_F(VaultTest, LimitsItsSizeAndItsValues) {
    Vault vault = open(1, 40 * 4096).value();
    Status status = Ok{};
    for (int i = 0; i < 200 && status.ok(); ++i) {
        status = vault.run("INSERT INTO note(text, body) VALUES (?1, ?2)", std::to_string(i),
                           Bytes(4000, 1));
    }
    EXPECT_EQ(status.error().code, Code::kFull);
    EXPECT_GT(count(vault), 10);
    EXPECT_TRUE(vault.run("DELETE FROM note WHERE id > 5").ok());
    EXPECT_TRUE(add(vault, "again").ok());
    EXPECT_EQ(vault.run("INSERT INTO note(text, body) VALUES ('x', ?1)", Bytes(kValueBytesMax + 1))
                  .error()
                  .code,
              Code::kLimit);
}

TEST_F(VaultTest, StatementsAreKeptAndIndependent) {
    Vault vault = open().value();
    for (int i = 0; i < 3; ++i) {
        ASSERT_TRUE(add(vault, std::to_string(i)).ok());
    }
    Statement outer = vault.prepare("SELECT id FROM note ORDER BY id").value();
    int pairs = 0;
    while (outer.step().value()) {
        Statement inner = vault.prepare("SELECT id FROM note ORDER BY id").value();
        while (inner.step().value()) {
            ++pairs;
        }
    }
    EXPECT_EQ(pairs, 9);
}

TEST_F(VaultTest, TwoConnectionsReadWhileOneWrites) {
    Vault writer = open().value();
    Vault reader = open().value();
    Transaction transaction = writer.begin().value();
    ASSERT_TRUE(add(writer, "new").ok());
    EXPECT_EQ(count(reader), 0);
    ASSERT_TRUE(transaction.commit().ok());
    EXPECT_EQ(count(reader), 1);
}

}  // namespace
}  // namespace assay::vault
