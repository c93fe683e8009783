#pragma once

#include <memory>
#include <mutex>

#include "crypto/record/key_list.h"
#include "server/core/archive.h"
#include "server/protocol/keys.h"

namespace assay::server_core {

/// The organisation's newest key list, kept in the store. Thread-safe.
class Trust {
  public:
    /// Follows the key lists in the store from the first on, each verified by the one before.
    static Result<std::unique_ptr<Trust>> open(Ports ports);

    /// The first list is believed as it is given at installation; each later one must follow.
    Status adopt(ByteView list, ByteView rows);

    /// kRefused before the first list.
    Result<std::shared_ptr<const record::TrustedKeys>> keys() const;
    Result<protocol::KeyListReply> reply() const;

  private:
    explicit Trust(Ports ports) : ports_(ports) {}
    Result<std::shared_ptr<const record::TrustedKeys>> checked(
        const record::Signed<record::KeyList>& list, ByteView rows) const;

    Ports ports_;
    mutable std::mutex lock_;
    std::shared_ptr<const record::TrustedKeys> keys_;
    protocol::KeyListReply reply_;
};

}  // namespace assay::server_core
