#pragma once

#include "question-bank/cli/command_line.h"
#include "question-bank/item/package.h"

namespace assay::bank {

/// What a person names on the command line: a zip, a folder, or a single item or test file, which
/// becomes the only one of a package.
Result<item::Package> open_package(Disk& disk, const Path& path,
                                   const item::PackageLimits& limits = {});

/// The limits of a package as a command's options have them, in the units that people type.
struct LimitOptions {
    std::uint64_t unpacked_mib = 0;
    std::uint64_t packed_mib = 0;
    std::size_t entries = 0;
    std::uint64_t ratio = 0;
    std::size_t depth = 0;
    std::size_t nodes = 0;

    /// Holding the defaults of item::PackageLimits.
    LimitOptions();
    item::PackageLimits limits() const;
};

/// Adds the options to a command that reads a package.
void limit_options(CommandLine& line, CLI::App& command, LimitOptions& options);

}  // namespace assay::bank
