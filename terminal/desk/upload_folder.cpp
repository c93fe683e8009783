#include "terminal/desk/upload_folder.h"

#include <algorithm>

#include "crypto/base/hex.h"
#include "crypto/file_hash.h"
#include "crypto/record/document.h"
#include "server/protocol/package.h"
#include "server/protocol/upload_note.h"

namespace assay::desk {
namespace {

constexpr std::size_t kMetaBytesMax = 1024;
constexpr const char* kRefused = ".refused";
constexpr std::size_t kPieceBytes = 1U << 20U;

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> out;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        out.emplace_back(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return out;
}

/// A metadata value as a line of its own: no control characters.
Result<std::string> value_of(const http::TusMetadata& metadata, const std::string& key) {
    const auto found = metadata.find(key);
    if (found == metadata.end() || found->second.size() > kMetaBytesMax / 4 ||
        std::ranges::any_of(found->second, [](std::uint8_t c) { return c < 0x20; })) {
        return fail(Code::kInvalid, "desk.upload.metadata"_id, {{"key", key}});
    }
    return to_string(found->second);
}

}  // namespace

UploadFolder::UploadFolder(Disk& disk, Path folder, Random& random)
    : disk_(disk), folder_(std::move(folder)), random_(random) {}

Result<std::string> UploadFolder::create(const http::Request& /*request*/,
                                         const http::TusMetadata& metadata, std::uint64_t length) {
    const std::lock_guard guard(lock_);
    ASSAY_TRY(const std::string digest, value_of(metadata, "digest"));
    ASSAY_TRY(const std::string kind, value_of(metadata, "kind"));
    ASSAY_TRY(const std::string attempt, value_of(metadata, "attempt"));
    ASSAY_TRY(const std::string name, value_of(metadata, "name"));
    ASSAY_TRY(const Digest checked, Digest::from_hex(digest));
    ASSAY_TRY(const AttemptId checked_attempt, AttemptId::from_hex(attempt));
    ASSAY_TRY_STATUS(disk_.make_folders(folder_));
    ASSAY_TRY(const auto names, disk_.list(folder_));
    if (names.size() > 2 * kUploadsMax) {
        return fail(Code::kLimit, "desk.upload.count"_id, {{"limit", std::to_string(kUploadsMax)}});
    }
    Fixed<struct UploadTag, 16> random_id;
    random_.fill(random_id.bytes);
    const std::string id = random_id.hex();
    const std::string meta = checked.hex() + '\n' + std::to_string(length) + '\n' + kind + '\n' +
                             checked_attempt.hex() + '\n' + name + '\n';
    ASSAY_TRY(auto file, disk_.create(path(id + ".part")));
    ASSAY_TRY_STATUS(write_file(disk_, path(id + ".info"), as_bytes(meta)));
    open_[id] = Upload{std::move(file), length, 0, meta};
    return id;
}

Result<UploadFolder::Upload*> UploadFolder::open(const std::string& id) {
    if (const auto known = open_.find(id); known != open_.end()) {
        return &known->second;
    }
    if (id.size() != 32 || !from_hex(id).ok() || !disk_.exists(path(id + ".info"))) {
        return fail(Code::kNotFound, "desk.upload.unknown"_id);
    }
    if (!disk_.exists(path(id + ".part"))) {
        return fail(Code::kRefused, "desk.upload.gone"_id);
    }
    Upload upload;
    ASSAY_TRY(const Bytes meta, read_file(disk_, path(id + ".info"), kMetaBytesMax));
    upload.meta = to_string(meta);
    const auto lines = lines_of(upload.meta);
    if (lines.size() != 5) {
        return fail(Code::kCorrupt, "desk.upload.unknown"_id);
    }
    upload.length = std::stoull(lines[1]);
    ASSAY_TRY(upload.file, disk_.open(path(id + ".part")));
    ASSAY_TRY_STATUS(upload.file->sync());  // what is in the file now counts as durable
    ASSAY_TRY(upload.durable, upload.file->size());
    return &(open_[id] = std::move(upload));
}

Result<http::TusState> UploadFolder::find(const http::Request& /*request*/, const std::string& id) {
    const std::lock_guard guard(lock_);
    if (id.size() == 32 && disk_.exists(path(id + ".done"))) {
        ASSAY_TRY(const Bytes meta, read_file(disk_, path(id + ".done"), kMetaBytesMax));
        const auto lines = lines_of(as_text(meta));
        const std::uint64_t length = lines.size() == 5 ? std::stoull(lines[1]) : 0;
        return http::TusState{length, length};
    }
    ASSAY_TRY(const Upload* const upload, open(id));
    return http::TusState{upload->length, upload->durable};
}

Status UploadFolder::append(const std::string& id, std::uint64_t offset, ByteView piece) {
    const std::lock_guard guard(lock_);
    ASSAY_TRY(Upload* const upload, open(id));
    return upload->file->write_at(offset, piece);
}

Result<std::uint64_t> UploadFolder::sync(const std::string& id) {
    const std::lock_guard guard(lock_);
    ASSAY_TRY(Upload* const upload, open(id));
    ASSAY_TRY_STATUS(upload->file->sync());
    ASSAY_TRY(upload->durable, upload->file->size());
    return upload->durable;
}

Status UploadFolder::rewind(const std::string& id, std::uint64_t offset) {
    const std::lock_guard guard(lock_);
    ASSAY_TRY(Upload* const upload, open(id));
    return upload->file->truncate(offset);
}

Status UploadFolder::drop(const std::string& id) {
    const std::lock_guard guard(lock_);
    if (id.size() == 32 && disk_.exists(path(id + ".done"))) {
        return fail(Code::kConflict, "desk.upload.gone"_id);
    }
    ASSAY_TRY_STATUS(open(id));
    open_.erase(id);
    ASSAY_TRY_STATUS(disk_.remove(path(id + ".part")));  // find() says that it is gone
    return disk_.sync_folder(folder_);
}

Status UploadFolder::finish(const std::string& id) {
    const std::lock_guard guard(lock_);
    if (id.size() == 32 && disk_.exists(path(id + ".done"))) {
        return Ok{};
    }
    ASSAY_TRY(Upload* const upload, open(id));
    const auto lines = lines_of(upload->meta);
    ASSAY_TRY(const Digest found, crypto::sha256(*upload->file));
    const std::string meta = upload->meta;
    open_.erase(id);
    if (found.hex() != lines.at(0)) {
        ASSAY_TRY_STATUS(disk_.rename(path(id + ".part"), path(id + ".wrong")));
        ASSAY_TRY_STATUS(disk_.sync_folder(folder_));
        return fail(Code::kCorrupt, "desk.upload.digest"_id);
    }
    ASSAY_TRY_STATUS(write_file(disk_, path(found.hex() + ".meta"), as_bytes(meta)));
    ASSAY_TRY_STATUS(disk_.rename(path(id + ".part"), path(found.hex() + ".age")));
    ASSAY_TRY_STATUS(disk_.rename(path(id + ".info"), path(id + ".done")));
    note_held({found, lines[2], lines[3], lines[4], {}, 0});
    waiting_.insert(found);
    return disk_.sync_folder(folder_);
}

std::vector<UploadFolder::Done> UploadFolder::finished() {
    const std::lock_guard guard(lock_);
    return listed(".meta");
}

std::vector<UploadFolder::Done> UploadFolder::listed(std::string_view ending) {
    std::vector<Done> out;
    const auto names = disk_.list(folder_);
    for (const std::string& name : names.ok() ? names.value() : std::vector<std::string>{}) {
        if (!name.ends_with(ending)) {
            continue;
        }
        const auto meta = read_file(disk_, path(name), kMetaBytesMax);
        const auto lines = meta.ok() ? lines_of(as_text(*meta)) : std::vector<std::string>{};
        const auto digest = lines.size() == 5
                                ? Digest::from_hex(lines[0])
                                : Result<Digest>(fail(Code::kCorrupt, "desk.upload.unknown"_id));
        if (digest.ok()) {
            out.push_back({*digest, lines[2], lines[3], lines[4], path(digest->hex() + ".age"),
                           std::stoull(lines[1])});
        }
    }
    return out;
}

Status UploadFolder::settle(const Digest& digest, const char* ending) {
    const std::lock_guard guard(lock_);
    ASSAY_TRY_STATUS(disk_.rename(path(digest.hex() + ".meta"), path(digest.hex() + ending)));
    waiting_.erase(digest);
    return disk_.sync_folder(folder_);
}

Status UploadFolder::passed_on(const Digest& digest) { return settle(digest, ".passed"); }

Status UploadFolder::refused(const Digest& digest) { return settle(digest, kRefused); }

Result<std::size_t> UploadFolder::retry_refused() {
    const std::lock_guard guard(lock_);
    const std::vector<Done> all = listed(kRefused);
    for (const Done& upload : all) {
        const std::string stem = upload.digest.hex();
        ASSAY_TRY_STATUS(disk_.rename(path(stem + kRefused), path(stem + ".meta")));
        waiting_.insert(upload.digest);
    }
    if (!all.empty()) {
        ASSAY_TRY_STATUS(disk_.sync_folder(folder_));
    }
    return all.size();
}

void UploadFolder::note_held(const Done& upload) {
    held_[upload.attempt][upload.digest] = upload.kind;
}

void UploadFolder::read_held() {
    if (std::exchange(held_read_, true)) {
        return;
    }
    for (const Done& upload : listed(".meta")) {
        note_held(upload);
        waiting_.insert(upload.digest);
    }
    for (const char* const ending : {".passed", kRefused}) {
        for (const Done& upload : listed(ending)) {
            note_held(upload);
        }
    }
}

std::size_t UploadFolder::waiting() {
    const std::lock_guard guard(lock_);
    read_held();
    return waiting_.size();
}

UploadFolder::Held UploadFolder::held(const AttemptId& attempt) {
    const std::lock_guard guard(lock_);
    read_held();
    Held out;
    for (const auto& [digest, kind] : held_[attempt.hex()]) {
        if (kind == protocol::kUploadKindSegment) {
            ++out.segments;
        } else {
            out.files.insert(digest);
        }
    }
    return out;
}

Status UploadFolder::copy_to(const Path& to, const Done& upload) {
    ASSAY_TRY(const auto from, disk_.open_read_only(upload.file));
    const Path half = to.string() + ".part";
    if (disk_.exists(half)) {
        ASSAY_TRY_STATUS(disk_.remove(half));
    }
    ASSAY_TRY(const auto file, disk_.create(half));
    Bytes piece(kPieceBytes);
    for (std::uint64_t at = 0; at < upload.bytes;) {
        ASSAY_TRY(const std::size_t read, from->read_at(at, piece));
        if (read == 0) {
            return fail(Code::kCorrupt, "desk.upload.digest"_id);
        }
        ASSAY_TRY_STATUS(file->append(ByteView(piece).first(read)));
        at += read;
    }
    ASSAY_TRY_STATUS(file->sync());
    ASSAY_TRY_STATUS(disk_.rename(half, to));
    return disk_.sync_folder(to.parent_path());
}

Result<std::size_t> UploadFolder::export_waiting(const Path& stick) {
    std::vector<Done> all;
    {
        const std::lock_guard guard(lock_);
        all = listed(".meta");
        std::ranges::move(listed(kRefused), std::back_inserter(all));
    }
    ASSAY_TRY_STATUS(disk_.make_folders(stick));
    // Without the lock: terminals go on bringing theirs, and what is whole never changes.
    for (const Done& upload : all) {
        const std::string stem = upload.digest.hex();
        const Path note = stick / (stem + protocol::kUploadNoteEnding);
        if (disk_.exists(note)) {
            continue;
        }
        ASSAY_TRY_STATUS(copy_to(stick / (stem + ".age"), upload));
        ASSAY_TRY(const AttemptId attempt, AttemptId::from_hex(upload.attempt));
        ASSAY_TRY_STATUS(
            write_file(disk_, note,
                       record::write_document(protocol::UploadNote{
                           upload.kind, attempt, upload.name, upload.digest, upload.bytes})));
    }
    return all.size();
}

}  // namespace assay::desk
