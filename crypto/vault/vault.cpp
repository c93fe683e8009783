#include "crypto/vault/vault.h"

#include <cerrno>
#include <cstring>
#include <unordered_map>

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "crypto/vault/failure.h"

namespace assay::vault {
namespace {

constexpr std::uint64_t kPageBytes = 4096;
constexpr std::string_view kPlainMagic = "SQLite format 3";
constexpr int kSqlBytesMax = 256 * 1024;

struct CloseDatabase {
    void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};
struct FinalizeStatement {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Compiled = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

Error file_error(const Path& file, int number) {
    return fail(number == ENOSPC || number == EDQUOT ? Code::kFull : Code::kIo,
                "vault.file.create"_id,
                {{"path", file.string()},
                 {"number", std::to_string(number)},
                 {"cause", std::strerror(number)}});
}

/// SQLite would create the file with the umask's mode; -wal and -shm take that of the file.
Status create_private(const Path& file) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        return file_error(file, errno);
    }
    ::close(descriptor);
    return Ok{};
}

/// "x'<64 hex digits>'": a raw key, without derivation. In memory that is wiped.
crypto::SecretBytes key_spec(const crypto::StoreKey& key) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    crypto::SecretBytes out = crypto::SecretBytes::zeros(2 * key.view().size() + 3);
    auto to = out.span();
    to[0] = 'x';
    to[1] = '\'';
    for (std::size_t i = 0; i < key.view().size(); ++i) {
        const std::uint8_t byte = key.view()[i];
        to[2 + 2 * i] = static_cast<std::uint8_t>(kDigits[byte >> 4U]);
        to[3 + 2 * i] = static_cast<std::uint8_t>(kDigits[byte & 15U]);
    }
    to[to.size() - 1] = '\'';
    return out;
}

Status refuse_plain(const Path& file) {
    SystemDisk disk;
    ASSAY_TRY(const auto open, disk.open_read_only(file));
    Bytes start(kPlainMagic.size());
    ASSAY_TRY(const std::size_t size, open->read_at(0, start));
    if (size == start.size() && as_text(start) == kPlainMagic) {
        return fail(Code::kInvalid, "vault.file.plain"_id, {{"path", file.string()}});
    }
    return Ok{};
}

}  // namespace

struct Vault::State {
    Path file;
    std::unique_ptr<sqlite3, CloseDatabase> database;
    /// By SQL text; taken out while in use.
    std::unordered_map<std::string, Compiled> kept;

    static void give_back(void* owner, sqlite3_stmt* statement) {
        Compiled compiled(statement);
        auto& kept = static_cast<State*>(owner)->kept;
        if (kept.size() < kStatementsKeptMax) {
            kept.try_emplace(sqlite3_sql(statement), std::move(compiled));
        }
    }
};

Vault::Vault(std::unique_ptr<State> state) : state_(std::move(state)) {}
Vault::Vault(Vault&&) noexcept = default;
Vault& Vault::operator=(Vault&&) noexcept = default;
Vault::~Vault() = default;

