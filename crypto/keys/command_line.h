#pragma once

#include <CLI/CLI.hpp>

#include "crypto/key_ring.h"
#include "crypto/keys/pin.h"
#include "crypto/keys/session.h"

namespace assay::keys {

/// The tree of commands. Each command keeps its options in a shared struct and, when it is chosen,
/// leaves an action here; nothing runs while the command line is still being read.
class CommandLine {
  public:
    CommandLine(CLI::App& app, const Session& session);

    /// A command below `parent` that groups others.
    CLI::App& group(const char* name, MessageId help);
    CLI::App& command(CLI::App& parent, const char* name, MessageId help, Action action);

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
    /// --pin-fd, or another name for a second PIN.
    void pin(CLI::App& command, PinSource& source, const char* name = "--pin-fd");

    CLI::App& root() { return app_; }
    const Session& session() const { return session_; }
    const Action& chosen() const { return chosen_; }

  private:
    CLI::App& dress(CLI::App& app);
    CLI::App& app_;
    const Session& session_;
    Action chosen_;
};

/// A key ring by path, opened with its PIN.
Result<crypto::KeyRing> open_ring(const Session& session, const Path& path,
                                  const PinSource& source);

void add_ring_commands(CommandLine& line);
void add_file_commands(CommandLine& line);
void add_age_commands(CommandLine& line);
void add_share_commands(CommandLine& line);
void add_statement_commands(CommandLine& line);
void add_list_commands(CommandLine& line);

}  // namespace assay::keys
