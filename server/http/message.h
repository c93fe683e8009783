#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crypto/base/bytes.h"
#include "crypto/base/disk.h"
#include "crypto/base/result.h"
#include "crypto/tls_identity.h"

namespace assay::http {

using PeerKey = crypto::TlsKey;

/// Names in lower case. A name that came more than once is joined by ", ".
using Headers = std::map<std::string, std::string>;

/// One request, as far as it has been read. Everything in it is checked for form, nothing for
/// meaning: `path`, `query` and `params` are decoded UTF-8 without control characters, and `path`
/// has no empty, "." or ".." segment.
struct Request {
    std::string method;
    std::string path;
    std::vector<std::pair<std::string, std::string>> query;  ///< decoded, in their order
    std::map<std::string, std::string> params;               ///< {names} of the route's pattern
    Headers headers;
    Bytes body;                    ///< empty for streamed routes and in RouteOptions::allow
    std::optional<PeerKey> peer;   ///< pinned key of the client's certificate, proven by TLS
    std::string remote;            ///< numeric address without port; personal data: never log it
    crypto::TlsExporter exporter;  ///< of this connection

    /// The first value of that name.
    std::optional<std::string> query_value(std::string_view name) const;
    /// Empty where there is none.
    std::string header(const std::string& lower_case_name) const;
};

/// A body that is not kept in memory. Called on a worker thread, one call at a time.
class BodySource {
  public:
    virtual ~BodySource() = default;
    /// Known before the first read, never changes.
    virtual std::uint64_t size() const = 0;
    /// The next bytes, at least one until size() is reached. An error cuts the connection: the
    /// head has been sent.
    virtual Result<std::size_t> read(std::span<std::uint8_t> out) = 0;
};

/// Bytes [offset, offset + size) of a file.
std::shared_ptr<BodySource> file_body(std::unique_ptr<File> file, std::uint64_t offset,
                                      std::uint64_t size);

/// `status` 200 to 599. Content-Length, Date, Connection and Server are the server's business.
/// A header with a byte that may not stand in a header becomes a 500, never a split reply.
struct Reply {
    int status = 200;
    Headers headers;
    Bytes body;
    std::shared_ptr<BodySource> stream;  ///< instead of body, where set

    static Reply empty(int status) { return Reply{status, {}, {}, nullptr}; }
    static Reply bytes(int status, std::string content_type, Bytes body);
    static Reply text(int status, std::string_view text);
    static Reply json(int status, std::string_view json);
    /// 503 with Retry-After.
    static Reply busy(std::chrono::seconds retry_after);
};

/// The usual status of an error: 400 kInvalid, 403 kDenied and kRefused, 404, 409, 413 kLimit,
/// 422 kCorrupt, 503 kUnavailable, 507 kFull, 500 kIo.
int status_of(Code code);

}  // namespace assay::http
