#pragma once

#include <map>
#include <string>

#include "crypto/record/signed.h"
#include "crypto/tlog/log.h"

namespace assay::desk {

/// The desk's own transparency log, offline: each statement it made or took, once. Not thread-safe.
class SiteLog {
  public:
    static Result<SiteLog> open(Path folder, const MachineId& desk, crypto::SigningKey key,
                                Disk& disk);

    /// Appends and commits; the proof as text. A payload that is there already gives its proof
    /// again.
    Result<std::string> add(ByteView payload);
    /// The proof of a payload that is in the log.
    Result<std::string> proof(const Digest& statement);

    const std::string& checkpoint() const { return log_.checkpoint(); }
    std::string verifier_key() const { return log_.key().text(); }
    Result<Bytes> resource(std::string_view path) { return log_.resource(path); }

  private:
    explicit SiteLog(tlog::Log log) : log_(std::move(log)) {}
    tlog::Log log_;
    std::map<Digest, std::uint64_t> index_;
};

}  // namespace assay::desk
