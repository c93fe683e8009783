#pragma once

#include <string>

#include "crypto/slip39.h"

namespace assay::keys {

/// "2/3": any two of three. kUsage for another form; what SLIP-39 can hold is for slip39_split.
Result<crypto::ShareGroup> read_group(const std::string& text);

}  // namespace assay::keys
