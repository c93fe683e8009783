#include "server/cli/command_line.h"

namespace assay::server_cli {

CommandLine::CommandLine(CLI::App& app, const Session& session) : app_(app), session_(session) {
    app_.require_subcommand(1);
    app_.set_help_flag("-h,--help", session_.say("server.help.help"_id));
}

CLI::App& CommandLine::command(const char* name, MessageId help, Action action) {
    auto* added = app_.add_subcommand(name, session_.say(help));
    added->set_help_flag("-h,--help", session_.say("server.help.help"_id));
    added->fallthrough();
    added->callback([this, action = std::move(action)] { chosen_ = action; });
    return *added;
}

void CommandLine::house_options(CLI::App& command, HouseOptions& where) {
    required(command, "--folder", where.folder, "server.help.folder"_id);
    required(command, "--keys", where.keys.path, "server.help.keys"_id);
    required(command, "--pin-fd", where.keys.pin_fd, "server.help.pin-fd"_id);
}

}  // namespace assay::server_cli
