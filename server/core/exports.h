#pragma once

#include <array>
#include <functional>

#include "crypto/base/disk.h"
#include "server/core/scoring.h"

namespace assay::server_core {

struct Exported {
    std::size_t results = 0;
    std::size_t reports = 0;
    std::size_t without = 0;  ///< attempts that have no result yet
};

/// What results.csv says in the language of whoever reads it.
struct CsvWords {
    std::array<std::string, 10> headings;  ///< in the order of the columns (README.md)
    std::function<std::string(record::ResultState)> state;
};

/// Writes the newest results of a sitting into a folder: results.csv (UTF-8 with a byte order mark,
/// as spreadsheets want it) and for each scored attempt its assessmentResult, <attempt>.xml, and
/// its signed result, <attempt>.result.dsse.json. Personal: for the organisation only.
Result<Exported> export_results(Ports& ports, Sittings& sittings, const SittingId& sitting,
                                Disk& disk, const Path& folder, const CsvWords& words);

/// A field of a CSV line: quoted where needed; what a spreadsheet would run as a formula begins
/// with an apostrophe.
std::string csv_field(std::string_view text);

}  // namespace assay::server_core
