#pragma once

#include <memory>

#include <CLI/CLI.hpp>

#include "server/cli/house.h"

namespace assay::server_cli {

/// The tree of commands. Each command keeps its options in a shared struct and, when it is chosen,
/// leaves an action here; nothing runs while the command line is still being read.
class CommandLine {
  public:
    CommandLine(CLI::App& app, const Session& session);

    CLI::App& command(const char* name, MessageId help, Action action);
    /// A command that opens the server's folder: --folder, --keys, --pin-fd.
    template <typename Act>
    CLI::App& on_house(const char* name, MessageId help, Act act) {
        const auto where = std::make_shared<HouseOptions>();
        CLI::App& added = command(name, help, [this, where, act]() -> Result<int> {
            ASSAY_TRY(const auto house, House::open(session_, *where));
            return act(*house);
        });
        house_options(added, *where);
        return added;
    }
    void house_options(CLI::App& command, HouseOptions& where);

    template <typename T>
    CLI::Option* option(CLI::App& command, const char* name, T& value, MessageId help) {
        return command.add_option(name, value, session_.say(help));
    }
    template <typename T>
    void required(CLI::App& command, const char* name, T& value, MessageId help) {
        option(command, name, value, help)->required();
    }
    void flag(CLI::App& command, const char* name, bool& value, MessageId help) {
        command.add_flag(name, value, session_.say(help));
    }

    const Session& session() const { return session_; }
    const Action& chosen() const { return chosen_; }

  private:
    CLI::App& app_;
    const Session& session_;
    Action chosen_;
};

// A line for each file NAME_command.cpp.
void add_keep_commands(CommandLine& line);
void add_draft_commands(CommandLine& line);
void add_plan_command(CommandLine& line);
void add_run_command(CommandLine& line);
void add_import_command(CommandLine& line);
void add_score_commands(CommandLine& line);
void add_status_command(CommandLine& line);

}  // namespace assay::server_cli
