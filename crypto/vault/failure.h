#pragma once

#include "crypto/base/result.h"

struct sqlite3;

namespace assay::vault {

// Internal to this folder.
/// What an extended result code of SQLite (sqlite.org/rescode.html) means here: one of the errors
/// that vault.h names. `database` may be null; else its last message goes into the argument
/// `cause`.
Error failure(sqlite3* database, int code);

}  // namespace assay::vault
