#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "crypto/base/link.h"
#include "crypto/tls_identity.h"

namespace assay::client {

struct LinkConfig {
    std::string host;  ///< name or numeric address, IPv6 without brackets
    std::uint16_t port = 0;
    /// What the server must prove; the name, the dates and the issuer of its certificate do not
    /// matter. For enrolment: pin_to() the key of the room code.
    crypto::TlsPin server;
    std::optional<crypto::TlsIdentity> identity;  ///< ours, shown when asked
    std::chrono::milliseconds connect_timeout{5000};
    std::uint64_t reply_bytes_max = 16UL << 20U;
};

/// HTTPS to one pinned server over connections that are kept and used again. Blocking, one thread
/// at a time, but for cancel().
///
/// Errors: kUnavailable cannot connect, cut, or too slow (the request may have been carried out);
/// kDenied the server has another key, or refuses ours; kLimit the reply is too large. A reply of
/// any status is a reply, not an error.
class CurlLink final : public Link {
  public:
    static Result<std::unique_ptr<CurlLink>> make(LinkConfig config);
    ~CurlLink() override;

    Result<LinkReply> exchange(const LinkRequest& request) override;

    /// From any thread: an exchange that runs ends with kUnavailable, and so do all later ones.
    void cancel();

    /// Of the connection that the last exchange used; nothing before the first.
    std::optional<crypto::TlsExporter> exporter() const;

  private:
    class Transfer;
    explicit CurlLink(std::unique_ptr<Transfer> transfer);
    std::unique_ptr<Transfer> transfer_;
};

}  // namespace assay::client
