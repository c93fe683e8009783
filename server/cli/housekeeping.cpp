#include "server/cli/housekeeping.h"

namespace assay::server_cli {
namespace {

constexpr std::string_view kRoomWords[] = {"plenty", "no-evidence", "no-sittings", "no-packages"};

}  // namespace

Housekeeping::Housekeeping(const Session& session, House& house, const Service& service,
                           std::chrono::hours scrub_every)
    : session_(session), house_(house), service_(service) {
    keeper_ = std::thread([this] { keep_house(); });
    if (scrub_every.count() > 0) {
        scrubber_ = std::thread([this, scrub_every] { scrub_now_and_then(scrub_every); });
    }
}

Housekeeping::~Housekeeping() {
    {
        const std::lock_guard guard(lock_);
        stopping_ = true;
    }
    wake_.notify_all();
    keeper_.join();
    if (scrubber_.joinable()) {
        scrubber_.join();
    }
}

/// False when it is time to stop.
bool Housekeeping::rest(std::chrono::milliseconds time) {
    std::unique_lock guard(lock_);
    return !wake_.wait_for(guard, time, [this] { return stopping_; });
}

bool Housekeeping::stopping() {
    const std::lock_guard guard(lock_);
    return stopping_;
}

void Housekeeping::watch_disk() {
    const server_core::Room now = house_.headroom().look();
    if (now != last_room_) {
        const auto place = static_cast<std::size_t>(now);
        session_.log.warn("server.log.disk"_id,
                          {{"level", std::string(kRoomWords[place])},
                           {"free", std::to_string(house_.headroom().free_bytes())}});
        last_room_ = now;
    }
}

void Housekeeping::keep_house() {
    auto expire_at = std::chrono::steady_clock::now();
    auto beat_at = expire_at;
    do {
        if (const Status kept = house_.central().keep_head(); !kept.ok()) {
            session_.log.error(kept.error());
        }
        watch_disk();
        const auto now = std::chrono::steady_clock::now();
        const auto beat = service_.heartbeat();
        // A store that stopped is for the manager to restart: the restart mends it.
        if (beat && now >= beat_at && house_.ports().store.health().writable) {
            service_.tell("WATCHDOG=1");
            beat_at = now + *beat / 2;
        }
        if (now >= expire_at) {
            const auto gone = house_.shelf().expire();
            if (!gone.ok()) {
                session_.log.error(gone.error());
            } else if (*gone > 0) {
                session_.log.info("server.log.expired"_id, {{"count", std::to_string(*gone)}});
            }
            expire_at = now + kExpireEvery;
        }
    } while (rest(kHouseEvery));
}

void Housekeeping::scrub() {
    auto began = std::chrono::steady_clock::now();
    const auto pace = [this, &began] {
        const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(
            std::chrono::steady_clock::now() - began);
        const bool on = rest(std::max(took, kScrubRest));
        began = std::chrono::steady_clock::now();
        return on;
    };
    const Status read = house_.ports().store.scrub(pace);
    const Status log = stopping() ? Status(Ok{}) : house_.central().scrub();
    for (const Status& each : {read, log}) {
        if (!each.ok()) {
            session_.log.error(each.error());
        }
    }
    if (read.ok() && log.ok() && !stopping()) {
        session_.log.info("server.log.scrubbed"_id,
                          {{"leaves", std::to_string(house_.central().size())}});
    }
}

void Housekeeping::scrub_now_and_then(std::chrono::hours every) {
    while (rest(std::chrono::duration_cast<std::chrono::milliseconds>(every))) {
        scrub();
    }
}

}  // namespace assay::server_cli
