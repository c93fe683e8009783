#pragma once

#include <span>
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
    kDiskKind,      ///< a disk in memory or over another one forgets at the next start
    kCamera,
    kClock,
    kMemory,
    kSwap,
    kInputMethod,
    kDisplays,
    kVirtualMachine,
    kRemoteSession,
    kFonts,
    kNetworkPaths,  ///< ways out besides the one to the desk
};

enum class FactState {
    kGood,
    kFinding,  ///< a reason to look at; never a refusal by itself
    kUnknown,  ///< cannot be told yet, or not here
};

/// What a finding of a kind means for the sitting.
enum class Grade {
    kSeat,  ///< nobody may sit here before it is mended, or two invigilators take it on themselves
    kWarn,
};
Grade grade_of(FactKind kind);

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

/// Whether a seat may be used: no fact of grade kSeat but good ones. What is not known yet blocks
/// as well: a disk is believed only after it was seen to keep something.
bool seat_is_ready(std::span<const Fact> facts);

/// How many displays are connected; nothing where the system does not say.
std::optional<int> count_displays(Disk& disk, const Path& system);

/// Leaves the marker that kDiskPersists looks for: the ids of this start of the machine and of the
/// one before, a line each, in `store`. To be called once at
/// each start, after look_at_machine.
Status leave_marker(Disk& disk, const ReadinessSettings& settings);

}  // namespace assay::platform
