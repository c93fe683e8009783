#pragma once

#include <vector>

#include "crypto/base/clock.h"
#include "crypto/base/disk.h"
#include "crypto/base/message.h"

namespace assay::platform {

inline constexpr std::uint64_t kFreeBytesNeeded = 2ULL << 30U;
inline constexpr std::uint64_t kMemoryKibNeeded = 3ULL << 20U;

enum class FactKind {
    kDiskSpace,
    kDiskPersists,  ///< the store's disk kept a marker over a restart of the machine
    kCamera,
    kClock,
    kMemory,
    kSwap,
    kInputMethod,
    kDisplays,
    kVirtualMachine,
    kRemoteSession,
};

enum class FactState {
    kGood,
    kFinding,  ///< a reason to look at; never a refusal by itself
    kUnknown,  ///< cannot be told yet, or not here
};

/// One thing about the machine, with its reason.
struct Fact {
    FactKind kind{};
    FactState state = FactState::kUnknown;
    Message reason;
    friend bool operator==(const Fact&, const Fact&) = default;
};

struct ReadinessSettings {
    Path system = "/";    ///< root of /sys, /proc and /usr
    Path store;           ///< the terminal's store
    WallTime not_before;  ///< the clock cannot be before this, e.g. the manifest's time
    bool camera_wanted = true;
};

/// Looks at the machine once. Errors of looking are kUnknown.
std::vector<Fact> look_at_machine(Disk& disk, const Clock& clock,
                                  const ReadinessSettings& settings);

/// How many displays are connected; nothing where the system does not say.
std::optional<int> count_displays(Disk& disk, const Path& system);

/// Leaves the marker that kDiskPersists looks for: this boot's id, in `store`. To be called once at
/// each start, after look_at_machine.
Status leave_marker(Disk& disk, const ReadinessSettings& settings);

}  // namespace assay::platform
