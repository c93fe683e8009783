#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <optional>

#include "crypto/base/clock.h"
#include "crypto/base/ids.h"
#include "crypto/base/random.h"

namespace assay::server_core {

/// Packages that one slot is good for.
inline constexpr std::uint32_t kSlotPackages = 16;
/// A slot that is not used this long after its start is gone.
inline constexpr std::chrono::seconds kSlotUse{60};
/// Drawn anew for each slot, so that desks of one second do not come in one moment.
inline constexpr std::chrono::milliseconds kSlotJitter{2000};
/// Nobody is sent away for longer: what stands further behind is spread over the second half.
inline constexpr std::chrono::seconds kSlotWaitMax{300};
/// Desks that hold a slot; what comes beyond it is told to wait and not remembered.
inline constexpr std::size_t kSlotsMax = 16'384;

/// Whose packages come when. A desk comes as it likes while the server keeps up; when more comes
/// than `per_second`, after a second's worth at once, each desk gets a slot of its own, one behind
/// the other, and is told when it begins. Thread-safe, quick.
class UploadSlots {
  public:
    /// `per_second` 0: everyone always.
    UploadSlots(const Clock& clock, Random& random, std::uint32_t per_second)
        : clock_(clock), random_(random), per_second_(per_second) {}

    /// Nothing: now. Else how long to wait; asking again before that gives the same slot.
    std::optional<std::chrono::seconds> ask(const MachineId& desk);

  private:
    struct Slot {
        SteadyTime start;
        std::uint32_t left;
    };
    SteadyTime take(std::uint32_t packages, SteadyTime now);
    SteadyTime give(const MachineId& desk, SteadyTime now);
    bool may_remember(SteadyTime now);
    std::uint64_t draw(std::uint64_t below);

    const Clock& clock_;
    Random& random_;
    std::uint32_t per_second_;
    std::mutex lock_;
    std::chrono::duration<std::int64_t, std::micro> next_{0};  ///< first place that is free
    SteadyTime forget_at_{0};
    std::map<MachineId, Slot> slots_;
};

}  // namespace assay::server_core
