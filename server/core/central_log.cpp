#include "server/core/central_log.h"

#include <algorithm>

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
    held_.clear();  // they come first
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
    const std::string note = head_of(note_or_receipt);
    ASSAY_TRY(const tlog::Checkpoint seen, tlog::verify_checkpoint(note, log_.key()));
    if (seen.head.size > log_.head().size) {
        if (!ahead_ || ahead_->size <= seen.head.size) {
            ahead_ = seen.head;
        }
        return compare_ahead();
    }
    const Status met = log_.meet(note);
    if (!met.ok() && met.error().code == Code::kRefused) {
        doubt_ = met.error();
    }
    return met;
}

/// Only the leaves that the store holds may lead to a head that the folder does not have.
Status CentralLog::compare_ahead() {
    ASSAY_TRY(const std::optional<Digest> root, root_with_held(ahead_->size));
    if (root && *root == ahead_->root) {
        doubt_.reset();
        return Ok{};
    }
    doubt_ =
        root ? fail(Code::kRefused, "tlog.log.forked"_id, {{"size", std::to_string(ahead_->size)}})
             : fail(Code::kRefused, "tlog.log.behind"_id,
                    {{"have", std::to_string(log_.head().size)},
                     {"seen", std::to_string(ahead_->size)}});
    return *doubt_;
}

/// Of the folder's leaves and those of the store behind them; nothing where they are too few.
Result<std::optional<Digest>> CentralLog::root_with_held(std::uint64_t size) {
    const std::uint64_t have = log_.head().size;
    if (size - have > held_.size()) {
        return std::optional<Digest>();
    }
    ASSAY_TRY(tlog::Edge edge, tlog::Edge::load(have, [this](const tlog::Resource& what) {
                  return log_.resource(what.path());
              }));
    std::vector<tlog::TileFile> filled;
    for (std::uint64_t i = 0; i < size - have; ++i) {
        edge.push(held_[i], {}, filled);
        filled.clear();
    }
    return std::optional(edge.root());
}

void CentralLog::hold(const std::vector<ByteView>& leaves) {
    const std::lock_guard guard(lock_);
    const std::size_t count = std::min(leaves.size(), kHeldLeavesMax - held_.size());
    for (std::size_t i = 0; i < count; ++i) {
        held_.push_back(tlog::leaf_hash(leaves[i]));
    }
    if (behind() && held_.size() >= ahead_->size - log_.head().size && !log_.read_only()) {
        const Status compared = compare_ahead();
        static_cast<void>(compared);  // doubt() says it
    }
}

Status CentralLog::meet(std::string_view note_or_receipt) {
    const std::lock_guard guard(lock_);
    return meet_locked(note_or_receipt);
}

Status CentralLog::accept_head(std::string_view note_or_receipt) {
    {
        const std::lock_guard guard(lock_);
        ASSAY_TRY_STATUS(meet_locked(note_or_receipt));
        if (log_.read_only() || (doubt_ && behind())) {  // of a newer head: no word can mend that
            return *doubt_;
        }
        doubt_.reset();
        if (behind()) {  // the store's leaves come with the next start or commit
            return write_file(disk_, last_head_, as_bytes(head_of(note_or_receipt)));
        }
    }
    return keep_head();
}

Status CentralLog::keep_head() {
    const std::lock_guard keeping(keeping_);
    std::string note;
    {
        const std::lock_guard guard(lock_);
        if (doubt_ || behind() || last_head_.empty() || log_.written_checkpoint() == kept_) {
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
