#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "crypto/base/disk.h"
#include "crypto/base/result.h"
#include "crypto/secret_kinds.h"
#include "crypto/vault/statement.h"

// An encrypted database: the file format of SQLCipher 4 (zetetic.net/sqlcipher/design, "Database
// Encryption and Files", raw key data), the language and the guarantees of SQLite
// (sqlite.org/lang.html, sqlite.org/atomiccommit.html).
//
// Sizes are bytes, waiting is milliseconds. A vault, its statements and its transaction belong to
// one thread at a time. Nothing here is a secret but the key, which is wiped after the file is
// open.
namespace assay::vault {

/// One text, blob or row. Larger things belong into files.
inline constexpr int kValueBytesMax = 32 * 1024 * 1024;
/// Compiled statements that a vault keeps for the next use of the same text.
inline constexpr std::size_t kStatementsKeptMax = 128;
/// How long a writer waits for another connection's transaction.
inline constexpr int kBusyWaitMs = 10'000;

/// The history of a schema, oldest first. Item i takes a database from version i to i + 1; an item
/// that shipped is never changed, only followed. Each may hold several SQL statements.
using Migrations = std::span<const char* const>;

/// What a commit promises after a power cut.
enum class Sync {
    kFull,         ///< it is there
    kRebuildable,  ///< the last ones may be gone, the file is whole: for what can be made again
};

struct VaultOptions {
    Migrations migrations = {};
    /// The file is never larger (kFull); 0 for no limit but the disk's.
    std::uint64_t bytes_max = 0;
    Sync sync = Sync::kFull;
};

class Transaction;

/// An encrypted database (SQLCipher 4 with a raw key) in one file, with its `-wal` and `-shm`
/// beside it.
///
/// Errors of every function: kFull (disk or bytes_max), kIo (the system failed), kCorrupt (a page
/// does not pass its MAC, or the structure is wrong), kConflict (a constraint of the schema),
/// kLimit (a value is too large), kUnavailable (another connection holds the file for longer than
/// kBusyWaitMs). One thread at a time; several vaults may have one file open.
class Vault {
  public:
    /// Opens `file`, or creates it with mode 0600, and brings it to the newest schema. kDenied: the
    /// key is not that of this file (nobody can tell this from a damaged first page or another kind
    /// of file); kInvalid: an ordinary SQLite database, not encrypted; kRefused: a newer program
    /// wrote it.
    static Result<Vault> open(const Path& file, const crypto::StoreKey& key,
                              const VaultOptions& options);
    Vault(Vault&&) noexcept;
    Vault& operator=(Vault&&) noexcept;
    Vault(const Vault&) = delete;
    Vault& operator=(const Vault&) = delete;
    ~Vault();

    /// A statement of one SQL text, with parameters ?1, ?2, ... SQL never holds data: bind it.
    Result<Statement> prepare(std::string_view sql);

    /// Prepares, binds and runs a statement that gives no rows. A text that is no SQL of this
    /// schema is a bug of ours and comes back as kIo (vault.file.io) with SQLite's own words.
    template <typename... Values>
    Status run(std::string_view sql, const Values&... values) {
        ASSAY_TRY(Statement statement, prepare(sql));
        statement.bind(values...);
        return statement.run();
    }

    /// Starts to write. Everything up to commit() becomes durable together or not at all. One at a
    /// time.
    Result<Transaction> begin();
    /// Rows that the last statement changed.
    std::int64_t changed() const;
    /// The integer key of the row that was inserted last.
    std::int64_t last_row() const;

    /// The MAC of every page, the structure, and foreign keys; kCorrupt with the first finding.
    Status check();
    /// Moves everything from `-wal` into the file and empties it.
    Status checkpoint();

  private:
    friend class Transaction;
    struct State;
    explicit Vault(std::unique_ptr<State> state);
    Status execute(const char* sql);
    Status unlock(const crypto::StoreKey& key);
    Status configure(const VaultOptions& options);
    Status migrate(Migrations migrations);
    Result<std::int64_t> read_integer(const char* sql);

    std::unique_ptr<State> state_;
};

/// A transaction that is rolled back unless commit() succeeded. The vault must outlive it and stay
/// where it is.
class Transaction {
  public:
    Transaction(Transaction&& other) noexcept;
    Transaction& operator=(Transaction&&) = delete;
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction();

    /// Durable after success. After a failure nothing of the transaction is there.
    Status commit();

  private:
    friend class Vault;
    explicit Transaction(Vault& vault) : vault_(&vault) {}
    Vault* vault_;
};

}  // namespace assay::vault
