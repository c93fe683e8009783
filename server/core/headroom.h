#pragma once

#include <atomic>

#include "crypto/base/disk.h"

namespace assay::server_core {

/// What a disk that runs full takes last: each level refuses what the one before did, too.
enum class Room {
    kPlenty,
    kNoEvidence,  ///< below the reserve: no new evidence and candidates' files
    kNoSittings,  ///< below half of it: no new banks and sittings either
    kNoPackages,  ///< below an eighth: nothing but what makes room
};
inline constexpr std::uint64_t kSittingsShare = 2;
inline constexpr std::uint64_t kPackagesShare = 8;

/// Watches the free bytes of the store's disk. Thread-safe.
class Headroom {
  public:
    /// `reserve` bytes; 0 never refuses.
    Headroom(Disk& disk, Path folder, std::uint64_t reserve)
        : disk_(disk), folder_(std::move(folder)), reserve_(reserve) {}

    /// Looks at the disk; the level from now on. An unreadable disk leaves it as it was.
    Room look();
    Room level() const { return level_.load(); }
    std::uint64_t free_bytes() const { return free_.load(); }
    std::uint64_t reserve() const { return reserve_; }

    /// kFull from level `from` on.
    Status allow(Room from) const;

  private:
    Disk& disk_;
    Path folder_;
    std::uint64_t reserve_;
    std::atomic<std::uint64_t> free_ = 0;
    std::atomic<Room> level_ = Room::kPlenty;
};

/// allow(), where there is a watch.
inline Status room_for(const Headroom* headroom, Room from) {
    return headroom == nullptr ? Status(Ok{}) : headroom->allow(from);
}

}  // namespace assay::server_core