Result<Vault> Vault::open(const Path& file, const crypto::StoreKey& key,
                          const VaultOptions& options) {
    ASSAY_TRY_STATUS(create_private(file));
    ASSAY_TRY_STATUS(refuse_plain(file));
    auto state = std::make_unique<State>();
    state->file = file;
    sqlite3* database = nullptr;
    const int code = sqlite3_open_v2(
        file.c_str(), &database,
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    state->database.reset(database);
    if (code != SQLITE_OK) {
        return failure(database, code);
    }
    Vault vault(std::move(state));
    ASSAY_TRY_STATUS(vault.unlock(key));
    ASSAY_TRY_STATUS(vault.configure(options));
    ASSAY_TRY_STATUS(vault.migrate(options.migrations));
    return vault;
}

Status Vault::unlock(const crypto::StoreKey& key) {
    sqlite3* database = state_->database.get();
    sqlite3_busy_timeout(database, kBusyWaitMs);
    ASSAY_TRY_STATUS(
        execute("PRAGMA cipher_log_level = NONE"));  // errors are returned, not printed
    ASSAY_TRY_STATUS(execute("PRAGMA cipher_memory_security = ON"));
    const crypto::SecretBytes spec = key_spec(key);
    const int code = sqlite3_key(database, spec.view().data(), static_cast<int>(spec.size()));
    if (code != SQLITE_OK) {
        return failure(database, code);
    }
    const auto first_page = read_integer("SELECT count(*) FROM sqlite_schema");
    if (!first_page.ok() && first_page.error().code == Code::kCorrupt) {
        return fail(Code::kDenied, "vault.file.key"_id, {{"path", state_->file.string()}});
    }
    ASSAY_TRY_STATUS(first_page);
    return Ok{};
}

Status Vault::configure(const VaultOptions& options) {
    sqlite3* database = state_->database.get();
    sqlite3_limit(database, SQLITE_LIMIT_LENGTH, kValueBytesMax);
    sqlite3_limit(database, SQLITE_LIMIT_SQL_LENGTH, kSqlBytesMax);
    sqlite3_limit(database, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    for (const char* sql :
         {"PRAGMA trusted_schema = OFF", "PRAGMA temp_store = MEMORY", "PRAGMA secure_delete = ON",
          "PRAGMA foreign_keys = ON", "PRAGMA cell_size_check = ON", "PRAGMA journal_mode = WAL",
          options.sync == Sync::kFull ? "PRAGMA synchronous = FULL"
                                      : "PRAGMA synchronous = NORMAL"}) {
        ASSAY_TRY_STATUS(execute(sql));
    }
    if (options.bytes_max != 0) {
        const std::uint64_t pages = std::max<std::uint64_t>(1, options.bytes_max / kPageBytes);
        const std::string sql = "PRAGMA max_page_count = " + std::to_string(pages);
        ASSAY_TRY_STATUS(execute(sql.c_str()));
    }
    return Ok{};
}

Status Vault::migrate(Migrations migrations) {
    ASSAY_TRY(const std::int64_t version, read_integer("PRAGMA user_version"));
    const auto newest = static_cast<std::int64_t>(migrations.size());
    if (version > newest) {
        return fail(Code::kRefused, "vault.schema.newer"_id,
                    {{"path", state_->file.string()},
                     {"version", std::to_string(version)},
                     {"known", std::to_string(newest)}});
    }
    for (std::int64_t next = version; next < newest; ++next) {
        ASSAY_TRY(Transaction transaction, begin());
        // Another connection may have been faster.
        ASSAY_TRY(const std::int64_t now, read_integer("PRAGMA user_version"));
        if (now != next) {
            continue;
        }
        ASSAY_TRY_STATUS(execute(migrations[static_cast<std::size_t>(next)]));
        const std::string sql = "PRAGMA user_version = " + std::to_string(next + 1);
        ASSAY_TRY_STATUS(execute(sql.c_str()));
        ASSAY_TRY_STATUS(transaction.commit());
    }
    return Ok{};
}

Status Vault::execute(const char* sql) {
    const int code = sqlite3_exec(state_->database.get(), sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) {
        return failure(state_->database.get(), code);
    }
    return Ok{};
}

Result<Statement> Vault::prepare(std::string_view sql) {
    if (auto found = state_->kept.extract(std::string(sql))) {
        return Statement(found.mapped().release(), state_.get(), &State::give_back);
    }
    sqlite3_stmt* statement = nullptr;
    const int code =
        sqlite3_prepare_v3(state_->database.get(), sql.data(), static_cast<int>(sql.size()),
                           SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) {
        return failure(state_->database.get(), code);
    }
    ASSAY_CHECK(statement != nullptr);
    return Statement(statement, state_.get(), &State::give_back);
}

Result<std::int64_t> Vault::read_integer(const char* sql) {
    ASSAY_TRY(Statement statement, prepare(sql));
    ASSAY_TRY(const bool row, statement.step());
    ASSAY_CHECK(row);
    return statement.integer(0);
}

Result<Transaction> Vault::begin() {
    ASSAY_TRY_STATUS(execute("BEGIN IMMEDIATE"));
    return Transaction(*this);
}

std::int64_t Vault::changed() const { return sqlite3_changes64(state_->database.get()); }

std::int64_t Vault::last_row() const { return sqlite3_last_insert_rowid(state_->database.get()); }

Status Vault::check() {
    for (const char* sql : {"PRAGMA cipher_integrity_check", "PRAGMA integrity_check(1)",
                            "PRAGMA foreign_key_check"}) {
        ASSAY_TRY(Statement statement, prepare(sql));
        ASSAY_TRY(const bool row, statement.step());
        if (row && (statement.is_null(0) || statement.text(0) != "ok")) {
            const std::string what = statement.is_null(0) ? sql : statement.text(0);
            return fail(Code::kCorrupt, "vault.check.failed"_id,
                        {{"path", state_->file.string()}, {"cause", what}});
        }
    }
    return Ok{};
}

Status Vault::checkpoint() {
    const int code = sqlite3_wal_checkpoint_v2(state_->database.get(), nullptr,
                                               SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    if (code != SQLITE_OK) {
        return failure(state_->database.get(), code);
    }
    return Ok{};
}

Transaction::Transaction(Transaction&& other) noexcept
    : vault_(std::exchange(other.vault_, nullptr)) {}

Transaction::~Transaction() {
    // A failed statement may have rolled back already; then there is nothing left to undo.
    if (vault_ != nullptr && sqlite3_get_autocommit(vault_->state_->database.get()) == 0) {
        sqlite3_exec(vault_->state_->database.get(), "ROLLBACK", nullptr, nullptr, nullptr);
    }
}

Status Transaction::commit() {
    ASSAY_CHECK(vault_ != nullptr);
    ASSAY_TRY_STATUS(vault_->execute("COMMIT"));
    vault_ = nullptr;
    return Ok{};
}

}  // namespace assay::vault
