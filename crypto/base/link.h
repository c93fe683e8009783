#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <string>

#include "crypto/base/bytes.h"
#include "crypto/base/result.h"

namespace assay {

/// One request to the other side. Header names are lower case.
struct LinkRequest {
    std::string method;
    std::string path;  ///< begins with '/', may hold a query
    std::map<std::string, std::string> headers;
    Bytes body;
    std::chrono::milliseconds timeout{10000};
};

struct LinkReply {
    int status = 0;
    std::map<std::string, std::string> headers;
    Bytes body;
};

/// The way to one authenticated peer (a desk, a server). kUnavailable when it cannot be reached;
/// the request may then have been carried out or not. Blocking; one thread at a time.
class Link {
  public:
    virtual ~Link() = default;
    virtual Result<LinkReply> exchange(const LinkRequest& request) = 0;
};

/// A link to a function, which a test can cut before or after the request arrives.
class FakeLink final : public Link {
  public:
    using Peer = std::function<LinkReply(const LinkRequest&)>;
    enum class Cut { kNone, kBeforeArrival, kAfterArrival };

    explicit FakeLink(Peer peer) : peer_(std::move(peer)) {}

    Result<LinkReply> exchange(const LinkRequest& request) override;
    void cut(Cut cut) { cut_ = cut; }
    /// The request arrives this often; 2 stands for a duplicating network.
    void set_copies(int copies) { copies_ = copies; }

  private:
    Peer peer_;
    Cut cut_ = Cut::kNone;
    int copies_ = 1;
};

}  // namespace assay
