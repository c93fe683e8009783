#pragma once

#include "crypto/command/command_line.h"
#include "crypto/command/new_file.h"
#include "crypto/command/pin.h"

namespace assay::bank {

using command::CommandLine;
using command::PinSource;
using command::print;
using command::read_new_pin;
using command::Session;
using command::tell;
using command::write_new;

// A line for each file NAME_command.cpp.
void add_check_command(CommandLine& line);
void add_preview_command(CommandLine& line);
void add_score_command(CommandLine& line);
void add_refuse_command(CommandLine& line);
void add_seal_command(CommandLine& line);
void add_verify_command(CommandLine& line);
void add_open_command(CommandLine& line);
void add_kit_command(CommandLine& line);
void add_withdraw_command(CommandLine& line);
void add_convert_command(CommandLine& line);
void add_template_command(CommandLine& line);

}  // namespace assay::bank
