#include "crypto/command/program.h"
#include "crypto/keys/command_line.h"

int main(int argc, char** argv) {
    using namespace assay;
    command::Program program("assay-keys", argc, argv);
    keys::CommandLine line(program.session(), program.name(), "keys.help.program"_id);
    keys::add_ring_commands(line);
    keys::add_file_commands(line);
    keys::add_age_commands(line);
    keys::add_share_commands(line);
    keys::add_statement_commands(line);
    keys::add_list_commands(line);
    keys::add_convert_commands(line);
    keys::add_ceremony_commands(line);
    return program.run(line, argc, argv);
}
