#include "question-bank/sealed/statements.h"
#include "server/cli/command_line.h"
#include "server/cli/files.h"
#include "server/core/oneroster.h"
#include "server/core/roster_columns.h"

namespace assay::server_cli {
namespace {

constexpr std::uint64_t kPhotosZipBytesMax = std::uint64_t{1} << 30U;

struct PlanOptions {
    std::string definition;
    std::string roster;
    std::string photos;
    std::string class_id;
    std::vector<std::string> columns;
    std::string out;
};

/// Folders of parts are named beside the definition.
Status read_parts(const Session& session, const Path& beside, server_core::PlanRequest& request) {
    for (const server_core::PlannedPart& part : request.definition.parts) {
        const Path folder = beside / part.folder;
        ASSAY_TRY(const Bytes bank, read_statement(session, folder / sealed::kBankStatementFile));
        ASSAY_TRY(const auto bank_part, record::read_signed<sealed::BankPart>(bank));
        ASSAY_TRY(const Bytes scoring,
                  read_statement(session, folder / sealed::kScoringStatementFile));
        ASSAY_TRY(const auto scoring_part, record::read_signed<sealed::ScoringPart>(scoring));
        request.banks.push_back(bank_part.object);
        request.scoring.push_back(scoring_part.object);
    }
    return Ok{};
}

/// A folder, or a zip of one.
Result<table::Pictures> read_photos(const Session& session, const std::string& path) {
    if (!path.ends_with(".zip")) {
        return table::Pictures::from_folder(session.disk, path);
    }
    ASSAY_TRY(Bytes zip, read_file(session.disk, path, kPhotosZipBytesMax));
    return table::Pictures::from_zip(std::move(zip));
}

Result<table::Table> read_sheet(const Session& session, const Path& path) {
    ASSAY_TRY(const Bytes sheet, read_file(session.disk, path, table::kTableBytesMax));
    return table::read_table(sheet);
}

/// A sheet, or a folder of OneRoster's files.
Result<table::Table> read_roster(const Session& session, const PlanOptions& options) {
    const Path path = options.roster;
    if (!session.disk.exists(path / "users.csv")) {
        return read_sheet(session, path);
    }
    server_core::OneRoster package;
    package.class_id = options.class_id;
    ASSAY_TRY(package.users, read_sheet(session, path / "users.csv"));
    ASSAY_TRY(package.enrollments, read_sheet(session, path / "enrollments.csv"));
    return server_core::roster_from(package);
}

Result<server_core::Plan> make_plan(const Session& session, House& house,
                                    const PlanOptions& options) {
    const Path definition = options.definition;
    server_core::PlanRequest request;
    ASSAY_TRY(const Bytes json, read_file(session.disk, definition, record::kJsonBytesMax));
    ASSAY_TRY(request.definition, record::read_message<server_core::SittingDefinition>(json));
    if (request.definition.log_key.empty()) {
        request.definition.log_key = house.central().verifier_key();
    }
    ASSAY_TRY_STATUS(read_parts(session, definition.parent_path(), request));
    ASSAY_TRY(table::Table roster, read_roster(session, options));
    std::vector<server_core::ColumnName> names;
    for (const std::string& each : options.columns) {
        ASSAY_TRY(auto name, server_core::read_column_name(each));
        names.push_back(std::move(name));
    }
    ASSAY_TRY_STATUS(server_core::name_columns(roster, names));
    ASSAY_TRY(request.candidates, server_core::read_candidates(roster));
    std::optional<table::Pictures> photos;
    if (!options.photos.empty()) {
        ASSAY_TRY(photos, read_photos(session, options.photos));
        request.photos = &*photos;
    }
    request.time = session.clock.wall();
    return server_core::plan_sitting(session.random, request);
}

Result<int> plan(const Session& session, House& house, const PlanOptions& options) {
    const Path out = options.out;
    ASSAY_TRY(const server_core::Plan made, make_plan(session, house, options));
    ASSAY_TRY_STATUS(write_new(session, out / kManifestFile, as_bytes(made.manifest.json())));
    ASSAY_TRY_STATUS(write_new(session, out / kAttemptsFile, made.attempts));
    ASSAY_TRY_STATUS(server_core::keep_plan(house.ports(), made));
    boost::json::array without;
    for (const std::string& number : made.without_photo) {
        without.emplace_back(number);
    }
    tell(session.say("server.planned"_id, {{"count", std::to_string(made.roster.size())},
                                           {"without", std::to_string(made.without_photo.size())},
                                           {"path", options.out}}));
    print({{"sitting", made.manifest.object.sitting.hex()},
           {"manifest", made.manifest.digest.hex()},
           {"attempts", made.roster.size()},
           {"withoutPhoto", without}});
    return 0;
}

}  // namespace

void add_plan_command(CommandLine& line) {
    const Session& session = line.session();
    const auto options = std::make_shared<PlanOptions>();
    CLI::App& added =
        line.on_house("plan", "server.help.plan"_id,
                      [&session, options](House& house) { return plan(session, house, *options); });
    line.required(added, "--definition", options->definition, "server.help.definition"_id);
    line.required(added, "--roster", options->roster, "server.help.roster"_id);
    line.option(added, "--class", options->class_id, "server.help.class"_id);
    line.option(added, "--column", options->columns, "server.help.column"_id);
    line.option(added, "--photos", options->photos, "server.help.photos"_id);
    line.required(added, "--out", options->out, "server.help.out"_id);
}

}  // namespace assay::server_cli
