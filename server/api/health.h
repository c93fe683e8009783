#pragma once

#include "server/api/metrics.h"
#include "server/core/archive.h"
#include "server/core/headroom.h"
#include "server/http/router.h"

namespace assay::server_api {

/// A queue that waits longer than this for a commit is stuck.
inline constexpr std::chrono::seconds kCommitAgeMax{30};

/// One question of /readyz.
struct Check {
    const char* name;
    bool good = false;
    std::string value;
};

/// What the health pages look at. All of it outlives the router.
struct Vitals {
    server_core::Ports ports;
    const server_core::Headroom& headroom;
    const Metrics& metrics;
    /// The newest time that this server knows of; a clock behind it is wrong.
    WallTime not_before;
    std::function<std::uint32_t()> connections;
};

/// Store writable, commits going on, log growing, disk above its reserve, clock not in the past.
std::vector<Check> check_ready(const Vitals& vitals);

/// GET /readyz: 200 or 503 with `{ready, checks: [{check, good, value}]}`; GET /metrics: Prometheus
/// text, to this machine alone.
void add_health(http::Router& router, const Vitals& vitals);

}  // namespace assay::server_api
