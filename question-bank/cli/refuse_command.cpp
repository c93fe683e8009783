// assay-bank refuse --cases FILE --root DIR: what happens to content that should not pass.
#include <memory>

#include "question-bank/cli/case_lines.h"
#include "question-bank/cli/check_report.h"
#include "question-bank/cli/command_line.h"

namespace assay::bank {

namespace {

namespace json = boost::json;

struct Options {
    std::string cases;
    std::string root;
};

/// The first finding of a kind as "file: sentence".
template <typename Wanted>
std::string reason(const CheckReport& report, const Session& session, Wanted wanted) {
    for (const auto& finding : report.findings) {
        if (wanted(finding)) {
            return finding.file + ": " + session.say(finding.what);
        }
    }
    return {};
}

json::object verdict(const Session& session, const Path& path) {
    const auto report = check_path(session.disk, path);
    if (!report.ok()) {
        return {{"result", "rejected"}, {"reason", session.say(report.error().what)}};
    }
    const auto error = [](const CheckFinding& f) { return f.severity == Severity::kError; };
    const auto unsafe = [](const CheckFinding& f) { return f.area == Area::kSafety; };
    const auto odd = [](const CheckFinding& f) {
        return f.area == Area::kContent && f.severity == Severity::kWarning;
    };
    if (report->has(Severity::kError)) {
        return {{"result", "rejected"}, {"reason", reason(*report, session, error)}};
    }
    if (report->has(Area::kSafety)) {
        return {{"result", "cleaned"}, {"reason", reason(*report, session, unsafe)}};
    }
    const auto found = reason(*report, session, odd);
    return {{"result", found.empty() ? "accepted" : "diagnosed"}, {"reason", found}};
}

Result<int> run(const Session& session, const Options& options) {
    ASSAY_TRY(auto cases, CaseLines::open(session.disk, options.cases));
    for (;;) {
        const auto one = cases.next();
        if (one.ok() && !*one) {
            return 0;
        }
        if (!one.ok() && one.error().code != Code::kInvalid) {
            return one.error();
        }
        const auto name = one.ok() ? text_member(**one, "file") : std::string();
        const auto path = one.ok() ? below(options.root, name) : Result<Path>(one.error());
        json::object out{{"file", name}};
        const auto said = path.ok() ? verdict(session, *path)
                                    : json::object{{"result", "rejected"},
                                                   {"reason", session.say(path.error().what)}};
        for (const auto& member : said) {
            out.insert(member);
        }
        print(json::serialize(out));
    }
}

}  // namespace

void add_refuse_command(CommandLine& line) {
    auto options = std::make_shared<Options>();
    const auto& session = line.session();
    auto& command = line.command("refuse", "bank.help.refuse"_id,
                                 [options, &session] { return run(session, *options); });
    line.required(command, "--cases", options->cases, "bank.help.cases"_id);
    line.required(command, "--root", options->root, "bank.help.root"_id);
}

}  // namespace assay::bank
