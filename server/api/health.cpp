#include "server/api/health.h"

#include <algorithm>

#include <boost/json.hpp>

#include "server/api/board_page.h"

namespace assay::server_api {
namespace {

std::vector<Gauge> gauges_of(const Vitals& vitals) {
    const store::Health health = vitals.ports.store.health();
    const auto age = vitals.ports.clock.wall().seconds - health.last_commit.seconds;
    return {
        {"assay_store_writable", "1 while the store takes batches.", health.writable ? 1.0 : 0.0},
        {"assay_store_waiting_batches", "Batches that wait for the committer.",
         static_cast<double>(health.waiting)},
        {"assay_store_commit_age_seconds", "Since the last commit.", static_cast<double>(age)},
        {"assay_log_leaves", "Leaves of the central log.",
         static_cast<double>(vitals.ports.central.size())},
        {"assay_log_writable", "1 while the log takes leaves.",
         vitals.ports.central.writable() ? 1.0 : 0.0},
        {"assay_disk_free_bytes", "Free on the disk of the store.",
         static_cast<double>(vitals.headroom.free_bytes())},
        {"assay_disk_reserve_bytes", "Below this, evidence is refused first.",
         static_cast<double>(vitals.headroom.reserve())},
        {"assay_http_open_connections", "Connections that are open now.",
         static_cast<double>(vitals.connections())},
    };
}

http::Reply ready_reply(const Vitals& vitals) {
    const auto checks = check_ready(vitals);
    boost::json::array rows;
    for (const Check& check : checks) {
        rows.push_back({{"check", check.name}, {"good", check.good}, {"value", check.value}});
    }
    const bool ready = std::ranges::all_of(checks, &Check::good);
    http::Reply reply = http::Reply::json(
        ready ? 200 : 503,
        boost::json::serialize(boost::json::value{{"ready", ready}, {"checks", rows}}));
    reply.headers.emplace("cache-control", "no-store");
    return reply;
}

}  // namespace

std::vector<Check> check_ready(const Vitals& vitals) {
    const store::Health health = vitals.ports.store.health();
    const WallTime now = vitals.ports.clock.wall();
    const auto age = now.seconds - health.last_commit.seconds;
    const auto doubt = vitals.ports.central.doubt();
    return {
        {"store", health.writable, health.writable ? "writable" : "stopped"},
        {"commits", health.waiting == 0 || age <= kCommitAgeMax.count(), std::to_string(age)},
        {"log", !doubt, doubt ? std::string(doubt->what.id.text()) : "writable"},
        {"disk", vitals.headroom.level() == server_core::Room::kPlenty,
         std::to_string(vitals.headroom.free_bytes())},
        {"clock", now >= vitals.not_before, now.text()},
    };
}

void add_health(http::Router& router, const Vitals& vitals) {
    router.add("GET", "/readyz", {},
               [vitals](const http::Request&) { return ready_reply(vitals); });
    http::RouteOptions own;
    own.allow = from_this_machine;
    router.add("GET", "/metrics", own, [vitals](const http::Request&) {
        return http::Reply::bytes(200, "text/plain; version=0.0.4; charset=utf-8",
                                  to_bytes(vitals.metrics.text(gauges_of(vitals))));
    });
}

}  // namespace assay::server_api
