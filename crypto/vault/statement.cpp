#include "crypto/vault/statement.h"

#include <limits>

#include <sqlite3.h>

#include "crypto/vault/failure.h"

namespace assay::vault {

Statement::Statement(Statement&& other) noexcept
    : statement_(std::exchange(other.statement_, nullptr)),
      owner_(other.owner_),
      give_back_(other.give_back_),
      failed_(other.failed_) {}

Statement::~Statement() {
    if (statement_ != nullptr) {
        sqlite3_reset(statement_);
        sqlite3_clear_bindings(statement_);
        give_back_(owner_, statement_);
    }
}

void Statement::reset() {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
    failed_ = SQLITE_OK;
}

void Statement::note(int code) {
    ASSAY_CHECK(code != SQLITE_RANGE && code != SQLITE_MISUSE);
    failed_ = failed_ == SQLITE_OK ? code : failed_;
}

void Statement::bind_value(int place, std::int64_t value) {
    note(sqlite3_bind_int64(statement_, place, value));
}

void Statement::bind_value(int place, std::uint64_t value) {
    constexpr auto kMax = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    ASSAY_CHECK(value <= kMax);
    bind_value(place, static_cast<std::int64_t>(value));
}

void Statement::bind_value(int place, std::string_view value) {
    note(sqlite3_bind_text64(statement_, place, value.empty() ? "" : value.data(), value.size(),
                             SQLITE_TRANSIENT, SQLITE_UTF8));
}

void Statement::bind_value(int place, ByteView value) {
    // A null pointer would bind NULL, which is not an empty blob.
    const void* bytes = value.empty() ? static_cast<const void*>("") : value.data();
    note(sqlite3_bind_blob64(statement_, place, bytes, value.size(), SQLITE_TRANSIENT));
}

void Statement::bind_value(int place, std::nullopt_t /*value*/) {
    note(sqlite3_bind_null(statement_, place));
}

Result<bool> Statement::step() {
    if (failed_ != SQLITE_OK) {
        return failure(nullptr, failed_);
    }
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) {
        return true;
    }
    if (code == SQLITE_DONE) {
        return false;
    }
    Error error = failure(sqlite3_db_handle(statement_), code);
    sqlite3_reset(statement_);
    return error;
}

Status Statement::run() {
    ASSAY_TRY(const bool row, step());
    ASSAY_CHECK(!row);
    sqlite3_reset(statement_);
    return Ok{};
}

bool Statement::is_null(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::int64_t Statement::integer(int column) const {
    ASSAY_CHECK(sqlite3_column_type(statement_, column) == SQLITE_INTEGER);
    return sqlite3_column_int64(statement_, column);
}

std::uint64_t Statement::size(int column) const {
    const std::int64_t value = integer(column);
    ASSAY_CHECK(value >= 0);
    return static_cast<std::uint64_t>(value);
}

std::string Statement::text(int column) const {
    ASSAY_CHECK(sqlite3_column_type(statement_, column) == SQLITE_TEXT);
    const void* bytes = sqlite3_column_text(statement_, column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
    return {static_cast<const char*>(bytes), size};
}

ByteView Statement::view(int column) const {
    ASSAY_CHECK(sqlite3_column_type(statement_, column) == SQLITE_BLOB);
    const void* bytes = sqlite3_column_blob(statement_, column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
    return {static_cast<const std::uint8_t*>(bytes), size};
}

Bytes Statement::blob(int column) const { return to_bytes(view(column)); }

std::optional<std::int64_t> Statement::optional_integer(int column) const {
    return is_null(column) ? std::nullopt : std::optional(integer(column));
}

}  // namespace assay::vault
