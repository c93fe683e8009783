#include "server/core/central_log.h"

namespace assay::server_core {
namespace {

/// The checkpoint at the end of a receipt, or the text itself.
std::string head_of(std::string_view note_or_receipt) {
    const auto receipt = tlog::LogProof::parse(note_or_receipt);
    return receipt.ok() ? receipt->checkpoint : std::string(note_or_receipt);
}

Status push_all(tlog::Log& log, const std::vector<ByteView>& leaves) {
    for (const ByteView leaf : leaves) {
        const auto index = log.append(leaf);
        if (!index.ok()) {
            log.discard();
            return index.error();
        }
    }
    return Ok{};
}

Result<std::uint64_t> append_all(tlog::Log& log, const std::vector<ByteView>& leaves) {
    const std::uint64_t first = log.head().size;
    ASSAY_TRY_STATUS(push_all(log, leaves));
    ASSAY_TRY_STATUS(log.commit());
    return first;
}

}  // namespace

Status extend_log(tlog::Log& from, tlog::Log& to) {
    const std::uint64_t size = from.head().size;
    while (to.head().size < size) {
        const std::uint64_t bundle = to.head().size / tlog::kTileWidth;
        const bool full = bundle < size / tlog::kTileWidth;
        const tlog::Resource what{std::nullopt, bundle,
                                  full ? tlog::kTileWidth : tlog::partial_width(size, 0)};
        ASSAY_TRY(const Bytes bytes, from.resource(what.path()));
        ASSAY_TRY(const std::vector<Bytes> entries, tlog::parse_bundle(bytes));
        const std::size_t skip = to.head().size % tlog::kTileWidth;
        const std::vector<ByteView> rest(entries.begin() + static_cast<std::ptrdiff_t>(skip),
                                         entries.end());
        ASSAY_TRY_STATUS(append_all(to, rest));
    }
    ASSAY_TRY(const Digest root, to.root_at(size));
    if (root != from.head().root) {
        return fail(Code::kRefused, "server.log.two-trees"_id, {{"size", std::to_string(size)}});
    }
    return Ok{};
}

Result<std::unique_ptr<CentralLog>> CentralLog::open(Path folder, const std::string& origin,
                                                     crypto::SigningKey key, Disk& disk) {
    ASSAY_TRY(tlog::Log log, tlog::Log::open(std::move(folder), origin, std::move(key), disk));
    return std::unique_ptr<CentralLog>(new CentralLog(std::move(log), disk));
}

Result<std::unique_ptr<CentralLog>> CentralLog::open(const LogPlaces& places,
                                                     const std::string& origin,
                                                     const crypto::SigningKey& key, Disk& disk) {
    const auto own_key = [&key] { return crypto::SigningKey::from_seed(key.seed()); };
    ASSAY_TRY(crypto::SigningKey first, own_key());
    ASSAY_TRY(auto out, open(places.folder, origin, std::move(first), disk));
    bool mirror_knew = false;
    if (!places.mirror.empty()) {
        ASSAY_TRY(crypto::SigningKey second, own_key());
        ASSAY_TRY(tlog::Log mirror,
                  tlog::Log::open(places.mirror, origin, std::move(second), disk));
        mirror_knew = mirror.head().size > 0;
        ASSAY_TRY_STATUS(out->catch_up(mirror));
        out->mirror_.emplace(std::move(mirror));
    }
    out->last_head_ = places.last_head;
    ASSAY_TRY_STATUS(out->ask_last_head(mirror_knew));
    return out;
}

Status CentralLog::catch_up(tlog::Log& mirror) {
    if (mirror.head().size > log_.head().size) {
        return extend_log(mirror, log_);
    }
    return extend_log(log_, mirror);
}

Status CentralLog::ask_last_head(bool mirror_knew) {
    if (disk_.exists(last_head_)) {
        ASSAY_TRY(const Bytes note, read_file(disk_, last_head_, tlog::kNoteBytesMax));
        const Status met = meet_locked(as_text(note));
        return met.ok() || met.error().code == Code::kRefused ? Status(Ok{}) : met;
    }
    if (log_.head().size > 0 && !mirror_knew) {
        doubt_ = fail(Code::kUnavailable, "server.log.unproven"_id,
                      {{"size", std::to_string(log_.head().size)}});
        return Ok{};
    }
    return keep_head();
}

/// Leaves lie on the mirror before a head with them is signed here.
Status CentralLog::append_mirror(const std::vector<ByteView>& leaves) {
    if (doubt_) {
        return *doubt_;
    }
    if (mirror_) {
        ASSAY_TRY_STATUS(append_all(*mirror_, leaves));
    }
    return Ok{};
}

Result<std::uint64_t> CentralLog::append(const std::vector<ByteView>& leaves) {
    const std::lock_guard settling(settling_);
    const std::lock_guard guard(lock_);
    ASSAY_TRY_STATUS(append_mirror(leaves));
    return append_all(log_, leaves);
}

Result<std::uint64_t> CentralLog::append_ahead(const std::vector<ByteView>& leaves) {
    const std::lock_guard guard(lock_);
    ASSAY_TRY_STATUS(append_mirror(leaves));
    const std::uint64_t first = log_.head().size;
    ASSAY_TRY_STATUS(push_all(log_, leaves));
    ASSAY_TRY_STATUS(log_.sign());
    return first;
}

/// Receipts are made and leaves signed while the files are written.
Status CentralLog::settle() {
    const std::lock_guard settling(settling_);
    tlog::Log::Unwritten files;
    {
        const std::lock_guard guard(lock_);
        if (log_.checkpoint() == log_.written_checkpoint()) {
            return Ok{};
        }
        files = log_.unwritten();
    }
    ASSAY_TRY_STATUS(log_.write(files));
    const std::lock_guard guard(lock_);
    log_.written(files);
    return Ok{};
}

std::uint64_t CentralLog::size() {
    const std::lock_guard guard(lock_);
    return log_.head().size;
}

bool CentralLog::writable() {
    const std::lock_guard guard(lock_);
    return !doubt_;
}

std::optional<Error> CentralLog::doubt() {
    const std::lock_guard guard(lock_);
    return doubt_;
}

Status CentralLog::meet_locked(std::string_view note_or_receipt) {
    const Status met = log_.meet(head_of(note_or_receipt));
    if (!met.ok() && met.error().code == Code::kRefused) {
        doubt_ = met.error();
    }
    return met;
}

Status CentralLog::meet(std::string_view note_or_receipt) {
    const std::lock_guard guard(lock_);
    return meet_locked(note_or_receipt);
}

Status CentralLog::accept_head(std::string_view note_or_receipt) {
    {
        const std::lock_guard guard(lock_);
        ASSAY_TRY_STATUS(meet_locked(note_or_receipt));
        if (log_.read_only()) {  // it met a newer head before: no word can mend that
            return *doubt_;
        }
        doubt_.reset();
    }
    return keep_head();
}

Status CentralLog::keep_head() {
    const std::lock_guard keeping(keeping_);
    std::string note;
    {
        const std::lock_guard guard(lock_);
        if (doubt_ || last_head_.empty() || log_.written_checkpoint() == kept_) {
            return Ok{};
        }
        note = log_.written_checkpoint();
    }
    ASSAY_TRY_STATUS(write_file(disk_, last_head_, as_bytes(note)));
    kept_ = std::move(note);
    return Ok{};
}

Result<Bytes> CentralLog::leaf(std::uint64_t index) {
    const std::lock_guard guard(lock_);
    return log_.entry(index);
}

Result<std::string> CentralLog::proof(std::uint64_t index) {
    const std::lock_guard guard(lock_);
    ASSAY_TRY(const tlog::LogProof receipt, log_.receipt(index));
    return receipt.write();
}

Result<Bytes> CentralLog::resource(std::string_view path) {
    const std::lock_guard guard(lock_);
    return log_.resource(path);
}

std::string CentralLog::checkpoint() {
    const std::lock_guard guard(lock_);
    return log_.checkpoint();
}

std::string CentralLog::verifier_key() {
    const std::lock_guard guard(lock_);
    return log_.key().text();
}

Status CentralLog::scrub() {
    const std::lock_guard settling(settling_);
    const std::lock_guard guard(lock_);
    return log_.scrub();
}

}  // namespace assay::server_core
