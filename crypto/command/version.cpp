#include "crypto/command/version.h"

namespace assay::command {

std::string version() { return ASSAY_VERSION; }

}  // namespace assay::command
