#pragma once

#include <span>
#include <string_view>

#include "crypto/base/message.h"

namespace assay::kiosk {

enum class StepKind {
    kFile,     ///< `path` holds what files/`path` holds, with `mode`
    kMask,     ///< `path` is a link to /dev/null
    kLink,     ///< `path` is a link to `value`
    kDesk,     ///< `path` names the desk: written from --desk
    kNoSwap,   ///< no line of `path` (a fstab) mounts swap
    kLive,     ///< the running kernel says `value` in `path`; only looked at
    kNoLive,   ///< `path` (a table with a heading) lists nothing; only looked at
    kSocket,   ///< on a machine that runs, a socket is at `path`; only looked at
    kProgram,  ///< `path` is there, from the package `value`; only looked at
};

// NOLINTNEXTLINE(clang-analyzer-optin.performance.Padding): in the order in which a row is read
struct Step {
    StepKind kind;
    std::string_view path;  ///< below the root, without a leading '/'
    std::string_view value = "";
    unsigned mode = 0644;
};

/// One row of the lockdown: what it is for, and what makes it so.
struct Measure {
    std::string_view id;
    MessageId what;
    std::span<const Step> steps;
};

/// All rows, in the order in which they are applied; reverting goes backwards.
std::span<const Measure> measures();

}  // namespace assay::kiosk
