#pragma once

#include <string>

#include "question-bank/cli/check_report.h"
#include "question-bank/cli/command_line.h"

namespace assay::bank {

/// The report as one HTML page without script or address, in the session's language.
std::string check_page(const CheckReport& report, const Session& session);

}  // namespace assay::bank
