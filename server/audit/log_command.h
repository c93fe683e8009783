#pragma once

#include "server/audit/session.h"

namespace assay::audit {

/// `log FOLDER`: a whole copy of a transparency log, with receipts that somebody kept.
void add_log_command(CommandLine& line);

}  // namespace assay::audit
