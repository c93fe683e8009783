#pragma once

#include "crypto/text/texts.h"
#include "terminal/seat.h"

namespace assay::terminal {

/// Runs the window until it is closed: enrolment where it is needed, then the sitting. Gives the
/// exit code; kUnavailable without a display. Once a process.
Result<int> run_window(World& world, const Arguments& arguments, const text::Texts& texts,
                       Machine& machine, platform::KeptKey* keeper);

}  // namespace assay::terminal
