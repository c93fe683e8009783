#pragma once

#include <memory>

#include <CLI/CLI.hpp>

#include "crypto/command/session.h"

namespace assay::command {

/// The tree of commands of a program, or its options where it has no commands. Each command keeps
/// its options in a shared struct and, when it is chosen, leaves an action here; nothing runs while
/// the command line is still being read. All help and every complaint is in the session's language.
class CommandLine {  // NOLINT(cppcoreguidelines-special-member-functions): members clean up
  public:
    /// `name` as people type it, "assay-keys"; `help` says what the program is for.
    CommandLine(const Session& session, const std::string& name, MessageId help);
    CommandLine(const CommandLine&) = delete;
    CommandLine& operator=(const CommandLine&) = delete;

    /// For a program without commands.
    void acts(Action action) { chosen_ = std::move(action); }
    /// A command below `parent` that groups others.
    CLI::App& group(const char* name, MessageId help);
    CLI::App& command(CLI::App& parent, const char* name, MessageId help, Action action);
    CLI::App& command(const char* name, MessageId help, Action action) {
        return command(app_, name, help, std::move(action));
    }

    template <typename T>
    CLI::Option* option(CLI::App& command, const char* name, T& value, MessageId help) {
        return command.add_option(name, value, session_.say(help));
    }
    template <typename T>
    void required(CLI::App& command, const char* name, T& value, MessageId help) {
        option(command, name, value, help)->required();
    }
    CLI::Option* flag(CLI::App& command, const char* name, bool& value, MessageId help) {
        return command.add_flag(name, value, session_.say(help));
    }

    CLI::App& root() { return app_; }
    const Session& session() const { return session_; }

    /// Reads the arguments. Nothing where the program ends here with code 0: it has shown its help
    /// or its version. Errors: kUsage.
    Result<bool> parse(int argc, char** argv);
    /// What parse() chose.
    const Action& chosen() const { return chosen_; }

  private:
    void dress(CLI::App& app);

    const Session& session_;
    CLI::App app_;
    std::string language_;
    Action chosen_;
};

}  // namespace assay::command
