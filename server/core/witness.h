#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "crypto/base/clock.h"
#include "crypto/base/disk.h"
#include "crypto/ed25519.h"
#include "crypto/tlog/checkpoint.h"

namespace assay::server_core {

/// Logs that one witness knows.
inline constexpr std::size_t kWitnessLogsMax = 32;

/// An answer in the terms of the standard: status, content type, body.
struct WitnessAnswer {
    int status = 0;
    std::string type;
    std::string body;
};

/// A witness of C2SP tlog-witness: it cosigns a log's head only where that extends the one that it
/// cosigned before, which it keeps in `folder`, a file a log. Thread-safe.
class Witness {
  public:
    /// `name` is a cosignature key with the public half of `key`; `logs` are known by their names.
    Witness(Path folder, tlog::NoteKey name, crypto::SigningKey key,
            std::vector<tlog::NoteKey> logs, Disk& disk, const Clock& clock);

    /// The body of a POST to add-checkpoint. The new head is on the disk before it is answered.
    /// Errors are those of the disk, or kCorrupt where a kept head is none.
    Result<WitnessAnswer> add_checkpoint(std::string_view body);

  private:
    const tlog::NoteKey* find(const std::string& origin) const;
    Path file_of(const tlog::NoteKey& log) const;
    Result<tlog::TreeHead> latest(const tlog::NoteKey& log);
    std::string cosignature(const std::string& checkpoint) const;

    Path folder_;
    tlog::NoteKey name_;
    crypto::SigningKey key_;
    std::vector<tlog::NoteKey> logs_;
    Disk& disk_;
    const Clock& clock_;
    std::mutex lock_;
};

}  // namespace assay::server_core
