#include "server/api/metrics.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace assay::server_api {
namespace {

std::string number(double value) {
    std::array<char, 40> out{};
    const int size = std::snprintf(out.data(), out.size(), "%.15g", value);
    return {out.data(), static_cast<std::size_t>(size)};
}

std::string head(const std::string& name, const char* help, const char* type) {
    return "# HELP " + name + " " + help + "\n# TYPE " + name + " " + type + "\n";
}

std::string counter(const std::string& name, const char* help, std::uint64_t value) {
    return head(name, help, "counter") + name + " " + std::to_string(value) + "\n";
}

/// Clients write what they like into a request line; only what a route answers is a label.
std::string method_of(const http::Access& access) {
    return access.route.empty() ? "other" : access.method;
}

}  // namespace

void Metrics::count(const http::Access& access) {
    const double seconds = std::chrono::duration<double>(access.time).count();
    const std::lock_guard guard(lock_);
    ++requests_[{access.route.empty() ? "none" : access.route, method_of(access), access.status}];
    for (std::size_t i = 0; i < kRequestSeconds.size(); ++i) {
        buckets_.at(i) += seconds <= kRequestSeconds.at(i) ? 1U : 0U;
    }
    ++count_;
    seconds_ += seconds;
    body_bytes_ += access.body_bytes;
    reply_bytes_ += access.reply_bytes;
}

std::string Metrics::text(const std::vector<Gauge>& gauges) const {
    const std::lock_guard guard(lock_);
    std::string out = head("assay_http_requests_total", "Requests by route and status.", "counter");
    for (const auto& [key, value] : requests_) {
        out += "assay_http_requests_total{route=\"" + key.route + "\",method=\"" + key.method +
               "\",status=\"" + std::to_string(key.status) + "\"} " + std::to_string(value) + "\n";
    }
    const std::string time = "assay_http_request_duration_seconds";
    out += head(time, "From the head of a request to the end of its reply.", "histogram");
    for (std::size_t i = 0; i < kRequestSeconds.size(); ++i) {
        out += time + "_bucket{le=\"" + number(kRequestSeconds.at(i)) + "\"} " +
               std::to_string(buckets_.at(i)) + "\n";
    }
    out += time + "_bucket{le=\"+Inf\"} " + std::to_string(count_) + "\n";
    out +=
        time + "_sum " + number(seconds_) + "\n" + time + "_count " + std::to_string(count_) + "\n";
    out += counter("assay_http_request_body_bytes_total", "Bodies received.", body_bytes_);
    out += counter("assay_http_reply_body_bytes_total", "Bodies sent.", reply_bytes_);
    for (const Gauge& gauge : gauges) {
        out +=
            head(gauge.name, gauge.help, "gauge") + gauge.name + " " + number(gauge.value) + "\n";
    }
    return out;
}

}  // namespace assay::server_api
