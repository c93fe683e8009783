#include "server/audit/log_command.h"

#include <map>
#include <memory>

#include "crypto/tlog/edge.h"
#include "crypto/tlog/proof.h"
#include "server/audit/folder.h"
#include "server/audit/trail.h"

namespace assay::audit {
namespace {

constexpr const char* kCheckpointFile = "checkpoint";

struct LogOptions {
    std::string folder;
    std::string log_key;
    std::vector<std::string> older;
};

/// A head that somebody kept, and the file that says so.
struct KeptHead {
    std::string file;
    tlog::TreeHead head;
};

/// Reads all entries of a tree and computes everything that follows from them.
class Recomputed {
  public:
    Recomputed(const Folder& folder, std::uint64_t size) : folder_(folder), size_(size) {}

    /// Sizes at which root_at() will be asked.
    void remember(std::uint64_t size) { roots_[size] = tlog::empty_root(); }

    /// The first bundle that can't be read, or nothing.
    std::optional<std::string> read() {
        note_root();
        while (edge_.size() < size_) {
            const std::uint64_t index = edge_.size() / tlog::kTileWidth;
            const bool full = index < size_ / tlog::kTileWidth;
            const tlog::Resource what{std::nullopt, index,
                                      full ? tlog::kTileWidth : tlog::partial_width(size_, 0)};
            const auto bytes = folder_.read(what.path(), tlog::kBundleBytesMax);
            const auto entries =
                bytes.ok() ? tlog::parse_bundle(*bytes) : Result<std::vector<Bytes>>(bytes.error());
            if (!entries.ok() || entries->size() != what.width) {
                return what.path();
            }
            for (const Bytes& entry : *entries) {
                edge_.push(tlog::leaf_hash(entry), entry, files_);
                note_root();
            }
        }
        for (tlog::TileFile& file : edge_.partials_since(0)) {
            files_.push_back(std::move(file));
        }
        return std::nullopt;
    }
    Digest root_at(std::uint64_t size) const { return roots_.at(size); }

    /// Files that are not what the entries give, but the bundles themselves.
    std::vector<std::string> other_tiles() const {
        std::vector<std::string> out;
        for (const tlog::TileFile& file : files_) {
            const auto bytes = folder_.read(file.what.path(), tlog::kBundleBytesMax);
            if (!bytes.ok() || *bytes != file.bytes) {
                out.push_back(file.what.path());
            }
        }
        return out;
    }
    /// The bundle whose leaves are not those of its tile, where the tiles are those of the head.
    std::optional<std::string> other_bundle() const {
        for (const std::string& tile : other_tiles()) {
            constexpr std::string_view kLeaves = "tile/0/";
            if (tile.starts_with(kLeaves)) {
                return "tile/entries/" + tile.substr(kLeaves.size());
            }
        }
        return std::nullopt;
    }

  private:
    void note_root() {
        if (const auto wanted = roots_.find(edge_.size()); wanted != roots_.end()) {
            wanted->second = edge_.root();
        }
    }

