#pragma once

#include <functional>
#include <string>

#include <CLI/CLI.hpp>

#include "crypto/base/disk.h"
#include "server/audit/report.h"

namespace assay::audit {

/// What every command may use. Lives as long as the program.
struct Session {
    Disk& disk;
    const text::Texts& texts;
    text::Language language;

    std::string say(MessageId id) const { return texts.say(language, id); }
};

/// What a command does: its report, or why it could not even begin.
using Action = std::function<Result<Report>()>;

/// The tree of commands. A command keeps its options in a shared struct and, when it is chosen,
/// leaves its action here.
class CommandLine {
  public:
    CommandLine(CLI::App& app, const Session& session);

    CLI::App& command(const char* name, MessageId help, Action action);
    CLI::Option* option(CLI::App& command, const char* name, std::string& value, MessageId help) {
        return command.add_option(name, value, session_.say(help));
    }
    CLI::App& root() { return app_; }
    const Session& session() const { return session_; }
    const Action& chosen() const { return chosen_; }
    bool json = false;

  private:
    CLI::App& dress(CLI::App& app);
    CLI::App& app_;
    const Session& session_;
    Action chosen_;
};

void add_folder_commands(CommandLine& line);
void add_proof_commands(CommandLine& line);

}  // namespace assay::audit
