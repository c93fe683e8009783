#include "server/core/evidence_shelf.h"

#include "crypto/file_hash.h"
#include "server/core/tables.h"
#include "server/protocol/package.h"

namespace assay::server_core {
namespace {

/// What the store keeps with an upload: digest, kind, name and when it began, a line each.
struct Note {
    Digest digest;
    std::string kind;
    std::string name;
    std::optional<WallTime> began;

    std::string text() const {
        return digest.hex() + '\n' + kind + '\n' + name + '\n' + (began ? began->text() : "");
    }
    std::optional<WallTime> expires() const {
        return began ? std::optional(*began + kUploadLifetime) : std::nullopt;
    }
    static Result<Note> from_text(const std::string& text) {
        const std::size_t first = text.find('\n');
        const std::size_t second = first == std::string::npos ? first : text.find('\n', first + 1);
        if (second == std::string::npos) {
            return fail(Code::kCorrupt, "server.upload.unknown"_id);
        }
        ASSAY_TRY(const Digest digest, Digest::from_hex(text.substr(0, first)));
        const std::size_t third = std::min(text.find('\n', second + 1), text.size());
        Note out{digest, text.substr(first + 1, second - first - 1),
                 text.substr(second + 1, third - second - 1), std::nullopt};
        if (third + 1 < text.size()) {
            ASSAY_TRY(out.began, WallTime::from_text(text.substr(third + 1)));
        }
        return out;
    }
};

Result<store::UploadId> id_of(const std::string& id) {
    const auto read = store::UploadId::from_hex(id);
    if (!read.ok()) {
        return fail(Code::kNotFound, "server.upload.unknown"_id);
    }
    return *read;
}

}  // namespace

Result<std::string> EvidenceShelf::create(const record::KeyRow& desk, const UploadNote& asked,
                                          std::uint64_t length) {
    if (asked.kind != protocol::kUploadKindSegment && asked.kind != protocol::kUploadKindFile) {
        return fail(Code::kInvalid, "server.upload.metadata"_id, {{"key", "kind"}});
    }
    ASSAY_TRY_STATUS(room_for(ports_.headroom, Room::kNoEvidence));
    ASSAY_TRY(const auto sitting, sittings_.find_by_attempt(asked.attempt));
    if (desk.site != sitting->manifest.object.site) {
        return fail(Code::kDenied, "server.sitting.other-site"_id);
    }
    const Note note{asked.digest, asked.kind, asked.name, ports_.clock.wall()};
    store::Keys keys;
    keys.site = desk.site;
    keys.sitting = sitting->manifest.object.sitting;
    keys.attempt = asked.attempt;
    const auto id = ports_.random.id<store::UploadId>();
    ASSAY_TRY_STATUS(uploads_.create(id, length, note.text(), keys));
    return id.hex();
}

Result<UploadProgress> EvidenceShelf::find(const record::KeyRow& desk, const std::string& text) {
    ASSAY_TRY(const store::UploadId id, id_of(text));
    ASSAY_TRY(const store::Upload upload, uploads_.find(id));
    if (upload.keys.site != desk.site) {
        return fail(Code::kDenied, "server.sitting.other-site"_id);
    }
    {
        // A new connection takes over; what the old one never synced is sent again.
        const std::lock_guard guard(lock_);
        buffers_.erase(id);
    }
    ASSAY_TRY(const Note note, Note::from_text(upload.metadata));
    return UploadProgress{upload.length, upload.finished ? upload.length : upload.offset,
                          note.expires()};
}

Status EvidenceShelf::append(const std::string& text, std::uint64_t offset, ByteView piece) {
    ASSAY_TRY_STATUS(room_for(ports_.headroom, Room::kNoEvidence));
    ASSAY_TRY(const store::UploadId id, id_of(text));
    Buffer full;
    {
        const std::lock_guard guard(lock_);
        if (!buffers_.contains(id) && buffers_.size() >= kUploadBuffersMax) {
            return fail(Code::kUnavailable, "server.upload.busy"_id);
        }
        Buffer& buffer = buffers_[id];
        if (buffer.bytes.empty() || buffer.offset + buffer.bytes.size() != offset) {
            buffer = {offset, {}};
        }
        assay::append(buffer.bytes, piece);
        if (buffer.bytes.size() < kUploadBufferBytes) {
            return Ok{};
        }
        full = std::move(buffer);
        buffers_.erase(id);
    }
    return flush(id, std::move(full));
}

Status EvidenceShelf::flush(const store::UploadId& id, Buffer buffer) {
    ASSAY_TRY(const std::uint64_t reached, uploads_.append(id, buffer.offset, buffer.bytes));
    ASSAY_CHECK(reached == buffer.offset + buffer.bytes.size());
    return Ok{};
}

Result<std::uint64_t> EvidenceShelf::sync(const std::string& text) {
    ASSAY_TRY(const store::UploadId id, id_of(text));
    Buffer rest;
    {
        const std::lock_guard guard(lock_);
        if (const auto found = buffers_.find(id); found != buffers_.end()) {
            rest = std::move(found->second);
            buffers_.erase(found);
        }
    }
    if (!rest.bytes.empty()) {
        ASSAY_TRY_STATUS(flush(id, std::move(rest)));
    }
    ASSAY_TRY(const store::Upload upload, uploads_.find(id));
    return upload.finished ? upload.length : upload.offset;
}

Status EvidenceShelf::rewind(const std::string& text, std::uint64_t offset) {
    ASSAY_TRY(const store::UploadId id, id_of(text));
    {
        const std::lock_guard guard(lock_);
        buffers_.erase(id);
    }
    return uploads_.rewind(id, offset);
}

Status EvidenceShelf::drop(const std::string& text) {
    ASSAY_TRY(const store::UploadId id, id_of(text));
    {
        const std::lock_guard guard(lock_);
        buffers_.erase(id);
    }
    return uploads_.drop(id);
}

Result<std::size_t> EvidenceShelf::expire() {
    std::size_t count = 0;
    const WallTime now = ports_.clock.wall();
    for (Bytes after;;) {
        ASSAY_TRY(const auto page, uploads_.unfinished(after));
        for (const store::Upload& upload : page) {
            after = to_bytes(upload.id.view());
            const auto note = Note::from_text(upload.metadata);
            if (note.ok() && note->expires() && *note->expires() < now) {
                ASSAY_TRY_STATUS(drop(upload.id.hex()));
                ++count;
            }
        }
        if (page.size() < store::kPageRowsMax) {
            return count;
        }
    }
}

Status EvidenceShelf::finish(const std::string& text) {
    ASSAY_TRY(const store::UploadId id, id_of(text));
    ASSAY_TRY(const store::Upload upload, uploads_.find(id));
    ASSAY_TRY(const Note note, Note::from_text(upload.metadata));
    store::Batch also;
    Bytes value = to_bytes(note.kind);
    value.push_back(0);
    assay::append(value, as_bytes(note.name));
    also.rows.push_back(
        {kFileTable, to_bytes(note.digest.view()), upload.keys, "", value, store::kAnyRevision});
    ASSAY_TRY_STATUS(uploads_.finish(id, std::move(also), note.digest));
    return Ok{};
}

Result<bool> EvidenceShelf::bring(const UploadNote& note, File& file) {
    if (ports_.store.row(kFileTable, to_bytes(note.digest.view())).ok()) {
        return true;
    }
    ASSAY_TRY(const std::uint64_t length, file.size());
    ASSAY_TRY(const Digest found, crypto::sha256(file));
    if (found != note.digest) {
        return fail(Code::kCorrupt, "server.upload.digest"_id);
    }
    ASSAY_TRY(const auto sitting, sittings_.find_by_attempt(note.attempt));
    record::KeyRow site;
    site.site = sitting->manifest.object.site;
    ASSAY_TRY(const std::string id, create(site, note, length));
    Bytes piece(kUploadBufferBytes);
    for (std::uint64_t at = 0; at < length;) {
        ASSAY_TRY(const std::size_t read, file.read_at(at, piece));
        if (read == 0) {
            return fail(Code::kCorrupt, "server.upload.digest"_id);
        }
        ASSAY_TRY_STATUS(append(id, at, ByteView(piece).first(read)));
        at += read;
    }
    ASSAY_TRY_STATUS(sync(id));
    ASSAY_TRY_STATUS(finish(id));
    return false;
}

}  // namespace assay::server_core
