#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "crypto/base/clock.h"
#include "server/http/router.h"

namespace assay::http {

/// Decoded Upload-Metadata: keys are ASCII without space or comma, values any bytes.
using TusMetadata = std::map<std::string, Bytes>;

struct TusState {
    std::uint64_t length = 0;
    std::uint64_t offset = 0;  ///< durable bytes, from the start
    /// From when on an unfinished upload may be gone; told to the client.
    std::optional<WallTime> expires = std::nullopt;
};

/// Where uploads lie. Calls of one upload come one at a time, of different ones in parallel.
class TusStore {
  public:
    virtual ~TusStore() = default;
    /// Decides from the request's peer and the metadata who may upload what. Returns the last
    /// segment of its address, [0-9A-Za-z_-], hard to guess. The upload is durable, offset 0.
    virtual Result<std::string> create(const Request& request, const TusMetadata& metadata,
                                       std::uint64_t length) = 0;
    /// kNotFound: 404. kRefused: it was there and is gone, 410. kDenied: another peer's, 403.
    virtual Result<TusState> find(const Request& request, const std::string& id) = 0;
    /// Writes at `offset`, which find() or sync() told or the last append() reached; what an
    /// append() that was never synced left there is replaced. Not durable yet.
    virtual Status append(const std::string& id, std::uint64_t offset, ByteView piece) = 0;
    /// fdatasync; returns the durable offset. Only this is ever told to a client.
    virtual Result<std::uint64_t> sync(const std::string& id) = 0;
    /// Takes back what lies behind `offset`, durably: a piece came whole and was not what its
    /// checksum says. Nobody was told of those bytes.
    virtual Status rewind(const std::string& id, std::uint64_t offset) = 0;
    /// Forgets an unfinished upload: find() then says kNotFound or kRefused. kConflict for a
    /// finished one, which stays.
    virtual Status drop(const std::string& id) = 0;
    /// All bytes are there and durable. Called at least once for each upload: again where the
    /// reply to the last piece got lost before it was called, so it must be repeatable.
    virtual Status finish(const std::string& id) = 0;
};

struct TusOptions {
    std::string prefix = "/v1/files";             ///< POST here, the rest at prefix/{id}
    std::uint64_t upload_bytes_max = 4UL << 30U;  ///< Tus-Max-Size; 413
    std::function<bool(const Request&)> allow;    ///< as in RouteOptions
};

/// Adds the routes of tus 1.0 (core, creation, creation-with-upload, termination, checksum with
/// sha256, expiration) for a store, which must outlive the server. A
/// new HEAD or PATCH takes an upload over from a connection that still seems to write to it:
/// that one is usually dead, and its next piece is refused. Requests with the IETF draft's interop
/// header are answered in its words (upload_draft.h).
void add_tus(Router& router, TusOptions options, TusStore& store);

}  // namespace assay::http
