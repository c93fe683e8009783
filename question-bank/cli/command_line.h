#pragma once

#include <CLI/CLI.hpp>

#include "question-bank/cli/session.h"

namespace assay::bank {

/// The tree of commands. Each command keeps its options in a shared struct and, when it is chosen,
/// leaves an action here; nothing runs while the command line is still being read.
class CommandLine {
  public:
    CommandLine(CLI::App& app, const Session& session);

    CLI::App& command(const char* name, MessageId help, Action action);

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
void add_check_command(CommandLine& line);
void add_score_command(CommandLine& line);
void add_refuse_command(CommandLine& line);
void add_seal_command(CommandLine& line);
void add_verify_command(CommandLine& line);
void add_open_command(CommandLine& line);
void add_kit_command(CommandLine& line);

}  // namespace assay::bank
