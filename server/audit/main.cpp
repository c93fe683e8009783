#include "crypto/command/program.h"
#include "server/audit/log_command.h"
#include "server/audit/session.h"

int main(int argc, char** argv) {
    using namespace assay;
    command::Program program("assay-audit", argc, argv);
    audit::CommandLine line(program.session(), program.name(), "audit.help.program"_id);
    audit::add_folder_commands(line);
    audit::add_sitting_command(line);
    audit::add_proof_commands(line);
    audit::add_evidence_command(line);
    audit::add_log_command(line);
    return program.run(line, argc, argv);
}
