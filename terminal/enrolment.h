#pragma once

#include "terminal/seat.h"

namespace assay::terminal {

/// Enrols with a code as typed or read: spaces at the ends do not matter.
Status enrol_with(const Arguments& arguments, Machine& machine, const std::string& code,
                  const std::string& seat);

/// With the code in arguments.room_code_file.
Status enrol_from_file(World& world, const Arguments& arguments, Machine& machine);

}  // namespace assay::terminal
