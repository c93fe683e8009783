#include "question-bank/cli/command_line.h"

namespace assay::bank {

CommandLine::CommandLine(CLI::App& app, const Session& session) : app_(app), session_(session) {
    app_.require_subcommand(1);
    app_.set_help_flag("-h,--help", session_.say("bank.help.help"_id));
}

CLI::App& CommandLine::command(const char* name, MessageId help, Action action) {
    auto* added = app_.add_subcommand(name, session_.say(help));
    added->set_help_flag("-h,--help", session_.say("bank.help.help"_id));
    added->callback([this, action = std::move(action)] { chosen_ = action; });
    return *added;
}

}  // namespace assay::bank
