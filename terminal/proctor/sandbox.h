#pragma once

#include "crypto/base/result.h"

namespace assay::proctor {

/// Lowest priority, no core file, no debugger, no files made, bounded memory. Before anything is
/// read. kIo where the system refuses.
Status limit_process();

/// From here on only the system calls of a camera loop: no network, no program, no process, no
/// file made. A forbidden call of that kind ends the process; any other fails with EPERM. After
/// the model was loaded and before the first camera byte is read.
Status close_sandbox();

}  // namespace assay::proctor
