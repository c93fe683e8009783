// Prints every cell of a copy of an encrypted store, for whoever searches it: table, column, value
// as it is, a line each. The keys are made as a terminal or a server makes them.
//   assay-read-store FILE terminal LOCAL_HALF DESK_HALF
//   assay-read-store FILE server RING USE 3<pin        USE: assay/v1/store-people and the like
#include <iostream>
#include <string>
#include <vector>

#include <sqlite3.h>

#include "crypto/base/disk.h"
#include "crypto/base/hex.h"
#include "crypto/kdf.h"
#include "crypto/key_ring.h"
#include "crypto/process.h"

namespace {

using namespace assay;
using Words = std::vector<std::string>;

constexpr std::uint64_t kFileBytesMax = 64U << 10U;

Result<crypto::SecretBytes> key_of_terminal(Disk& disk, const Words& words) {
    ASSAY_TRY(const Bytes here, read_file(disk, words[3], kFileBytesMax));
    ASSAY_TRY(const Bytes there, read_file(disk, words[4], kFileBytesMax));
    return crypto::hkdf_sha256(here, there, "assay/v1/store-key");
}

Result<crypto::SecretBytes> key_of_server(Disk& disk, const Words& words) {
    ASSAY_TRY(const Bytes file, read_file(disk, words[3], kFileBytesMax));
    ASSAY_TRY(Bytes pin, read_file(disk, "/proc/self/fd/3", kFileBytesMax));
    if (!pin.empty() && pin.back() == '\n') {
        pin.pop_back();
    }
    ASSAY_TRY(const auto ring,
              crypto::KeyRing::unlock(file, crypto::Pin(crypto::SecretBytes::copy_of(pin))));
    ASSAY_TRY(const crypto::SecretBytes seed, ring.seed("store"));
    return crypto::hkdf_sha256(seed.view(), {}, words[4]);
}

/// Calls `take` for each row; false where the database says no.
template <typename Take>
bool query(sqlite3* database, const std::string& text, Take take) {
    sqlite3_stmt* rows = nullptr;
    if (sqlite3_prepare_v2(database, text.c_str(), -1, &rows, nullptr) != SQLITE_OK) {
        return false;
    }
    int step = SQLITE_ROW;
    while ((step = sqlite3_step(rows)) == SQLITE_ROW) {
        take(rows);
    }
    sqlite3_finalize(rows);
    return step == SQLITE_DONE;
}

std::string cell(sqlite3_stmt* rows, int column) {
    const void* const bytes = sqlite3_column_blob(rows, column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(rows, column));
    return bytes == nullptr ? "" : std::string(static_cast<const char*>(bytes), size);
}

bool print(sqlite3* database) {
    Words tables;
    bool good = query(database, "SELECT name FROM sqlite_master WHERE type = 'table'",
                      [&](sqlite3_stmt* rows) { tables.push_back(cell(rows, 0)); });
    for (const std::string& table : tables) {
        good = good && query(database, "SELECT * FROM \"" + table + '"', [&](sqlite3_stmt* rows) {
                   for (int i = 0; i < sqlite3_column_count(rows); ++i) {
                       std::cout << table << '\t' << sqlite3_column_name(rows, i) << '\t'
                                 << cell(rows, i) << '\n';
                   }
               });
    }
    return good && !tables.empty();
}

int run(const Words& words) {
    SystemDisk disk;
    const auto key =
        words[2] == "terminal" ? key_of_terminal(disk, words) : key_of_server(disk, words);
    if (!key.ok()) {
        std::cerr << to_string(key.error()) << '\n';
        return 1;
    }
    sqlite3* database = nullptr;
    sqlite3_open_v2(words[1].c_str(), &database, SQLITE_OPEN_READWRITE, nullptr);
    const std::string pragma = "PRAGMA key = \"x'" + to_hex(key->view()) + "'\"";
    sqlite3_exec(database, pragma.c_str(), nullptr, nullptr, nullptr);
    const bool good = print(database);
    if (!good) {
        std::cerr << words[1] << ": " << sqlite3_errmsg(database) << '\n';
    }
    sqlite3_close(database);
    return good ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    const Words words(argv, argv + argc);
    if (words.size() != 5) {
        std::cerr << "usage: assay-read-store FILE terminal|server ...\n";
        return 2;
    }
    (void)crypto::start_process();  // where memory cannot be locked it says so; nothing stays here
    return run(words);
}
