#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "crypto/base/disk.h"
#include "crypto/base/link.h"

namespace assay::client {

struct TusConfig {
    std::string prefix = "/v1/files";
    std::map<std::string, Bytes> metadata;
    std::uint64_t piece_bytes = 1UL << 20U;
    /// Waits before each new try after the link failed; after the last one we give up. Progress
    /// starts the list anew.
    std::vector<std::chrono::milliseconds> backoff{
        std::chrono::milliseconds(200), std::chrono::milliseconds(1000),
        std::chrono::milliseconds(5000), std::chrono::milliseconds(15000)};
    std::chrono::milliseconds piece_timeout{60000};
    /// Passes the time; false ends the upload with kUnavailable.
    std::function<bool(std::chrono::milliseconds)> wait;
    /// Durable at the server, of all. Called when it grows.
    std::function<void(std::uint64_t done, std::uint64_t total)> progress;
    /// Told as soon as it is known, so that a restarted program can pass it as `address`.
    std::function<void(const std::string& address)> created;
    std::string address;  ///< path of an upload that was created before; empty: make one
};

/// Sends a whole file, tus 1.0, and returns the path of the upload at the server. Blocking. The
/// file must not change meanwhile. Errors: the link's when backoff is used up; kRefused with the
/// status where the server says no for good; kInvalid where it breaks the protocol.
Result<std::string> tus_upload(Link& link, File& source, const TusConfig& config);

}  // namespace assay::client
