#pragma once

#include <mutex>
#include <optional>

#include "crypto/tlog/log.h"
#include "server/store/store.h"

namespace assay::server_core {

/// Leaves of the store that are weighed against a newer head when a folder lacks them (hold); a
/// backup lacks those of some seconds.
inline constexpr std::size_t kHeldLeavesMax = 1'000'000;

/// Where a log lies, and who can say how far it was.
struct LogPlaces {
    Path folder;
    /// A second store for the same leaves; empty: none. A head is signed in `folder` once its
    /// leaves lie in both.
    Path mirror;
    /// A file apart from the folder that keeps the newest head, so that an old copy of the folder
    /// is known for what it is.
    Path last_head;
};

/// The central transparency log behind the store's committer. Thread-safe.
///
/// A log that is an old copy must not sign again what it signed in another way before. So it takes
/// leaves only when something outside of its folder knows its head: the mirror, the file
/// `last_head`, or an operator (accept_head). A head that is ahead of the folder counts as known
/// where the leaves that the store holds lead to just that tree (hold). Reading and proving go on
/// in any case.
class CentralLog final : public store::LeafLog {
  public:
    /// Believed as it lies there: for tests and copies.
    static Result<std::unique_ptr<CentralLog>> open(Path folder, const std::string& origin,
                                                    crypto::SigningKey key, Disk& disk);
    /// With the rule above. Folder and mirror first make up for what one of them misses; kRefused
    /// where they are different trees.
    static Result<std::unique_ptr<CentralLog>> open(const LogPlaces& places,
                                                    const std::string& origin,
                                                    const crypto::SigningKey& key, Disk& disk);

    Result<std::uint64_t> append(const std::vector<ByteView>& leaves) override;
    Result<std::uint64_t> append_ahead(const std::vector<ByteView>& leaves) override;
    Status settle() override;
    std::uint64_t size() override;
    bool writable() override;
    void hold(const std::vector<ByteView>& leaves) override;
    Result<Bytes> leaf(std::uint64_t index) override;

    /// Why the log takes no leaf; nothing while it does.
    std::optional<Error> doubt();
    /// A head or receipt of this log that somebody else kept. kRefused, and no leaf is taken any
    /// more, where it is ahead of ours or of another tree.
    Status meet(std::string_view note_or_receipt);
    /// meet(), and from then on the log takes leaves: an operator's word that none is newer.
    Status accept_head(std::string_view note_or_receipt);
    /// Writes the newest head that lies in the folder to `last_head`, where it changed since. Call
    /// it often, from any thread.
    Status keep_head();

    /// A C2SP tlog-proof of a committed leaf: the receipt.
    Result<std::string> proof(std::uint64_t index);
    /// "checkpoint" or a tile's path.
    Result<Bytes> resource(std::string_view path);
    std::string checkpoint();
    std::string verifier_key();
    /// Reads and recomputes everything; kCorrupt names the first file that is wrong.
    Status scrub();

  private:
    CentralLog(tlog::Log log, Disk& disk) : disk_(disk), log_(std::move(log)) {}
    Status catch_up(tlog::Log& mirror);
    Status ask_last_head(bool mirror_knew);
    Status meet_locked(std::string_view note_or_receipt);
    Status compare_ahead();
    Result<std::optional<Digest>> root_with_held(std::uint64_t size);
    bool behind() const { return ahead_ && log_.head().size < ahead_->size; }
    Status append_mirror(const std::vector<ByteView>& leaves);

    Disk& disk_;
    std::mutex settling_;  ///< files of the folder are written; taken before lock_
    std::mutex lock_;
    tlog::Log log_;
    std::optional<tlog::Log> mirror_;
    std::optional<Error> doubt_;
    /// The newest head that is known and was ahead of the folder.
    std::optional<tlog::TreeHead> ahead_;
    std::vector<Digest> held_;  ///< hashes of the leaves that the store brings
    Path last_head_;
    std::mutex keeping_;
    std::string kept_;
};

/// Appends what `to` misses of `from`, and compares the trees. kRefused where they differ.
Status extend_log(tlog::Log& from, tlog::Log& to);

}  // namespace assay::server_core
