#include "server/store/private_store.h"

namespace assay::store {
namespace {

constexpr const char* kPeople[] = {
    "CREATE TABLE personal (name TEXT NOT NULL, attempt BLOB NOT NULL, key BLOB NOT NULL, value "
    "BLOB "
    "NOT NULL, PRIMARY KEY (attempt, name, key)) STRICT, WITHOUT ROWID;"};
constexpr const char* kKeys[] = {
    "CREATE TABLE wrap (attempt BLOB NOT NULL, recipient TEXT NOT NULL, sealed BLOB NOT NULL, "
    "PRIMARY "
    "KEY (attempt, recipient)) STRICT, WITHOUT ROWID;"};

Status check_size(const Bytes& value) {
    if (value.size() > kValueBytesMax) {
        return fail(Code::kLimit, "store.batch.limit"_id,
                    {{"what", "value"},
                     {"size", std::to_string(value.size())},
                     {"limit", std::to_string(kValueBytesMax)}});
    }
    return Ok{};
}

/// Erased pages are overwritten in the file, and the -wal that still held them is emptied.
Status erase_rows(vault::Vault& vault, const char* sql, const AttemptId& attempt) {
    ASSAY_TRY_STATUS(vault.run(sql, attempt));
    return vault.checkpoint();
}

/// Four values a row, so that one loop copies either table.
struct Copying {
    const char* file;
    vault::Migrations migrations;
    const char* select;
    const char* insert;
};

Status copy_rows(const Copying& what, const Path& folder, const Path& target,
                 const crypto::StoreKey& key) {
    ASSAY_TRY(vault::Vault from,
              vault::Vault::open(folder / what.file, key, {.migrations = what.migrations}));
    ASSAY_TRY(vault::Vault to,
              vault::Vault::open(target / what.file, key, {.migrations = what.migrations}));
    ASSAY_TRY(vault::Transaction transaction, to.begin());
    ASSAY_TRY(vault::Statement rows, from.prepare(what.select));
    while (true) {
        ASSAY_TRY(const bool more, rows.step());
        if (!more) {
            break;
        }
        ASSAY_TRY_STATUS(
            to.run(what.insert, rows.text(0), rows.blob(1), rows.blob(2), rows.blob(3)));
    }
    ASSAY_TRY_STATUS(transaction.commit());
    return to.checkpoint();
}

}  // namespace

Status PrivateStore::copy_people(const Path& folder, const Path& target,
                                 const crypto::StoreKey& key) {
    return copy_rows({"people.db", kPeople, "SELECT name, attempt, key, value FROM personal",
                      "INSERT INTO personal(name, attempt, key, value) VALUES (?1, ?2, ?3, ?4)"},
                     folder, target, key);
}

Status PrivateStore::copy_wraps(const Path& folder, const Path& target,
                                const crypto::StoreKey& key) {
    return copy_rows({"keys.db", kKeys, "SELECT recipient, attempt, sealed, x'' FROM wrap",
                      "INSERT INTO wrap(recipient, attempt, sealed) SELECT ?1, ?2, ?3 "
                      "WHERE length(?4) = 0"},
                     folder, target, key);
}

Result<std::unique_ptr<PrivateStore>> PrivateStore::open(const Path& folder,
                                                         const crypto::StoreKey& people_key,
                                                         const crypto::StoreKey& keys_key) {
    ASSAY_TRY(vault::Vault people,
              vault::Vault::open(folder / "people.db", people_key, {.migrations = kPeople}));
    ASSAY_TRY(vault::Vault keys,
              vault::Vault::open(folder / "keys.db", keys_key, {.migrations = kKeys}));
    return std::unique_ptr<PrivateStore>(new PrivateStore(std::move(people), std::move(keys)));
}

Status PrivateStore::put(const std::vector<PersonalRow>& rows) {
    const std::lock_guard lock(using_people_);
    ASSAY_TRY(vault::Transaction transaction, people_.begin());
    for (const PersonalRow& row : rows) {
        ASSAY_TRY_STATUS(check_size(row.value));
        ASSAY_TRY_STATUS(
            people_.run("INSERT INTO personal(name, attempt, key, value) VALUES (?1, ?2, ?3, ?4) "
                        "ON CONFLICT(attempt, name, key) DO UPDATE SET value = ?4",
                        row.table, row.attempt, row.key, row.value));
    }
    return transaction.commit();
}

Result<std::vector<PersonalRow>> PrivateStore::rows(const std::string& table,
                                                    const AttemptId& attempt) {
    const std::lock_guard lock(using_people_);
    ASSAY_TRY(vault::Statement found,
              people_.prepare("SELECT key, value FROM personal WHERE attempt = ?1 AND name = ?2 "
                              "ORDER BY key"));
    found.bind(attempt, table);
    std::vector<PersonalRow> out;
    while (true) {
        ASSAY_TRY(const bool more, found.step());
        if (!more) {
            return out;
        }
        out.push_back({table, attempt, found.blob(0), found.blob(1)});
    }
}

Status PrivateStore::erase(const AttemptId& attempt) {
    const std::lock_guard lock(using_people_);
    return erase_rows(people_, "DELETE FROM personal WHERE attempt = ?1", attempt);
}

Status PrivateStore::put(const std::vector<Wrap>& wraps) {
    const std::lock_guard lock(using_keys_);
    ASSAY_TRY(vault::Transaction transaction, keys_.begin());
    for (const Wrap& wrap : wraps) {
        ASSAY_TRY_STATUS(check_size(wrap.sealed));
        ASSAY_TRY_STATUS(
            keys_.run("INSERT INTO wrap(attempt, recipient, sealed) VALUES (?1, ?2, ?3) "
                      "ON CONFLICT(attempt, recipient) DO UPDATE SET sealed = ?3",
                      wrap.attempt, wrap.recipient, wrap.sealed));
    }
    return transaction.commit();
}

Result<Wrap> PrivateStore::wrap(const AttemptId& attempt, const std::string& recipient) {
    const std::lock_guard lock(using_keys_);
    ASSAY_TRY(vault::Statement found,
              keys_.prepare("SELECT sealed FROM wrap WHERE attempt = ?1 AND recipient = ?2"));
    ASSAY_TRY(const bool there, found.bind(attempt, recipient).step());
    if (!there) {
        return fail(Code::kNotFound, "store.none"_id, {{"what", "wrap"}});
    }
    return Wrap{attempt, recipient, found.blob(0)};
}

Status PrivateStore::destroy_wraps(const AttemptId& attempt) {
    const std::lock_guard lock(using_keys_);
    return erase_rows(keys_, "DELETE FROM wrap WHERE attempt = ?1", attempt);
}

Status PrivateStore::check() {
    {
        const std::lock_guard lock(using_people_);
        ASSAY_TRY_STATUS(people_.check());
    }
    const std::lock_guard lock(using_keys_);
    return keys_.check();
}

}  // namespace assay::store
