#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "crypto/base/bytes.h"
#include "crypto/base/check.h"
#include "crypto/base/ids.h"
#include "crypto/base/result.h"

struct sqlite3_stmt;

// A compiled SQL statement (sqlite.org/c3ref/stmt.html) with values bound by type.
//
// Places of parameters count from 1, columns from 0, sizes are bytes. One thread at a time, the
// vault's. Errors of step() and run() are those of vault.h; reading a column has none.
namespace assay::vault {

/// A compiled statement with its parameters: bind, then step through the rows, or run.
///
/// The vault must outlive it. A statement that ends goes back to the vault, which keeps it
/// compiled. Reading a column as another type than the schema's is a bug and ends the process: use
/// STRICT tables.
class Statement {
  public:
    /// How a statement that ends goes back to its vault.
    using Return = void (*)(void* owner, sqlite3_stmt* statement);

    Statement(sqlite3_stmt* statement, void* owner, Return give_back)
        : statement_(statement), owner_(owner), give_back_(give_back) {}
    Statement(Statement&& other) noexcept;
    Statement& operator=(Statement&&) = delete;
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    ~Statement();

    /// Values for ?1, ?2, ... in order; they are copied. Starts the statement anew. A value that
    /// does not fit is reported by the next step().
    template <typename... Values>
    Statement& bind(const Values&... values) {
        reset();
        int place = 0;
        (bind_value(++place, values), ...);
        return *this;
    }

    /// True: a row is there to be read, until the next step() or bind(). False: no more.
    Result<bool> step();
    /// For statements that give no rows.
    Status run();

    /// Columns of the row, from 0, copied out: NULL is a bug where is_null() was not asked.
    bool is_null(int column) const;
    std::int64_t integer(int column) const;
    std::uint64_t size(int column) const;
    std::string text(int column) const;
    Bytes blob(int column) const;
    /// A blob of exactly the size of the id.
    template <typename Id>
    Id id(int column) const {
        const Result<Id> out = Id::from_bytes(view(column));
        ASSAY_CHECK(out.ok());
        return *out;
    }
    template <typename Id>
    std::optional<Id> optional_id(int column) const {
        return is_null(column) ? std::nullopt : std::optional<Id>(id<Id>(column));
    }
    std::optional<std::int64_t> optional_integer(int column) const;

  private:
    void reset();
    void bind_value(int place, std::int64_t value);
    void bind_value(int place, std::uint64_t value);
    void bind_value(int place, int value) { bind_value(place, std::int64_t{value}); }
    void bind_value(int place, unsigned value) { bind_value(place, std::int64_t{value}); }
    void bind_value(int place, bool value) { bind_value(place, std::int64_t{value}); }
    void bind_value(int place, std::string_view value);
    void bind_value(int place, const std::string& value) {
        bind_value(place, std::string_view(value));
    }
    void bind_value(int place, const char* value) { bind_value(place, std::string_view(value)); }
    void bind_value(int place, ByteView value);
    void bind_value(int place, const Bytes& value) { bind_value(place, ByteView(value)); }
    void bind_value(int place, std::nullopt_t value);
    template <typename Tag, std::size_t N>
    void bind_value(int place, const Fixed<Tag, N>& value) {
        bind_value(place, value.view());
    }
    template <typename T>
    void bind_value(int place, const std::optional<T>& value) {
        if (value) {
            bind_value(place, *value);
        } else {
            bind_value(place, std::nullopt);
        }
    }
    void note(int code);
    ByteView view(int column) const;

    sqlite3_stmt* statement_;
    void* owner_;
    Return give_back_;
    int failed_ = 0;
};

}  // namespace assay::vault
