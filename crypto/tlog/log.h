#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "crypto/base/disk.h"
#include "crypto/ed25519.h"
#include "crypto/tlog/checkpoint.h"
#include "crypto/tlog/edge.h"
#include "crypto/tlog/proof.h"
#include "crypto/tlog/tile.h"
#include "crypto/tlog/tree.h"

// A log on a disk: C2SP tlog-tiles (section "APIs" for the names of its files), with checkpoints
// of C2SP tlog-checkpoint. How a commit survives a crash is in README.md, "Durability".
//
// Sizes and indices count leaves, limits say their unit. There is no clock in here.
namespace assay::tlog {

/// Leaves, and bytes of their payloads, that may wait for one commit.
inline constexpr std::size_t kPendingLeavesMax = 65'536;
inline constexpr std::size_t kPendingBytesMax = std::size_t{64} * 1024 * 1024;

/// A transparency log in a folder of C2SP tiles that any static file server may serve.
///
/// append() collects, commit() makes durable, and only what is committed is ever shown or proved: a
/// checkpoint is handed out after everything it commits to is on the disk. The order is: bundles
/// and hash tiles (each synced), their folders, then `checkpoint` by atomic replace. A crash at any
/// point leaves the old tree or the new one. A failed commit poisons the object: open the folder
/// again. One thread; the disk must outlive the log.
///
/// Errors of everything below: those of the disk (kIo, kFull), tlog.log.file (kCorrupt: a file is
/// not what the signed tree says; restore it, nothing is signed over it), tlog.log.broken (kIo: a
/// commit failed before; open again), tlog.log.read-only (kRefused: see meet()).
///
/// sign() is for a caller who keeps the leaves durably elsewhere: the tree is signed and shown at
/// once, and written later.
class Log {
  public:
    /// What sign() left to be written, of one head.
    struct Unwritten {
        std::vector<TileFile> files;
        std::size_t filled = 0;  ///< so many of them are full
        std::string note;
        std::uint64_t size = 0;
    };

    /// Opens the log in `folder`, or makes an empty one where the folder has neither checkpoint nor
    /// tiles. The right edge is read and must lead to the signed root: kCorrupt if it does not, or
    /// if tiles are there without a checkpoint. kDenied where another key or origin signed.
    /// `origin` is also the name of the key: kInvalid unless valid_key_name(origin).
    static Result<Log> open(Path folder, const std::string& origin, crypto::SigningKey key,
                            Disk& disk);

    /// Adds a leaf to the next commit and returns its index. kLimit, and nothing changed, beyond
    /// kLeafBytesMax or where the pending limits are reached (commit first).
    Result<std::uint64_t> append(ByteView payload);
    /// Makes everything appended durable and signs the new tree. Nothing appended: success.
    /// Costs a sync of each file and folder that changed: collect leaves, then commit once.
    Status commit();
    /// Signs the tree with everything appended and shows it, but writes nothing. The caller holds
    /// the leaves on a disk of its own, and appends those that the folder misses after a crash
    /// again, in the same order: the same tree.
    Status sign();
    /// Everything that sign() left. write() touches the disk only and may run on another thread,
    /// one at a time, while this one goes on to append and sign; then written() takes note of it.
    Unwritten unwritten() const;
    Status write(const Unwritten& files) const;
    void written(const Unwritten& files);
    /// The newest note that a crash leaves in the folder.
    const std::string& written_checkpoint() const { return written_note_; }
    /// Forgets what was appended since the last commit or sign.
    void discard();
    std::uint64_t pending() const { return next_.size() - committed_.size(); }

    /// The committed tree, its signed note, and the key that a verifier needs.
    const TreeHead& head() const { return head_; }
    const std::string& checkpoint() const { return note_; }
    const NoteKey& key() const { return name_; }

    /// Proofs in the committed tree; kNotFound beyond it.
    Result<Proof> inclusion(std::uint64_t index);
    /// Empty for old size 0 and for equal sizes (see verify_consistency).
    Result<Proof> consistency(std::uint64_t old_size, std::uint64_t new_size);
    /// inclusion() with the checkpoint: the receipt of a leaf.
    Result<LogProof> receipt(std::uint64_t index);
    /// The root at an earlier size; kNotFound beyond the committed one.
    Result<Digest> root_at(std::uint64_t size);
    /// The payload of a leaf; kNotFound beyond the committed tree.
    Result<Bytes> entry(std::uint64_t index);
    /// A file as a server hands it out: "checkpoint" or a path of tile.h. kNotFound unless the
    /// signed tree has it.
    Result<Bytes> resource(std::string_view path);

    /// Compares with a head of this log that somebody else kept (a witness, a desk, a receipt), a
    /// signed note. kRefused, and read-only from then on, if it is larger than ours or another
    /// tree: this folder is an old copy, and to sign more would fork the log. kDenied where this
    /// log did not sign the note, which then says nothing.
    Status meet(std::string_view note);
    bool read_only() const { return read_only_; }

    /// Reads every bundle and every tile and recomputes the root: kCorrupt names the first file
    /// that is wrong. Work proportional to the log, memory of one tile.
    Status scrub();

  private:
    Log(Path folder, NoteKey name, crypto::SigningKey key, Disk& disk);
    Status load();
    Status usable() const;
    Status write_files(const std::vector<TileFile>& files) const;
    std::string signed_note(const TreeHead& head) const;
    void adopt(const TreeHead& head, std::string note);
    void drop_partials(const Resource& full);
    Status check_file(const TileFile& file);
    bool has(const Resource& what) const;
    std::optional<Bytes> held(const Resource& what) const;
    Result<Bytes> read(const Resource& what);
    Result<Bytes> read_file_of(const Resource& what) const;
    Result<Digest> subtree(unsigned level, std::uint64_t index);
    SubtreeReader reader();

    Path folder_;
    NoteKey name_;
    crypto::SigningKey key_;
    Disk* disk_;
    Edge committed_;
    Edge next_;
    TreeHead head_;
    std::string note_;
    /// What the folder holds.
    std::uint64_t written_size_ = 0;
    std::string written_note_;
    /// Tiles and bundles that were filled since the last commit or sign, and before that.
    std::vector<TileFile> filled_;
    std::vector<TileFile> unwritten_;
    std::size_t pending_bytes_ = 0;
    /// Full tiles that were read lately, by level and index.
    std::map<std::pair<unsigned, std::uint64_t>, HashTile> cache_;
    bool broken_ = false;
    bool read_only_ = false;
};

}  // namespace assay::tlog
