#include "server/audit/session.h"
#include "server/audit/trail.h"

namespace assay::audit {
namespace {

struct FolderOptions {
    std::string folder;
    std::string roots;
};

Result<Report> audit_package(const Session& session, const FolderOptions& options) {
    ASSAY_TRY(const auto roots, roots_value(options.roots));
    ASSAY_TRY_STATUS(require_folder(session, options.folder));
    const Folder folder(session.disk, options.folder);
    ASSAY_TRY_STATUS(
        require_files(folder, {"keys/list.dsse.json", "keys/rows.json", "manifest.dsse.json",
                               "attempts.json", "package.dsse.json", "package.age"}));
    Report report;
    Trail trail = begin_trail(folder, report);
    check_attempt(trail, roots);
    check_score(trail);
    return report;
}

Result<Report> audit_seal(const Session& session, const FolderOptions& options) {
    ASSAY_TRY(const auto roots, roots_value(options.roots));
    ASSAY_TRY_STATUS(require_folder(session, options.folder));
    const Folder folder(session.disk, options.folder);
    ASSAY_TRY_STATUS(require_files(
        folder, {"keys/list.dsse.json", "keys/rows.json", "manifest.dsse.json", "attempts.json"}));
    Report report;
    Trail trail = begin_trail(folder, report);
    check_keys(trail, roots);
    check_manifest_and_attempts(trail);
    check_openings(trail);
    check_seals(trail);
    return report;
}

}  // namespace

void add_folder_commands(CommandLine& line) {
    const Session& session = line.session();
    const auto options = std::make_shared<FolderOptions>();
    const auto add = [&](const char* name, MessageId help, Action action) {
        CLI::App& made = line.command(name, help, std::move(action));
        line.option(made, "folder", options->folder, "audit.help.folder"_id)->required();
        line.option(made, "--roots", options->roots, "audit.help.roots"_id);
    };
    add("package", "audit.help.package"_id,
        [&session, options] { return audit_package(session, *options); });
    add("seal", "audit.help.seal"_id,
        [&session, options] { return audit_seal(session, *options); });
}

}  // namespace assay::audit
