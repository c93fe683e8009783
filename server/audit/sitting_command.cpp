#include <algorithm>
#include <map>

#include "crypto/command/new_file.h"
#include "server/audit/session.h"
#include "server/audit/trail.h"

// A whole sitting: what its attempts share once, then each attempt, then whether it adds up.
namespace assay::audit {
namespace {

constexpr const char* kAttemptsFolder = "attempts";

struct SittingOptions {
    std::string folder;
    std::string roots;
    std::string out;
};

using Seals = std::vector<std::pair<std::string, record::Seal>>;

/// The newest seal of each room, of those that agreed.
Seals newest_seals(const Trail& trail) {
    std::map<RoomId, std::pair<std::string, record::Seal>> newest;
    for (const std::string& name : trail.folder.names("", "seal", ".dsse.json")) {
        const bool wrong = std::ranges::any_of(trail.report.findings(), [&](const Finding& each) {
            return each.file == name && each.verdict == Verdict::kDisagrees;
        });
        const auto file = trail.folder.envelope(name);
        auto seal = file.ok() ? record::read_signed<record::Seal>(*file)
                              : Result<record::Signed<record::Seal>>(file.error());
        if (wrong || !seal.ok()) {
            continue;
        }
        const auto found = newest.find(seal->object.room);
        if (found == newest.end() || found->second.second.number < seal->object.number) {
            newest.insert_or_assign(seal->object.room, std::pair(name, std::move(seal->object)));
        }
    }
    Seals out;
    for (auto& [room, seal] : newest) {
        out.push_back(std::move(seal));
    }
    return out;
}

/// What the rooms say about one attempt.
std::vector<record::SealRow> rows_of(const Seals& seals, const AttemptId& attempt) {
    std::vector<record::SealRow> out;
    for (const auto& [name, seal] : seals) {
        for (const record::SealRow& row : seal.rows) {
            if (row.attempt == attempt && row.disposition != record::Disposition::kMovedTo) {
                out.push_back(row);
            }
        }
    }
    return out;
}

/// Each attempt has one disposition other than "moved to", and the package that it names.
void check_account(const Trail& shared, const Seals& seals, const record::AttemptRow& row,
                   Report& report) {
    const Message what{"audit.check.account"_id, {{"attempt", row.attempt.hex()}}};
    const auto rows = rows_of(seals, row.attempt);
    if (rows.size() != 1) {
        const Error error =
            disagree("audit.sitting.account"_id, {{"count", std::to_string(rows.size())}});
        report.add(what, "seal*.dsse.json", error);
        return;
    }
    const std::string file =
        std::string(kAttemptsFolder) + "/" + row.attempt.hex() + "/package.dsse.json";
    if (!rows.front().package) {
        report.add(what, "seal*.dsse.json", Ok{});
        return;
    }
    if (!shared.folder.has(file)) {
        report.missing(what, file, {"audit.why.missing"_id, {}});
        return;
    }
    const auto check = [&]() -> Status {
        ASSAY_TRY(const Bytes bytes, shared.folder.envelope(file));
        ASSAY_TRY(const auto package, record::read_signed<record::Package>(bytes));
        return package.digest == *rows.front().package
                   ? Status(Ok{})
                   : Status(disagree("audit.sitting.other-package"_id));
    };
    report.add(what, file, check());
}

/// Proven things go into the attempt's trail and come back: they may be large.
void lend(Trail& from, Trail& to) {
    to.keys = std::move(from.keys);
    to.manifest = std::move(from.manifest);
    to.attempts = std::move(from.attempts);
    to.enrolments = std::move(from.enrolments);
    to.openings = std::move(from.openings);
}

/// The desk's proof stays at the site where nobody brought it.
void check_one(Trail& shared, const Folder& folder, const AttemptId& attempt, Report& report) {
    Report own;
    Trail trail = begin_trail(folder, own);
    lend(shared, trail);
    check_package(trail);
    if (trail.package && trail.package->object.attempt != attempt) {
        own.add({"audit.check.package"_id, {}}, "package.dsse.json",
                disagree("audit.sitting.other-attempt"_id));
    }
    check_receipt(trail);
    if (folder.has_own("site-proof.txt")) {
        check_site_proof(trail);
    }
    check_contents(trail);
    check_evidence(trail);
    check_score(trail);
    lend(trail, shared);
    const std::string below = std::string(kAttemptsFolder) + "/" + attempt.hex() + "/";
    report.append(own, [&](const std::string& file) {
        const bool is_shared = !folder.has_own(file) && folder.has(file);
        return is_shared ? file : below + file;
    });
}

/// A folder that is no attempt of the manifest.
void check_strangers(const Trail& shared, Report& report) {
    for (const std::string& name : shared.folder.names(kAttemptsFolder, "", "")) {
        const auto id = AttemptId::from_hex(name.substr(name.find('/') + 1));
        if (!id.ok() || shared.attempts->find(*id) == nullptr) {
            report.add({"audit.check.attempts"_id, {}}, name,
                       disagree("audit.sitting.stranger"_id));
        }
    }
}

Report audit_sitting(const Session& session, const Path& path, const std::optional<Digest>& roots) {
    Report report;
    const Folder folder(session.disk, path);
    Trail shared = begin_trail(folder, report);
    check_keys(shared, roots);
    check_manifest_and_attempts(shared);
    check_machines(shared);
    check_openings(shared);
    check_seals(shared);
    if (!shared.attempts) {
        return report;
    }
    const Seals seals = newest_seals(shared);
    std::vector<record::AttemptRow> rows = shared.attempts->attempts;
    for (const record::AttemptRow& row : rows) {
        check_account(shared, seals, row, report);
        const Path own = path / kAttemptsFolder / row.attempt.hex();
        if (session.disk.exists(own / "package.dsse.json")) {
            check_one(shared, Folder(session.disk, own, path), row.attempt, report);
        }
    }
    check_strangers(shared, report);
    return report;
}

/// The report in each language, and for programs.
Status write_reports(const Session& session, const Report& report, const Path& out) {
    ASSAY_TRY_STATUS(session.disk.make_folders(out));
    command::NewFiles files(session.disk);
    for (const text::Language language : {text::Language::kChinese, text::Language::kEnglish}) {
        const Path file = out / ("report." + std::string(text::language_tag(language)) + ".txt");
        ASSAY_TRY_STATUS(files.write(file, as_bytes(report.text(session.texts, language))));
    }
    const std::string json = report.json(session.texts, session.language);
    ASSAY_TRY_STATUS(files.write(out / "report.json", as_bytes(json)));
    files.keep();
    return Ok{};
}

Result<Report> run(const Session& session, const SittingOptions& options) {
    ASSAY_TRY(const auto roots, roots_value(options.roots));
    ASSAY_TRY_STATUS(require_folder(session, options.folder));
    const Folder folder(session.disk, options.folder);
    ASSAY_TRY_STATUS(require_files(
        folder, {"keys/list.dsse.json", "keys/rows.json", "manifest.dsse.json", "attempts.json"}));
    Report report = audit_sitting(session, options.folder, roots);
    if (!options.out.empty()) {
        ASSAY_TRY_STATUS(write_reports(session, report, options.out));
    }
    return report;
}

}  // namespace

void add_sitting_command(CommandLine& line) {
    const Session& session = line.session();
    const auto options = std::make_shared<SittingOptions>();
    CLI::App& made = line.command("sitting", "audit.help.sitting"_id,
                                  [&session, options] { return run(session, *options); });
    line.option(made, "folder", options->folder, "audit.help.folder"_id)->required();
    line.option(made, "--roots", options->roots, "audit.help.roots"_id);
    line.option(made, "--out", options->out, "audit.help.report-out"_id);
}

}  // namespace assay::audit
