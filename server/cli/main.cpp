#include "crypto/command/program.h"
#include "server/cli/command_line.h"

int main(int argc, char** argv) {
    using namespace assay;
    command::Program program("assay-server", argc, argv);
    server_cli::CommandLine line(program.session(), program.name(), "server.help.program"_id);
    server_cli::add_keep_commands(line);
    server_cli::add_draft_commands(line);
    server_cli::add_plan_command(line);
    server_cli::add_run_command(line, server_cli::ServiceEnvironment::read());
    server_cli::add_import_command(line);
    server_cli::add_score_commands(line);
    server_cli::add_disclosure_commands(line);
    server_cli::add_paper_commands(line);
    server_cli::add_status_command(line);
    server_cli::add_ruling_commands(line);
    server_cli::add_backup_commands(line);
    server_cli::add_log_commands(line);
    server_cli::add_witness_command(line);
    return program.run(line, argc, argv);
}
