#pragma once

#include "crypto/base/result.h"

struct sqlite3;

namespace assay::vault {

/// What an extended result code of SQLite means here. `database` may be null.
Error failure(sqlite3* database, int code);

}  // namespace assay::vault
