#include "server/core/upload_slots.h"

#include <algorithm>
#include <array>

#include "crypto/base/bytes.h"

namespace assay::server_core {
namespace {

constexpr std::chrono::seconds kBurst{1};
constexpr std::chrono::seconds kForgetEvery{1};

std::chrono::seconds whole_seconds(std::chrono::milliseconds time) {
    return std::max(std::chrono::ceil<std::chrono::seconds>(time), std::chrono::seconds(1));
}

}  // namespace

std::uint64_t UploadSlots::draw(std::uint64_t below) {
    std::array<std::uint8_t, 8> bytes{};
    random_.fill(bytes);
    return read_be64(bytes) % below;
}

/// The next places in the line; the time of the first.
SteadyTime UploadSlots::take(std::uint32_t packages, SteadyTime now) {
    next_ = std::max<decltype(next_)>(next_, now - kBurst);
    const auto first = next_;
    next_ += std::chrono::microseconds(1'000'000) * packages / per_second_;
    return std::chrono::floor<SteadyTime>(first);
}

bool UploadSlots::may_remember(SteadyTime now) {
    if (slots_.size() >= kSlotsMax && now >= forget_at_) {
        std::erase_if(slots_,
                      [now](const auto& each) { return each.second.start + kSlotUse < now; });
        forget_at_ = now + kForgetEvery;
    }
    return slots_.size() < kSlotsMax;
}

SteadyTime UploadSlots::give(const MachineId& desk, SteadyTime now) {
    const auto jitter = static_cast<std::uint64_t>(kSlotJitter.count());
    SteadyTime start = now;
    if (next_ - now < kSlotWaitMax) {
        start = take(kSlotPackages, now) + SteadyTime(draw(jitter));
    } else {
        const SteadyTime half = kSlotWaitMax / 2;
        start = now + half + SteadyTime(draw(static_cast<std::uint64_t>(half.count())));
    }
    if (may_remember(now)) {
        slots_.insert_or_assign(desk, Slot{start, kSlotPackages});
    }
    return start;
}

std::optional<std::chrono::seconds> UploadSlots::ask(const MachineId& desk) {
    if (per_second_ == 0) {
        return std::nullopt;
    }
    const SteadyTime now = clock_.steady();
    const std::lock_guard guard(lock_);
    auto found = slots_.find(desk);
    if (found != slots_.end() && found->second.start + kSlotUse < now) {
        slots_.erase(found);
        found = slots_.end();
    }
    if (found == slots_.end() && next_ <= now) {
        take(1, now);
        return std::nullopt;
    }
    const SteadyTime start = found == slots_.end() ? give(desk, now) : found->second.start;
    if (found == slots_.end() || now < start) {
        return whole_seconds(start - now);
    }
    if (--found->second.left == 0) {
        slots_.erase(found);
    }
    return std::nullopt;
}

}  // namespace assay::server_core
