// An auditor's reader: the plain amalgamation, a file, 32 bytes of key in hex; nothing of ours.
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "crypto/vault/vault.h"
#include "tests/support/paths.h"

namespace {

std::vector<std::string> read_texts(const std::string& file, const std::string& key_hex,
                                    const char* query) {
    std::vector<std::string> out;
    sqlite3* database = nullptr;
    sqlite3_open_v2(file.c_str(), &database, SQLITE_OPEN_READWRITE, nullptr);
    const std::string key = "PRAGMA key = \"x'" + key_hex + "'\"";
    sqlite3_exec(database, key.c_str(), nullptr, nullptr, nullptr);
    sqlite3_stmt* rows = nullptr;
    sqlite3_prepare_v2(database, query, -1, &rows, nullptr);
    while (rows != nullptr && sqlite3_step(rows) == SQLITE_ROW) {
        const void* text = sqlite3_column_text(rows, 0);
        out.emplace_back(static_cast<const char*>(text));
    }
    sqlite3_finalize(rows);
    sqlite3_close(database);
    return out;
}

TEST(PlainReader, OpensAVaultWithNothingButTheAmalgamation) {
    const assay::test::TempFolder folder;
    const std::string file = (folder.path() / "v.db").string();
    constexpr const char* kSchema[] = {"CREATE TABLE t (a TEXT) STRICT;"};
    assay::FakeRandom random(3);
    const auto key = assay::crypto::StoreKey::random(random);
    {
        auto vault = assay::vault::Vault::open(file, key, {kSchema}).value();
        ASSERT_TRUE(vault.run("INSERT INTO t VALUES (?1)", "one").ok());
    }
    const auto texts = read_texts(file, assay::to_hex(key.view()), "SELECT a FROM t");
    EXPECT_EQ(texts, std::vector<std::string>{"one"});
    EXPECT_TRUE(read_texts(file, std::string(64, '0'), "SELECT a FROM t").empty());
}

}  // namespace
