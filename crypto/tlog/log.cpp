#include "crypto/tlog/log.h"

#include <algorithm>
#include <iterator>
#include <set>

namespace assay::tlog {
namespace {

constexpr const char* kCheckpointName = "checkpoint";
/// Tiles kept for neighbouring proofs; each is 16 KiB with its inner rows.
constexpr std::size_t kCachedTilesMax = 64;

Error corrupt_file(const Path& path) {
    return fail(Code::kCorrupt, "tlog.log.file"_id, {{"path", path.string()}});
}

Path partial_folder(const Resource& full) { return full.path() + ".p"; }

/// The first `width` hashes of a wider tile, or entries of a wider bundle.
Bytes cut(Bytes bytes, const Resource& what) {
    std::size_t end = 0;
    for (unsigned i = 0; i < what.width; ++i) {
        const bool entry = !what.level && end + 2 <= bytes.size();
        end += entry ? std::size_t{2} + bytes[end] * 256U + bytes[end + 1] : Digest::kBytes;
    }
    bytes.resize(std::min(end, bytes.size()));
    return bytes;
}

/// Whether `file` begins with what is asked for.
bool covers(const Resource& file, const Resource& what) {
    return file.level == what.level && file.index == what.index && file.width >= what.width;
}

}  // namespace

Log::Log(Path folder, NoteKey name, crypto::SigningKey key, Disk& disk)
    : folder_(std::move(folder)), name_(std::move(name)), key_(std::move(key)), disk_(&disk) {}

Result<Log> Log::open(Path folder, const std::string& origin, crypto::SigningKey key, Disk& disk) {
    ASSAY_TRY(NoteKey name, NoteKey::make(origin, NoteAlgorithm::kEd25519, key.verify_key()));
    Log log(std::move(folder), std::move(name), std::move(key), disk);
    if (disk.exists(log.folder_ / kCheckpointName)) {
        ASSAY_TRY_STATUS(log.load());
        return log;
    }
    if (disk.exists(log.folder_ / "tile")) {
        return corrupt_file(log.folder_ / kCheckpointName);
    }
    ASSAY_TRY_STATUS(disk.make_folders(log.folder_));
    const TreeHead head{0, empty_root()};
    const Unwritten first{{}, 0, log.signed_note(head), 0};
    ASSAY_TRY_STATUS(log.write(first));
    log.adopt(head, first.note);
    log.written(first);
    return log;
}

Status Log::load() {
    ASSAY_TRY(const Bytes note, read_file(*disk_, folder_ / kCheckpointName, kNoteBytesMax));
    const auto verified = verify_checkpoint(as_text(note), name_);
    if (!verified.ok() && verified.error().code == Code::kInvalid) {
        return corrupt_file(folder_ / kCheckpointName);
    }
    ASSAY_TRY(const Checkpoint checkpoint, verified);
    ASSAY_TRY(committed_, Edge::load(checkpoint.head.size,
                                     [this](const Resource& what) { return read_file_of(what); }));
    if (committed_.root() != checkpoint.head.root) {
        return corrupt_file(folder_ / "tile");
    }
    next_ = committed_;
    head_ = checkpoint.head;
    note_ = as_text(note);
    written_size_ = head_.size;
    written_note_ = note_;
    return Ok{};
}

Status Log::usable() const {
    if (broken_) {
        return fail(Code::kIo, "tlog.log.broken"_id, {{"path", folder_.string()}});
    }
    if (read_only_) {
        return fail(Code::kRefused, "tlog.log.read-only"_id, {{"origin", name_.name()}});
    }
    return Ok{};
}

Result<std::uint64_t> Log::append(ByteView payload) {
    ASSAY_TRY_STATUS(usable());
    if (payload.size() > kLeafBytesMax) {
        return fail(
            Code::kLimit, "tlog.log.leaf-size"_id,
            {{"size", std::to_string(payload.size())}, {"limit", std::to_string(kLeafBytesMax)}});
    }
    if (pending() >= kPendingLeavesMax || pending_bytes_ + payload.size() > kPendingBytesMax) {
        return fail(Code::kLimit, "tlog.log.pending"_id, {{"count", std::to_string(pending())}});
    }
    next_.push(leaf_hash(payload), payload, filled_);
    pending_bytes_ += payload.size();
    return next_.size() - 1;
}

Status Log::commit() {
    ASSAY_TRY_STATUS(usable());
    if (next_.size() == written_size_) {
        return Ok{};
    }
    const TreeHead head{next_.size(), next_.root()};
    Unwritten all{unwritten_, 0, pending() == 0 ? note_ : signed_note(head), head.size};
    all.files.insert(all.files.end(), filled_.begin(), filled_.end());
    all.filled = all.files.size();
    const std::vector<TileFile> partials = next_.partials_since(written_size_);
    all.files.insert(all.files.end(), partials.begin(), partials.end());
    const Status done = write(all);
    broken_ = !done.ok();
    if (broken_) {
        return done;
    }
    adopt(head, all.note);
    written(all);
    return Ok{};
}

Status Log::sign() {
    ASSAY_TRY_STATUS(usable());
    if (pending() != 0) {
        const TreeHead head{next_.size(), next_.root()};
        adopt(head, signed_note(head));
    }
    return Ok{};
}

void Log::adopt(const TreeHead& head, std::string note) {
    head_ = head;
    note_ = std::move(note);
    committed_ = next_;
    std::ranges::move(filled_, std::back_inserter(unwritten_));
    filled_.clear();
    pending_bytes_ = 0;
}

Log::Unwritten Log::unwritten() const {
    Unwritten out{unwritten_, unwritten_.size(), note_, head_.size};
    const std::vector<TileFile> partials = committed_.partials_since(written_size_);
    out.files.insert(out.files.end(), partials.begin(), partials.end());
    return out;
}

Status Log::write(const Unwritten& files) const {
    ASSAY_TRY_STATUS(write_files(files.files));
    return write_file(*disk_, folder_ / kCheckpointName, as_bytes(files.note));
}

void Log::written(const Unwritten& files) {
    ASSAY_CHECK(files.size >= written_size_ && files.filled <= unwritten_.size());
    written_size_ = files.size;
    written_note_ = files.note;
    for (std::size_t i = 0; i < files.filled; ++i) {
        drop_partials(files.files[i].what);
    }
    unwritten_.erase(unwritten_.begin(),
                     unwritten_.begin() + static_cast<std::ptrdiff_t>(files.filled));
}

void Log::discard() {
    next_ = committed_;
    filled_.clear();
    pending_bytes_ = 0;
}

/// No rename is needed here: nothing signed refers to these files before publish(), so what a crash
/// leaves of them is replaced when the tree reaches that place again.
Status Log::write_files(const std::vector<TileFile>& files) const {
    std::set<Path> folders;
    for (const TileFile& file : files) {
        const Path path = folder_ / file.what.path();
        if (folders.insert(path.parent_path()).second) {
            ASSAY_TRY_STATUS(disk_->make_folders(path.parent_path()));
        }
        if (disk_->exists(path)) {
            ASSAY_TRY_STATUS(disk_->remove(path));
        }
        ASSAY_TRY(const auto out, disk_->create(path));
        ASSAY_TRY_STATUS(out->append(file.bytes));
        ASSAY_TRY_STATUS(out->sync());
    }
    for (const Path& folder : folders) {
        ASSAY_TRY_STATUS(disk_->sync_folder(folder));
    }
    return Ok{};
}

std::string Log::signed_note(const TreeHead& head) const {
    ASSAY_CHECK(head.size >= head_.size);  // a smaller tree is never signed
    Note note{Checkpoint{name_.name(), head, {}}.text(), {}};
    note.signatures.push_back(sign_note(note.text, name_, key_));
    return note.write();
}

/// The full tile replaces its partial ones. The tree is already durable: a failure only leaves
/// files that nobody asks for.
void Log::drop_partials(const Resource& full) {
    const Path folder = folder_ / partial_folder(full);
    const auto names =
        disk_->exists(folder) ? disk_->list(folder) : Result<std::vector<std::string>>({});
    if (!names.ok()) {
        return;
    }
    for (const std::string& name : *names) {
        if (!disk_->remove(folder / name).ok()) {
            return;
        }
    }
}

bool Log::has(const Resource& what) const {
    const std::uint64_t hashes = head_.size >> (kTileHeight * what.level.value_or(0));
    const std::uint64_t before = what.index * kTileWidth;
    return before < hashes && what.width <= hashes - before;
}

/// What a file would hold, where memory has it: the right edge, and what was not written yet.
std::optional<Bytes> Log::held(const Resource& what) const {
    const auto find_in = [&what](const std::vector<TileFile>& files) -> std::optional<Bytes> {
        for (const TileFile& file : files) {
            if (covers(file.what, what)) {
                return file.what == what ? file.bytes : cut(file.bytes, what);
            }
        }
        return std::nullopt;
    };
    const std::uint64_t hashes = head_.size >> (kTileHeight * what.level.value_or(0));
    return what.index == hashes / kTileWidth ? find_in(committed_.partials_since(0))
                                             : find_in(unwritten_);
}

/// A width between two heads that were written is the beginning of the full file.
Result<Bytes> Log::read(const Resource& what) {
    if (auto bytes = held(what)) {
        return std::move(*bytes);
    }
    const Resource full{what.level, what.index, kTileWidth};
    const bool between = what.width < kTileWidth && !disk_->exists(folder_ / what.path());
    ASSAY_TRY(Bytes bytes, read_file_of(between ? full : what));
    return between ? cut(std::move(bytes), what) : std::move(bytes);
}

Result<Bytes> Log::read_file_of(const Resource& what) const {
    const std::size_t limit = what.level ? kTileWidth * Digest::kBytes : kBundleBytesMax;
    return read_file(*disk_, folder_ / what.path(), limit);
}

Result<Digest> Log::subtree(unsigned level, std::uint64_t index) {
    if (committed_.holds(level, index)) {
        return committed_.subtree(level, index);
    }
    const TilePlace place = tile_place(level, index);
    const auto key = std::pair(place.level, place.tile);
    if (!cache_.contains(key)) {
        ASSAY_TRY(const Bytes bytes, read({place.level, place.tile, kTileWidth}));
        ASSAY_TRY(HashTile tile, HashTile::from_bytes(bytes, kTileWidth));
        if (cache_.size() >= kCachedTilesMax) {
            cache_.clear();
        }
        cache_.emplace(key, std::move(tile));
    }
    return cache_.at(key).at(place.row, place.index);
}

SubtreeReader Log::reader() {
    return [this](unsigned level, std::uint64_t index) { return subtree(level, index); };
}

Result<Proof> Log::inclusion(std::uint64_t index) {
    return prove_inclusion(reader(), index, head_.size);
}

Result<Proof> Log::consistency(std::uint64_t old_size, std::uint64_t new_size) {
    if (new_size > head_.size) {
        return fail(Code::kNotFound, "tlog.log.beyond"_id,
                    {{"size", std::to_string(new_size)}, {"have", std::to_string(head_.size)}});
    }
    return prove_consistency(reader(), old_size, new_size);
}

Result<LogProof> Log::receipt(std::uint64_t index) {
    ASSAY_TRY(Proof path, inclusion(index));
    return LogProof{{}, index, std::move(path), note_};
}

Result<Digest> Log::root_at(std::uint64_t size) {
    if (size > head_.size) {
        return fail(Code::kNotFound, "tlog.log.beyond"_id,
                    {{"size", std::to_string(size)}, {"have", std::to_string(head_.size)}});
    }
    return tree_root(reader(), size);
}

Result<Bytes> Log::entry(std::uint64_t index) {
    if (index >= head_.size) {
        return fail(Code::kNotFound, "tlog.tree.no-leaf"_id,
                    {{"index", std::to_string(index)}, {"size", std::to_string(head_.size)}});
    }
    const std::uint64_t bundle = index / kTileWidth;
    const bool full = bundle < head_.size / kTileWidth;
    const Resource what{std::nullopt, bundle, full ? kTileWidth : partial_width(head_.size, 0)};
    ASSAY_TRY(const Bytes bytes, read(what));
    ASSAY_TRY(std::vector<Bytes> entries, parse_bundle(bytes));
    if (entries.size() != what.width) {
        return corrupt_file(folder_ / what.path());
    }
    return std::move(entries[index % kTileWidth]);
}

Result<Bytes> Log::resource(std::string_view path) {
    if (path == kCheckpointName) {
        return to_bytes(note_);
    }
    ASSAY_TRY(const Resource what, Resource::from_path(path));
    if (!has(what)) {
        return fail(Code::kNotFound, "tlog.tile.none"_id, {{"path", what.path()}});
    }
    return read(what);
}

Status Log::meet(std::string_view note) {
    ASSAY_TRY(const Checkpoint seen, verify_checkpoint(note, name_));
    if (seen.head.size > head_.size) {
        read_only_ = true;
        return fail(
            Code::kRefused, "tlog.log.behind"_id,
            {{"have", std::to_string(head_.size)}, {"seen", std::to_string(seen.head.size)}});
    }
    ASSAY_TRY(const Digest root, root_at(seen.head.size));
    if (root != seen.head.root) {
        read_only_ = true;
        return fail(Code::kRefused, "tlog.log.forked"_id,
                    {{"size", std::to_string(seen.head.size)}});
    }
    return Ok{};
}

Status Log::check_file(const TileFile& file) {
    ASSAY_TRY(const Bytes bytes, read_file_of(file.what));
    if (bytes != file.bytes) {
        return corrupt_file(folder_ / file.what.path());
    }
    return Ok{};
}

Status Log::scrub() {
    if (written_size_ < head_.size) {
        const Unwritten files = unwritten();
        ASSAY_TRY_STATUS(write(files));
        written(files);
    }
    Edge edge;
    while (edge.size() < head_.size) {
        const std::uint64_t bundle = edge.size() / kTileWidth;
        const bool full = bundle < head_.size / kTileWidth;
        const Resource what{std::nullopt, bundle, full ? kTileWidth : partial_width(head_.size, 0)};
        ASSAY_TRY(const Bytes bytes, read_file_of(what));
        const auto entries = parse_bundle(bytes);
        if (!entries.ok() || entries->size() != what.width) {
            return corrupt_file(folder_ / what.path());
        }
        std::vector<TileFile> filled;
        for (const Bytes& entry : *entries) {
            edge.push(leaf_hash(entry), entry, filled);
        }
        for (const TileFile& file : filled) {
            ASSAY_TRY_STATUS(check_file(file));
        }
    }
    for (const TileFile& file : edge.partials_since(0)) {
        ASSAY_TRY_STATUS(check_file(file));
    }
    if (edge.root() != head_.root) {
        return corrupt_file(folder_ / "tile");
    }
    return Ok{};
}

}  // namespace assay::tlog
