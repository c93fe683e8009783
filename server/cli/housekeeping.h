#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "server/cli/house.h"
#include "server/cli/service.h"

namespace assay::server_cli {

/// How often the log's newest head is kept apart and the disk looked at.
inline constexpr std::chrono::milliseconds kHouseEvery{500};
inline constexpr std::chrono::minutes kExpireEvery{10};
/// A scrub reads one body, then rests as long as that took, at least this.
inline constexpr std::chrono::milliseconds kScrubRest{2};

/// What a running server does beside its requests: keeps the log's head, watches the disk, tells
/// the service manager that it lives, forgets old uploads, and reads everything again now and then.
/// From construction to destruction.
class Housekeeping {
  public:
    Housekeeping(const Session& session, House& house, const Service& service,
                 std::chrono::hours scrub_every);
    Housekeeping(const Housekeeping&) = delete;
    Housekeeping& operator=(const Housekeeping&) = delete;
    ~Housekeeping();

  private:
    using Time = std::chrono::steady_clock::time_point;
    bool rest(std::chrono::milliseconds time);
    bool stopping();
    void keep_house();
    void watch_disk();
    void scrub_now_and_then(std::chrono::hours every);
    void scrub();

    const Session& session_;
    House& house_;
    const Service& service_;
    std::mutex lock_;
    std::condition_variable wake_;
    bool stopping_ = false;
    server_core::Room last_room_ = server_core::Room::kPlenty;
    std::thread keeper_;
    std::thread scrubber_;
};

}  // namespace assay::server_cli
