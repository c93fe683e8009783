#pragma once

#include <mutex>

#include "crypto/tlog/log.h"
#include "server/store/store.h"

namespace assay::server_core {

/// The central transparency log behind the store's committer. Thread-safe.
class CentralLog final : public store::LeafLog {
  public:
    static Result<std::unique_ptr<CentralLog>> open(Path folder, const std::string& origin,
                                                    crypto::SigningKey key, Disk& disk);

    Result<std::uint64_t> append(const std::vector<ByteView>& leaves) override;
    std::uint64_t size() override;
    Result<Bytes> leaf(std::uint64_t index) override;

    /// A C2SP tlog-proof of a committed leaf: the receipt.
    Result<std::string> proof(std::uint64_t index);
    /// "checkpoint" or a tile's path.
    Result<Bytes> resource(std::string_view path);
    std::string verifier_key();

  private:
    explicit CentralLog(tlog::Log log) : log_(std::move(log)) {}
    std::mutex lock_;
    tlog::Log log_;
};

}  // namespace assay::server_core
