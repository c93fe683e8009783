#pragma once

#include "question-bank/item/package.h"

namespace assay::bank {

/// What a person names on the command line: a zip, a folder, or a single item or test file, which
/// becomes the only one of a package.
Result<item::Package> open_package(Disk& disk, const Path& path,
                                   const item::PackageLimits& limits = {});

}  // namespace assay::bank
