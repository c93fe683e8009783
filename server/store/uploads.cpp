#include "server/store/uploads.h"

#include "crypto/hash.h"
#include "server/store/embedded_store.h"

namespace assay::store {
namespace {

constexpr std::size_t kFixedBytes = 8 + 8 + 32;

/// length (8), durable offset (8), digest (32, zeros while open), metadata.
Bytes encode(const Upload& upload) {
    Bytes out;
    append_be64(out, upload.length);
    append_be64(out, upload.offset);
    append(out, upload.digest.view());
    append(out, as_bytes(upload.metadata));
    return out;
}

Error offset_conflict(const Upload& upload) {
    return fail(
        Code::kConflict, "store.upload.offset"_id,
        {{"offset", std::to_string(upload.offset)}, {"length", std::to_string(upload.length)}});
}

Status check_piece(const Upload& upload, std::uint64_t offset, ByteView piece) {
    if (upload.finished || offset != upload.offset) {
        return offset_conflict(upload);
    }
    if (piece.size() > kUploadPieceBytesMax || piece.size() > upload.length - upload.offset) {
        return fail(
            Code::kLimit, "store.upload.length"_id,
            {{"size", std::to_string(piece.size())}, {"length", std::to_string(upload.length)}});
    }
    return Ok{};
}

Row changed(Row row, const Upload& upload, const char* state) {
    row.state = state;
    row.value = encode(upload);
    return row;
}

}  // namespace

Path Uploads::part(const UploadId& id) const { return folder_ / "uploads" / id.hex(); }

std::shared_ptr<std::mutex> Uploads::lock_of(const UploadId& id) {
    const std::lock_guard lock(locking_);
    std::erase_if(locks_, [](const auto& entry) { return entry.second.expired(); });
    std::shared_ptr<std::mutex> out = locks_[id].lock();
    if (!out) {
        out = std::make_shared<std::mutex>();
        locks_[id] = out;
    }
    return out;
}

Result<Uploads::Found> Uploads::load(const UploadId& id) {
    ASSAY_TRY(Row row, store_.row(kUploadTable, to_bytes(id.view())));
    return read_row(id, std::move(row));
}

Result<Uploads::Found> Uploads::read_row(const UploadId& id, Row row) {
    if (row.value.size() < kFixedBytes) {
        return fail(Code::kCorrupt, "store.entry.malformed"_id);
    }
    const ByteView value(row.value);
    Upload upload;
    upload.id = id;
    upload.keys = row.keys;
    upload.length = read_be64(value);
    upload.offset = read_be64(value.subspan(8));
    ASSAY_TRY(upload.digest, Digest::from_bytes(value.subspan(16, 32)));
    upload.metadata = as_text(value.subspan(kFixedBytes));
    upload.finished = row.state == kUploadFinished;
    return Found{std::move(upload), std::move(row)};
}

Status Uploads::create(const UploadId& id, std::uint64_t length, const std::string& metadata,
                       const Keys& keys) {
    if (length > kUploadBytesMax || metadata.size() > kUploadMetadataBytesMax) {
        return fail(
            Code::kLimit, "store.upload.length"_id,
            {{"size", std::to_string(length)}, {"length", std::to_string(kUploadBytesMax)}});
    }
    ASSAY_TRY_STATUS(disk_.make_folders(folder_ / "uploads"));
    {
        ASSAY_TRY(const auto file, disk_.create(part(id)));
        ASSAY_TRY_STATUS(disk_.sync_folder(folder_ / "uploads"));
    }
    Upload upload{id, keys, metadata, length, 0, false, {}};
    Batch batch;
    batch.rows.push_back({kUploadTable, to_bytes(id.view()), keys, kUploadOpen, encode(upload), 0});
    ASSAY_TRY_STATUS(store_.put(std::move(batch)));
    return Ok{};
}

Result<Upload> Uploads::find(const UploadId& id) {
    ASSAY_TRY(Found found, load(id));
    return std::move(found.upload);
}

Result<std::uint64_t> Uploads::append(const UploadId& id, std::uint64_t offset, ByteView piece) {
    const auto mutex = lock_of(id);
    const std::lock_guard lock(*mutex);
    ASSAY_TRY(Found found, load(id));
    ASSAY_TRY_STATUS(check_piece(found.upload, offset, piece));
    ASSAY_TRY(const auto file, disk_.open(part(id)));
    // Bytes beyond the durable offset, left by a crash, are overwritten here.
    ASSAY_TRY_STATUS(file->write_at(offset, piece));
    ASSAY_TRY_STATUS(file->sync());
    found.upload.offset += piece.size();
    Batch batch;
    batch.rows.push_back(changed(std::move(found.row), found.upload, kUploadOpen));
    ASSAY_TRY_STATUS(store_.put(std::move(batch)));
    return found.upload.offset;
}

Status Uploads::rewind(const UploadId& id, std::uint64_t offset) {
    const auto mutex = lock_of(id);
    const std::lock_guard lock(*mutex);
    ASSAY_TRY(Found found, load(id));
    if (found.row.state != kUploadOpen) {
        return offset_conflict(found.upload);
    }
    if (offset >= found.upload.offset) {
        return Ok{};
    }
    found.upload.offset = offset;
    Batch batch;
    batch.rows.push_back(changed(std::move(found.row), found.upload, kUploadOpen));
    ASSAY_TRY_STATUS(store_.put(std::move(batch)));
    return Ok{};
}

Result<std::vector<Upload>> Uploads::unfinished(const Bytes& after) {
    Query query;
    query.state = kUploadOpen;
    query.after_key = after;
    ASSAY_TRY(std::vector<Row> rows, store_.rows(kUploadTable, query));
    std::vector<Upload> out;
    for (Row& row : rows) {
        ASSAY_TRY(const UploadId id, UploadId::from_bytes(row.key));
        ASSAY_TRY(Found found, read_row(id, std::move(row)));
        out.push_back(std::move(found.upload));
    }
    return out;
}

Result<Digest> Uploads::hash_part(const UploadId& id, std::uint64_t length) {
    ASSAY_TRY(const auto file, disk_.open_read_only(part(id)));
    crypto::Sha256 hash;
    Bytes piece(1U << 20U);
    for (std::uint64_t offset = 0; offset < length;) {
        const std::size_t wanted = std::min<std::uint64_t>(piece.size(), length - offset);
        ASSAY_TRY(const std::size_t done, file->read_at(offset, std::span(piece).first(wanted)));
        if (done != wanted) {
            return fail(Code::kCorrupt, "store.upload.short"_id,
                        {{"id", id.hex()}, {"offset", std::to_string(offset + done)}});
        }
        hash.update(ByteView(piece).first(done));
        offset += done;
    }
    return hash.finish();
}

/// Repeated after a crash it finds the file moved already.
Status Uploads::move_part(const UploadId& id, const Digest& digest) {
    const Path target = body_file(folder_, digest);
    if (!disk_.exists(part(id)) && disk_.exists(target)) {
        return Ok{};
    }
    ASSAY_TRY_STATUS(disk_.make_folders(target.parent_path()));
    ASSAY_TRY_STATUS(disk_.rename(part(id), target));
    ASSAY_TRY_STATUS(disk_.sync_folder(target.parent_path()));
    return disk_.sync_folder(folder_ / "uploads");
}

Status Uploads::remove_part(const UploadId& id) {
    return disk_.exists(part(id)) ? disk_.remove(part(id)) : Status(Ok{});
}

Status Uploads::forget(const Found& found) {
    Batch batch;
    batch.removals.push_back({kUploadTable, found.row.key, found.row.revision});
    ASSAY_TRY_STATUS(store_.put(std::move(batch)));
    return remove_part(found.upload.id);
}

Result<Digest> Uploads::finish(const UploadId& id, Batch also,
                               const std::optional<Digest>& expected) {
    const auto mutex = lock_of(id);
    const std::lock_guard lock(*mutex);
    ASSAY_TRY(Found found, load(id));
    Upload& upload = found.upload;
    if (upload.finished) {
        return upload.digest;
    }
    if (upload.offset != upload.length) {
        return offset_conflict(upload);
    }
    const bool small = upload.length <= kBodyBytesMax;
    if (found.row.state == kUploadOpen) {
        ASSAY_TRY(upload.digest, hash_part(id, upload.length));
        if (expected && *expected != upload.digest) {
            ASSAY_TRY_STATUS(forget(found));
            return fail(Code::kCorrupt, "store.upload.digest"_id, {{"id", id.hex()}});
        }
        if (!small) {  // the digest is durable before the file takes its name
            Batch batch;
            batch.rows.push_back(changed(found.row, upload, kUploadMoving));
            ASSAY_TRY_STATUS(store_.put(std::move(batch)));
            ++found.row.revision;
        }
    }
    if (small) {
        ASSAY_TRY(Bytes bytes, read_file(disk_, part(id), kUploadBytesMax));
        bytes.resize(upload.length);
        also.bodies.push_back({upload.digest, std::move(bytes)});
    } else {
        ASSAY_TRY_STATUS(move_part(id, upload.digest));
        also.files.push_back({upload.digest, upload.length});
    }
    also.rows.push_back(changed(std::move(found.row), upload, kUploadFinished));
    ASSAY_TRY_STATUS(store_.put(std::move(also)));
    ASSAY_TRY_STATUS(remove_part(id));
    return upload.digest;
}

Status Uploads::drop(const UploadId& id) {
    const auto mutex = lock_of(id);
    const std::lock_guard lock(*mutex);
    ASSAY_TRY(const Found found, load(id));
    if (found.row.state != kUploadOpen) {
        return offset_conflict(found.upload);
    }
    return forget(found);
}

}  // namespace assay::store
