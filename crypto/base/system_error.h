#pragma once

#include "crypto/base/disk.h"

namespace assay {

/// What the system said of `path` (an errno) as an error with a sentence of its own where a person
/// can do something about it: kNotFound, kConflict, kFull, kInvalid (a folder, a link that leads to
/// itself), else kIo.
Error system_error(int number, const Path& path);

}  // namespace assay
