#include "server/core/headroom.h"

namespace assay::server_core {

Room Headroom::look() {
    const auto free = disk_.free_bytes(folder_);
    if (!free.ok()) {
        return level();
    }
    free_ = *free;
    Room now = Room::kPlenty;
    if (*free < reserve_ / kPackagesShare) {
        now = Room::kNoPackages;
    } else if (*free < reserve_ / kSittingsShare) {
        now = Room::kNoSittings;
    } else if (*free < reserve_) {
        now = Room::kNoEvidence;
    }
    level_ = now;
    return now;
}

Status Headroom::allow(Room from) const {
    if (level() < from) {
        return Ok{};
    }
    constexpr std::uint64_t kMebibyte = std::uint64_t{1} << 20U;
    return fail(Code::kFull, "server.disk.reserve"_id,
                {{"free", std::to_string(free_bytes() / kMebibyte)},
                 {"reserve", std::to_string(reserve_ / kMebibyte)}});
}

}  // namespace assay::server_core
