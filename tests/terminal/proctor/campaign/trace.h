#pragma once

#include "tests/terminal/proctor/campaign/session.h"

namespace assay::proctor::campaign {

/// Prints what each analysed frame between two times of a session shows, and writes the frames into
/// `folder` where one is named: to find out whether a miss is the scene's fault or the logic's.
void trace(const Plan& plan, const Sitter& sitter, milliseconds from, milliseconds to,
           const Path& folder);

}  // namespace assay::proctor::campaign
