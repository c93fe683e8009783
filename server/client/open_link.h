#pragma once

#include "crypto/base/link.h"

namespace assay::client {

/// Replies that anyone may have written are small.
inline constexpr std::size_t kOpenReplyBytesMax = 256U << 10U;

/// HTTP or HTTPS to somebody whose answers prove themselves by signatures (a witness of a log):
/// nothing is believed of who answers, and no certificate is looked at. Blocking, one thread at a
/// time, which should have SIGPIPE blocked. Errors as CurlLink; no redirect is followed.
class OpenLink final : public Link {
  public:
    /// `origin` is "https://host:port" or "http://host:port"; paths of requests follow it.
    explicit OpenLink(std::string origin) : origin_(std::move(origin)) {}

    Result<LinkReply> exchange(const LinkRequest& request) override;

  private:
    std::string origin_;
};

}  // namespace assay::client
