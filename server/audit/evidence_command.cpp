#include "crypto/command/new_file.h"
#include "server/audit/evidence_page.h"
#include "server/audit/session.h"
#include "server/audit/trail.h"

namespace assay::audit {
namespace {

constexpr std::uint64_t kUnexplainedSecondsMax = 60;

struct EvidenceOptions {
    std::string folder;
    std::string roots;
    std::string out;
};

/// Says of the seconds what the journal says of them.
void report_continuity(Trail& trail, const EvidenceAccount& account) {
    const Message what{"audit.check.continuity"_id,
                       {{"covered", std::to_string(account.covered_seconds)},
                        {"missing", std::to_string(account.missing_seconds())},
                        {"shed", std::to_string(account.shed_seconds())}}};
    const std::uint64_t rest = account.unexplained_seconds();
    if (rest > kUnexplainedSecondsMax) {
        trail.report.skip(what, "package.age",
                          {"audit.why.unexplained"_id, {{"seconds", std::to_string(rest)}}});
    } else {
        trail.report.add(what, "package.age", Ok{});
    }
}

Result<Report> write_evidence(const Session& session, const EvidenceOptions& options) {
    ASSAY_TRY(const auto roots, roots_value(options.roots));
    ASSAY_TRY_STATUS(require_folder(session, options.folder));
    const Folder folder(session.disk, options.folder);
    Report report;
    Trail trail = begin_trail(folder, report);
    check_attempt(trail, roots);
    if (!trail.contents) {
        return fail(Code::kNotFound, "audit.evidence.closed"_id);
    }
    ASSAY_TRY(const auto key, read_identity(folder, "attempt.key"));
    ASSAY_TRY(const EvidenceAccount account, account_of(trail, key));
    report_continuity(trail, account);
    const std::string page = evidence_page(session, trail, account);
    if (page.size() > kPageBytesMax) {
        return fail(Code::kLimit, "audit.evidence.page"_id);
    }
    ASSAY_TRY_STATUS(command::write_new(session.disk, options.out, as_bytes(page)));
    return report;
}

}  // namespace

void add_evidence_command(CommandLine& line) {
    const Session& session = line.session();
    const auto options = std::make_shared<EvidenceOptions>();
    CLI::App& made = line.command("evidence", "audit.help.evidence"_id, [&session, options] {
        return write_evidence(session, *options);
    });
    line.option(made, "folder", options->folder, "audit.help.folder"_id)->required();
    line.option(made, "--out", options->out, "audit.help.evidence-out"_id)->required();
    line.option(made, "--roots", options->roots, "audit.help.roots"_id);
}

}  // namespace assay::audit
