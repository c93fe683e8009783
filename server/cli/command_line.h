#pragma once

#include <memory>

#include "server/cli/house.h"
#include "server/cli/service.h"

namespace assay::server_cli {

/// The commands of assay-server.
class CommandLine : public command::CommandLine {
  public:
    using command::CommandLine::CommandLine;

    /// A command that opens the server's folder: --folder, --keys, --pin-fd.
    template <typename Act>
    CLI::App& on_house(const char* name, MessageId help, const Act& act) {
        const auto where = std::make_shared<HouseOptions>();
        CLI::App& added = command(name, help, [this, where, act]() -> Result<int> {
            ASSAY_TRY(const auto house, House::open(session(), *where));
            return act(*house);
        });
        house_options(added, *where);
        return added;
    }
    void house_options(CLI::App& command, HouseOptions& where) {
        required(command, "--folder", where.folder, "server.help.folder"_id);
        required(command, "--keys", where.keys.path, "server.help.keys"_id);
        command::pin_option(*this, command, where.keys.pin);
        option(command, "--log-mirror", where.log_mirror, "server.help.log-mirror"_id);
        option(command, "--last-head", where.last_head, "server.help.last-head"_id);
    }
};

// A line for each file NAME_command.cpp.
void add_keep_commands(CommandLine& line);
void add_draft_commands(CommandLine& line);
void add_plan_command(CommandLine& line);
void add_run_command(CommandLine& line, const ServiceEnvironment& environment);
void add_import_command(CommandLine& line);
void add_score_commands(CommandLine& line);
void add_disclosure_commands(CommandLine& line);
void add_paper_commands(CommandLine& line);
void add_status_command(CommandLine& line);
void add_ruling_commands(CommandLine& line);
void add_backup_commands(CommandLine& line);
void add_log_commands(CommandLine& line);
void add_witness_command(CommandLine& line);

}  // namespace assay::server_cli
