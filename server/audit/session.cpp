#include "server/audit/session.h"

#include <algorithm>
#include <iostream>

namespace assay::audit {

CommandLine::CommandLine(const Session& session, const std::string& name, MessageId help)
    : command::CommandLine(session, name, help) {
    flag(root(), "--json", json_, "audit.help.json"_id);
}

CLI::App& CommandLine::command(const char* name, MessageId help, Action action) {
    return command::CommandLine::command(
        name, help, [this, action = std::move(action)]() -> Result<int> {
            const Result<Report> report = action();
            if (!report.ok()) {
                return could_not_begin(report.error());
            }
            const Session& told = session();
            std::cout << (json_ ? report->json(told.texts, told.language)
                                : report->text(told.texts, told.language));
            return report->exit_code();
        });
}

Error CommandLine::could_not_begin(const Error& error) const {
    const auto file =
        std::ranges::find(error.what.args, "file", [](const auto& arg) { return arg.first; });
    if (json_ && error.what.id == "audit.folder.missing"_id && file != error.what.args.end()) {
        Report report;
        report.missing(error.what, file->second, {"audit.why.missing"_id, {}});
        std::cout << report.json(session().texts, session().language);
    }
    return error;
}

Status require_folder(const Session& session, const std::string& folder) {
    return session.disk.list(folder).ok()
               ? Status(Ok{})
               : fail(Code::kNotFound, "audit.folder.none"_id, {{"folder", folder}});
}

}  // namespace assay::audit
