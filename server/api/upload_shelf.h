#pragma once

#include "server/core/evidence_shelf.h"
#include "server/http/tus.h"

namespace assay::server_api {

/// tus before the core's shelf: reads peer and metadata, decides nothing.
class UploadShelf final : public http::TusStore {
  public:
    UploadShelf(const server_core::Trust& trust, server_core::EvidenceShelf& shelf)
        : trust_(trust), shelf_(shelf) {}

    Result<std::string> create(const http::Request& request, const http::TusMetadata& metadata,
                               std::uint64_t length) override;
    Result<http::TusState> find(const http::Request& request, const std::string& id) override;
    Status append(const std::string& id, std::uint64_t offset, ByteView piece) override;
    Result<std::uint64_t> sync(const std::string& id) override;
    Status rewind(const std::string& id, std::uint64_t offset) override;
    Status drop(const std::string& id) override;
    Status finish(const std::string& id) override;

  private:
    const server_core::Trust& trust_;
    server_core::EvidenceShelf& shelf_;
};

}  // namespace assay::server_api
