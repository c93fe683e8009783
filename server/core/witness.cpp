#include "server/core/witness.h"

#include <algorithm>

#include "crypto/hash.h"
#include "crypto/tlog/add_checkpoint.h"

namespace assay::server_core {
namespace {

constexpr const char* kText = "text/plain; charset=utf-8";
constexpr const char* kSize = "text/x.tlog.size";

WitnessAnswer refuse(int status) { return {status, kText, {}}; }

}  // namespace

Witness::Witness(Path folder, tlog::NoteKey name, crypto::SigningKey key,
                 std::vector<tlog::NoteKey> logs, Disk& disk, const Clock& clock)
    : folder_(std::move(folder)),
      name_(std::move(name)),
      key_(std::move(key)),
      logs_(std::move(logs)),
      disk_(disk),
      clock_(clock) {}

const tlog::NoteKey* Witness::find(const std::string& origin) const {
    const auto found = std::ranges::find(logs_, origin, &tlog::NoteKey::name);
    return found == logs_.end() ? nullptr : &*found;
}

/// Names of logs hold slashes, and whatever else their owners like.
Path Witness::file_of(const tlog::NoteKey& log) const {
    return folder_ / (crypto::sha256(as_bytes(log.name())).hex() + ".checkpoint");
}

Result<tlog::TreeHead> Witness::latest(const tlog::NoteKey& log) {
    const Path file = file_of(log);
    if (!disk_.exists(file)) {
        return tlog::TreeHead{0, tlog::empty_root()};
    }
    ASSAY_TRY(const Bytes note, read_file(disk_, file, tlog::kNoteBytesMax));
    ASSAY_TRY(const tlog::Checkpoint kept, tlog::verify_checkpoint(as_text(note), log));
    return kept.head;
}

std::string Witness::cosignature(const std::string& checkpoint) const {
    const auto note = tlog::Note::parse(checkpoint).value();
    return tlog::write_cosignatures({tlog::cosign_note(note.text, name_, key_, clock_.wall())});
}

Result<WitnessAnswer> Witness::add_checkpoint(std::string_view body) {
    const auto asked = tlog::AddCheckpoint::parse(body);
    const auto note = asked.ok() ? tlog::Note::parse(asked->checkpoint) : asked.error();
    const auto stated = note.ok() ? tlog::Checkpoint::parse(note->text) : note.error();
    if (!stated.ok()) {
        return refuse(400);
    }
    const tlog::NoteKey* log = find(stated->origin);
    if (log == nullptr) {
        return refuse(404);
    }
    if (!tlog::verify_checkpoint(asked->checkpoint, *log).ok()) {
        return refuse(403);
    }
    if (asked->old_size > stated->head.size) {
        return refuse(400);
    }
    const std::lock_guard guard(lock_);
    ASSAY_TRY(const tlog::TreeHead kept, latest(*log));
    const bool forked = kept.size == stated->head.size && kept.root != stated->head.root;
    if (kept.size != asked->old_size || forked) {
        return WitnessAnswer{409, kSize, std::to_string(kept.size) + "\n"};
    }
    if (!tlog::verify_consistency(asked->proof, kept, stated->head).ok()) {
        return refuse(422);
    }
    ASSAY_TRY_STATUS(write_file(disk_, file_of(*log), as_bytes(asked->checkpoint)));
    return WitnessAnswer{200, kText, cosignature(asked->checkpoint)};
}

}  // namespace assay::server_core
