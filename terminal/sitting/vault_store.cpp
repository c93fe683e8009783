#include "terminal/sitting/vault_store.h"

#include <algorithm>
#include <array>

#include "crypto/record/document.h"
#include "terminal/sitting/versions.h"

namespace assay::sitting {
namespace {

constexpr std::array<const char*, 2> kMigrations{R"(
CREATE TABLE paper (name TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
CREATE TABLE progress (attempt BLOB PRIMARY KEY, journal BLOB NOT NULL, count INTEGER NOT NULL,
                       head BLOB NOT NULL) STRICT;
CREATE TABLE version (attempt BLOB NOT NULL, item TEXT NOT NULL, response TEXT NOT NULL,
                      record INTEGER NOT NULL, wall INTEGER NOT NULL, value BLOB NOT NULL,
                      PRIMARY KEY (attempt, item, response, record)) STRICT, WITHOUT ROWID;
)",
                                                 // `value` is the event from here on: rebuilt.
                                                 "DELETE FROM version; DELETE FROM progress;"};

}  // namespace

Result<std::unique_ptr<VaultStore>> VaultStore::open(const Path& file,
                                                     const crypto::StoreKey& key) {
    ASSAY_TRY(vault::Vault vault, vault::Vault::open(file, key, {kMigrations, 0}));
    return std::unique_ptr<VaultStore>(new VaultStore(std::move(vault)));
}

Status VaultStore::put(const std::string& name, ByteView bytes) {
    return vault_.run("INSERT OR REPLACE INTO paper (name, bytes) VALUES (?1, ?2)", name, bytes);
}

Result<std::optional<Bytes>> VaultStore::get(const std::string& name) {
    ASSAY_TRY(auto statement, vault_.prepare("SELECT bytes FROM paper WHERE name = ?1"));
    statement.bind(name);
    ASSAY_TRY(const bool found, statement.step());
    return found ? std::optional<Bytes>(statement.blob(0)) : std::optional<Bytes>();
}

Status VaultStore::remove(const std::string& name) {
    return vault_.run("DELETE FROM paper WHERE name = ?1", name);
}

Result<std::vector<std::string>> VaultStore::names(const std::string& prefix) {
    ASSAY_TRY(auto statement, vault_.prepare("SELECT name FROM paper WHERE name >= ?1 AND "
                                             "substr(name, 1, length(?1)) = ?1 ORDER BY name"));
    statement.bind(prefix);
    std::vector<std::string> out;
    while (true) {
        ASSAY_TRY(const bool more, statement.step());
        if (!more) {
            return out;
        }
        out.push_back(statement.text(0));
    }
}

Result<std::optional<record::JournalHead>> VaultStore::progress(const AttemptId& attempt) {
    ASSAY_TRY(auto statement,
              vault_.prepare("SELECT journal, count, head FROM progress WHERE attempt = ?1"));
    statement.bind(attempt);
    ASSAY_TRY(const bool found, statement.step());
    if (!found) {
        return std::optional<record::JournalHead>();
    }
    return std::optional(record::JournalHead{statement.id<record::JournalId>(0),
                                             static_cast<std::uint64_t>(statement.integer(1)),
                                             statement.id<Digest>(2)});
}

Status VaultStore::follow(const AttemptId& attempt, std::uint64_t first,
                          const std::vector<record::Event>& events,
                          const record::JournalHead& head) {
    ASSAY_TRY(vault::Transaction transaction, vault_.begin());
    for (const record::Event& event : events) {
        if (changes_answer(event)) {
            ASSAY_TRY_STATUS(vault_.run(
                "INSERT OR REPLACE INTO version (attempt, item, response, record, wall, value) "
                "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                attempt, *event.item, *event.response, first, event.wall.seconds,
                record::write_document(event)));
        }
        ++first;
    }
    ASSAY_TRY_STATUS(vault_.run(
        "INSERT OR REPLACE INTO progress (attempt, journal, count, head) VALUES (?1, ?2, ?3, ?4)",
        attempt, head.journal, head.count, head.head));
    return transaction.commit();
}

Status VaultStore::forget(const AttemptId& attempt) {
    ASSAY_TRY(vault::Transaction transaction, vault_.begin());
    ASSAY_TRY_STATUS(vault_.run("DELETE FROM version WHERE attempt = ?1", attempt));
    ASSAY_TRY_STATUS(vault_.run("DELETE FROM progress WHERE attempt = ?1", attempt));
    return transaction.commit();
}

Result<std::vector<AnswerVersion>> VaultStore::history(const AttemptId& attempt,
                                                       const std::string& item,
                                                       const std::string& response) {
    ASSAY_TRY(auto statement,
              vault_.prepare("SELECT record, value FROM version WHERE attempt = ?1 AND "
                             "item = ?2 AND response = ?3 ORDER BY record DESC LIMIT ?4"));
    statement.bind(attempt, item, response, std::uint64_t{kHistoryRecordsMax});
    std::vector<AnswerRecord> out;
    while (true) {
        ASSAY_TRY(const bool more, statement.step());
        if (!more) {
            break;
        }
        const Bytes bytes = statement.blob(1);
        ASSAY_TRY(record::Event event, record::read_document<record::Event>(bytes));
        out.push_back({static_cast<std::uint64_t>(statement.integer(0)), std::move(event)});
    }
    std::ranges::reverse(out);
    return versions_of(out);
}

}  // namespace assay::sitting
