#include "server/audit/session.h"

#include <iostream>

namespace assay::audit {

CommandLine::CommandLine(const Session& session, const std::string& name, MessageId help)
    : command::CommandLine(session, name, help) {
    flag(root(), "--json", json_, "audit.help.json"_id);
}

CLI::App& CommandLine::command(const char* name, MessageId help, Action action) {
    return command::CommandLine::command(
        name, help, [this, action = std::move(action)]() -> Result<int> {
            ASSAY_TRY(const Report report, action());
            const Session& told = session();
            std::cout << (json_ ? report.json(told.texts, told.language)
                                : report.text(told.texts, told.language));
            return report.exit_code();
        });
}

}  // namespace assay::audit
