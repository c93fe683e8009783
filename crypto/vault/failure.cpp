#include "crypto/vault/failure.h"

#include <sqlite3.h>

namespace assay::vault {
namespace {

Args cause(sqlite3* database, int code) {
    const char* text = database != nullptr ? sqlite3_errmsg(database) : sqlite3_errstr(code);
    return {{"cause", text != nullptr ? text : ""}, {"number", std::to_string(code)}};
}

}  // namespace

Error failure(sqlite3* database, int code) {
    const Args args = cause(database, code);
    if (code == SQLITE_IOERR_SHMSIZE) {  // the shared index cannot grow: no space is left
        return fail(Code::kFull, "vault.write.full"_id, args);
    }
    switch (code & 0xff) {
        case SQLITE_FULL:
            return fail(Code::kFull, "vault.write.full"_id, args);
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return fail(Code::kCorrupt, "vault.page.corrupt"_id, args);
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return fail(Code::kUnavailable, "vault.file.busy"_id, args);
        case SQLITE_CONSTRAINT:
            return fail(Code::kConflict, "vault.row.conflict"_id, args);
        case SQLITE_TOOBIG:
            return fail(Code::kLimit, "vault.value.size"_id, args);
        default:
            return fail(Code::kIo, "vault.file.io"_id, args);
    }
}

}  // namespace assay::vault
