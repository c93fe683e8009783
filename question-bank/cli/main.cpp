#include "crypto/command/program.h"
#include "question-bank/cli/command_line.h"

int main(int argc, char** argv) {
    using namespace assay;
    command::Program program("assay-bank", argc, argv);
    bank::CommandLine line(program.session(), program.name(), "bank.help.program"_id);
    bank::add_check_command(line);
    bank::add_preview_command(line);
    bank::add_score_command(line);
    bank::add_refuse_command(line);
    bank::add_seal_command(line);
    bank::add_verify_command(line);
    bank::add_open_command(line);
    bank::add_kit_command(line);
    bank::add_withdraw_command(line);
    bank::add_convert_command(line);
    bank::add_template_command(line);
    return program.run(line, argc, argv);
}