    const Folder& folder_;
    std::uint64_t size_;
    tlog::Edge edge_;
    std::vector<tlog::TileFile> files_;
    std::map<std::uint64_t, Digest> roots_;
};

/// Whether the tiles as they lie there lead to this root, whatever the entries say.
bool tiles_lead_to(const Folder& folder, const tlog::TreeHead& head) {
    const auto read = [&folder](unsigned level, std::uint64_t index) -> Result<Digest> {
        const tlog::TilePlace place = tlog::tile_place(level, index);
        for (unsigned width = tlog::kTileWidth; width > 0; --width) {
            const tlog::Resource what{place.level, place.tile, width};
            if (folder.has(what.path())) {
                ASSAY_TRY(const Bytes bytes,
                          folder.read(what.path(), tlog::kTileWidth * Digest::kBytes));
                ASSAY_TRY(const tlog::HashTile tile, tlog::HashTile::from_bytes(bytes, width));
                return tile.at(place.row, place.index);
            }
        }
        return fail(Code::kNotFound, "audit.log.tile"_id);
    };
    const auto root = tlog::tree_root(read, head.size);
    return root.ok() && *root == head.root;
}

Result<tlog::Checkpoint> read_head(ByteView file, const tlog::NoteKey& log) {
    const auto receipt = tlog::LogProof::parse(as_text(file));
    return tlog::verify_checkpoint(
        receipt.ok() ? std::string_view(receipt->checkpoint) : as_text(file), log);
}

/// The receipts and checkpoints that the auditor brings; what is none disagrees.
Result<std::vector<KeptHead>> kept_heads(const Session& session, const LogOptions& options,
                                         const tlog::NoteKey& log, Report& report) {
    std::vector<KeptHead> out;
    for (const std::string& path : options.older) {
        ASSAY_TRY(const Bytes file, read_file(session.disk, path, tlog::kProofBytesMax));
        const auto head = read_head(file, log);
        if (head.ok()) {
            out.push_back({path, head->head});
        } else {
            report.add({"audit.check.log-older"_id, {}}, path, head.error());
        }
    }
    return out;
}

void check_older(const std::vector<KeptHead>& kept, const tlog::TreeHead& head,
                 const Recomputed& tree, Report& report) {
    for (const KeptHead& each : kept) {
        const Message what{"audit.check.log-consistent"_id,
                           {{"older", each.file}, {"size", std::to_string(each.head.size)}}};
        if (each.head.size > head.size) {
            report.add(what, kCheckpointFile,
                       disagree("audit.log.shorter"_id, {{"size", std::to_string(head.size)}}));
            continue;
        }
        const bool same = tree.root_at(each.head.size) == each.head.root;
        report.add(what, kCheckpointFile,
                   same ? Status(Ok{}) : Status(disagree("audit.log.rewritten"_id)));
    }
}

Result<Report> audit_log(const Session& session, const LogOptions& options) {
    ASSAY_TRY(const auto log, log_key_value(options.log_key));
    const Folder folder(session.disk, options.folder);
    ASSAY_TRY(const Bytes note, folder.read(kCheckpointFile, tlog::kNoteBytesMax));
    Report report;
    const auto checkpoint = tlog::verify_checkpoint(as_text(note), log);
    const Message signed_head{"audit.check.log-head"_id, {}};
    if (!report.add(signed_head, kCheckpointFile,
                    checkpoint.ok() ? Status(Ok{}) : Status(checkpoint.error()))) {
        return report;
    }
    const tlog::TreeHead head = checkpoint->head;
    ASSAY_TRY(const std::vector<KeptHead> kept, kept_heads(session, options, log, report));
    Recomputed tree(folder, head.size);
    tree.remember(head.size);
    for (const KeptHead& each : kept) {
        tree.remember(each.head.size);
    }
    const Message entries{"audit.check.log-entries"_id, {{"size", std::to_string(head.size)}}};
    if (const auto missing = tree.read()) {
        report.add(entries, *missing, disagree("audit.log.bundle"_id));
        return report;
    }
    const bool right = tree.root_at(head.size) == head.root;
    const auto other = right ? std::nullopt : tree.other_bundle();
    if (right) {
        report.add(entries, kCheckpointFile, Ok{});
        for (const std::string& tile : tree.other_tiles()) {
            report.add({"audit.check.log-tile"_id, {}}, tile, disagree("audit.log.tile"_id));
        }
    } else {
        const bool bundle = other && tiles_lead_to(folder, head);
        report.add(entries, bundle ? *other : kCheckpointFile,
                   disagree(bundle ? "audit.log.bundle"_id : "audit.log.root"_id));
    }
    check_older(kept, head, tree, report);
    return report;
}

}  // namespace

void add_log_command(CommandLine& line) {
    const Session& session = line.session();
    const auto options = std::make_shared<LogOptions>();
    CLI::App& log = line.command("log", "audit.help.log"_id,
                                 [&session, options] { return audit_log(session, *options); });
    line.option(log, "folder", options->folder, "audit.help.log-folder"_id)->required();
    line.option(log, "--log-key", options->log_key, "audit.help.log-key"_id)->required();
    log.add_option("--older", options->older, session.say("audit.help.older"_id));
}

}  // namespace assay::audit
