#include "server/core/exports.h"

#include "server/core/tables.h"

namespace assay::server_core {
namespace {

constexpr const char* kByteOrderMark = "\xEF\xBB\xBF";

/// 12500 is "12.5".
std::string points(std::int64_t milli) {
    std::string fraction = std::to_string(1000 + milli % 1000).substr(1);
    fraction.erase(fraction.find_last_not_of('0') + 1);
    return std::to_string(milli / 1000) + (fraction.empty() ? "" : "." + fraction);
}

Result<record::RosterRow> person(Ports& ports, const AttemptId& attempt) {
    ASSAY_TRY(const auto rows, ports.store.personal(kRosterTable, attempt));
    if (rows.empty()) {
        return record::RosterRow{};  // erased: the result stands without a name
    }
    return record::read_document<record::RosterRow>(rows.front().value);
}

std::string csv_line(const std::array<std::string, 10>& fields) {
    std::string line;
    for (const std::string& field : fields) {
        line += csv_field(field) + ",";
    }
    line.back() = '\r';
    return line + "\n";
}

std::string csv_line(const record::RosterRow& row,
                     const record::Signed<record::AttemptResult>& result, const CsvWords& words) {
    const record::AttemptResult& object = result.object;
    return csv_line({row.number, row.name, row.seat, words.state(object.state),
                     std::string(record::word(object.state)), points(object.score_milli),
                     points(object.max_milli), std::to_string(object.number), result.digest.hex(),
                     object.attempt.hex()});
}

Result<std::size_t> write_report(Ports& ports, const record::AttemptResult& result, Disk& disk,
                                 const Path& folder) {
    ASSAY_TRY(const auto rows, ports.store.personal(kReportTable, result.attempt));
    Bytes key;
    append_be64(key, result.number);
    for (const store::PersonalRow& row : rows) {
        if (row.key == key) {
            ASSAY_TRY_STATUS(write_file(disk, folder / (result.attempt.hex() + ".xml"), row.value));
            return std::size_t{1};
        }
    }
    return std::size_t{0};
}

}  // namespace

std::string csv_field(std::string_view text) {
    std::string out(text);
    if (!out.empty() && std::string_view("=+-@\t\r").find(out.front()) != std::string_view::npos) {
        out.insert(out.begin(), '\'');
    }
    if (out.find_first_of(",\"\r\n") == std::string::npos) {
        return out;
    }
    std::string quoted = "\"";
    for (const char c : out) {
        quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    }
    return quoted + '"';
}

Result<Exported> export_results(Ports& ports, Sittings& sittings, const SittingId& id, Disk& disk,
                                const Path& folder, const CsvWords& words) {
    ASSAY_TRY(const auto sitting, sittings.find(id));
    ASSAY_TRY_STATUS(disk.make_folders(folder));
    Exported out;
    std::string csv = kByteOrderMark + csv_line(words.headings);
    for (const record::AttemptRow& row : sitting->attempts.attempts) {
        const auto result = newest_result(ports, row.attempt);
        if (!result.ok() && result.error().code != Code::kNotFound) {
            return result.error();
        }
        if (!result.ok()) {
            ++out.without;
            continue;
        }
        ASSAY_TRY(const record::RosterRow named, person(ports, row.attempt));
        csv += csv_line(named, *result, words);
        ASSAY_TRY(const std::size_t reports, write_report(ports, result->object, disk, folder));
        ASSAY_TRY_STATUS(write_file(disk, folder / (row.attempt.hex() + ".result.dsse.json"),
                                    as_bytes(result->json())));
        out.reports += reports;
        ++out.results;
    }
    ASSAY_TRY_STATUS(write_file(disk, folder / "results.csv", as_bytes(csv)));
    return out;
}

}  // namespace assay::server_core
