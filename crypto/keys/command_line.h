#pragma once

#include "crypto/keys/session.h"

namespace assay::keys {

/// The commands of assay-keys: each is done, or says why not.
class CommandLine : public command::CommandLine {
  public:
    using command::CommandLine::CommandLine;

    template <typename Act>
    CLI::App& command(CLI::App& parent, const char* name, MessageId help, const Act& act) {
        return command::CommandLine::command(parent, name, help, [act]() -> Result<int> {
            ASSAY_TRY_STATUS(act());
            return 0;
        });
    }
    /// A whole number from `least` to `most`. Without it CLI11 takes -1 for the largest there is.
    template <typename T>
    CLI::Option* number(CLI::App& command, const char* name, T& value, MessageId help, T least,
                        T most) {
        return option(command, name, value, help)->check(CLI::Range(least, most));
    }
    /// --pin-fd.
    void pin(CLI::App& command, PinSource& source) { command::pin_option(*this, command, source); }
    /// --new-pin-fd, where a command reads two.
    void new_pin(CLI::App& command, PinSource& source) {
        option(command, "--new-pin-fd", source.fd, "keys.help.new-pin-fd"_id);
    }
};

// A line for each file NAME_command.cpp.
void add_ring_commands(CommandLine& line);
void add_file_commands(CommandLine& line);
void add_age_commands(CommandLine& line);
void add_share_commands(CommandLine& line);
void add_statement_commands(CommandLine& line);
void add_list_commands(CommandLine& line);
/// Into the group "list".
void add_list_change_commands(CommandLine& line, CLI::App& list);
void add_convert_commands(CommandLine& line);
void add_ceremony_commands(CommandLine& line);

}  // namespace assay::keys
