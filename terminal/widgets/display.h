#pragma once

#include "crypto/base/result.h"

namespace assay::widgets {

/// Opens the display that windows will be on. kUnavailable where there is none: to be called before
/// wx is started, which without a display prints a line of its own and crashes at its end.
Status open_display();

}  // namespace assay::widgets
