#pragma once

#include <array>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "server/http/server.h"

namespace assay::server_api {

/// Upper bounds of the histogram of request times, in seconds; the last is infinite.
inline constexpr std::array<double, 7> kRequestSeconds{0.005, 0.02, 0.1, 0.5, 2, 10, 60};

/// One number of the moment, as a page of metrics shows it.
struct Gauge {
    const char* name;  ///< with its unit: "assay_disk_free_bytes"
    const char* help;
    double value = 0;
};

/// Counts what the listeners did. Nothing personal: routes by pattern, never a path. Thread-safe.
class Metrics {
  public:
    void count(const http::Access& access);
    /// Prometheus text format 0.0.4 with the gauges of the moment.
    std::string text(const std::vector<Gauge>& gauges) const;

  private:
    struct Key {
        std::string route;
        std::string method;
        int status = 0;
        friend auto operator<=>(const Key&, const Key&) = default;
    };
    mutable std::mutex lock_;
    std::map<Key, std::uint64_t> requests_;
    std::array<std::uint64_t, kRequestSeconds.size()> buckets_{};
    std::uint64_t count_ = 0;
    double seconds_ = 0;
    std::uint64_t body_bytes_ = 0;
    std::uint64_t reply_bytes_ = 0;
};

}  // namespace assay::server_api
