#include "terminal/desk/room.h"

#include <algorithm>

#include "question-bank/sealed/capsule.h"

namespace assay::desk {

Room::Room(RoomPorts ports, DeskKeys keys, RoomConfig config)
    : ports_(ports),
      keys_(std::move(keys)),
      config_(std::move(config)),
      folder_(ports.disk, config_.folder, ports.random, keys_.age),
      journals_(ports.disk, config_.folder / "journals") {}

Result<std::unique_ptr<Room>> Room::open(RoomPorts ports, DeskKeys keys, RoomConfig config) {
    std::unique_ptr<Room> room(new Room(ports, std::move(keys), std::move(config)));
    ASSAY_TRY_STATUS(room->load());
    return room;
}

Status Room::load() {
    ASSAY_TRY_STATUS(ports_.disk.make_folders(config_.folder));
    ASSAY_TRY(crypto::SigningKey log_key, crypto::SigningKey::from_seed(keys_.site_log.seed()));
    ASSAY_TRY(SiteLog log, SiteLog::open(config_.folder / "site-log", keys_.id, std::move(log_key),
                                         ports_.disk));
    site_log_.emplace(std::move(log));
    if (folder_.has("keys/list.dsse.json")) {
        protocol::KeyListReply keys;
        ASSAY_TRY(keys.list, folder_.get("keys/list.dsse.json"));
        ASSAY_TRY(keys.rows, folder_.get("keys/rows.json"));
        ASSAY_TRY_STATUS(adopt_keys(keys));
    }
    if (folder_.has("sitting/manifest.dsse.json")) {
        ASSAY_TRY_STATUS(load_sitting());
        ASSAY_TRY_STATUS(load_openings());
        ASSAY_TRY_STATUS(load_terminals());
        ASSAY_TRY_STATUS(load_attempts());
        ASSAY_TRY_STATUS(load_releases());
        ASSAY_TRY_STATUS(load_packages());
        ASSAY_TRY_STATUS(load_heard());
        ASSAY_TRY_STATUS(mend_outbox());
    }
    return Ok{};
}

Status Room::adopt_keys(const protocol::KeyListReply& keys) {
    const std::lock_guard guard(lock_);
    ASSAY_TRY(const auto list, record::read_signed<record::KeyList>(keys.list));
    // The first list comes with the desk's installation and names its own roots; each later one
    // must be signed by the roots of the one before.
    const record::KeyList& roots_of = trusted_ ? trusted_->list() : list.object;
    ASSAY_TRY(record::TrustedKeys next,
              record::TrustedKeys::from(list, keys.rows, roots_of.roots, roots_of.root_threshold,
                                        trusted_ ? &*trusted_ : nullptr));
    const record::KeyRow* own = next.find(record::Role::kDesk, keys_.id);
    if (own == nullptr || own->signing != record::public_of(keys_.signing)) {
        return fail(Code::kDenied, "desk.keys.not-listed"_id, {{"desk", keys_.id.hex()}});
    }
    ASSAY_TRY_STATUS(folder_.put("keys/rows.json", keys.rows));
    ASSAY_TRY_STATUS(folder_.put("keys/list.dsse.json", keys.list));
    trusted_ = std::move(next);
    key_list_ = keys;
    return Ok{};
}

Status Room::take_sitting(const protocol::SittingReply& bundle) {
    const std::lock_guard guard(lock_);
    if (!trusted_) {
        return fail(Code::kRefused, "desk.keys.none"_id);
    }
    ASSAY_TRY(const auto manifest, record::read_signed<record::SittingManifest>(bundle.manifest));
    ASSAY_TRY_STATUS(record::check_manifest(manifest, *trusted_));
    if (manifest.object.sitting != config_.sitting ||
        manifest.object.find_room(config_.room) == nullptr) {
        return fail(Code::kRefused, "desk.sitting.other"_id);
    }
    ASSAY_TRY(const auto attempts, record::read_attempts(manifest.object, bundle.attempts));
    ASSAY_TRY(const auto roster, record::read_document<record::SiteRoster>(bundle.roster));
    for (const record::RosterRow& row : roster.rows) {
        const record::AttemptRow* attempt = attempts.find(row.attempt);
        if (attempt == nullptr || attempt->person != record::person_digest(row)) {
            return fail(Code::kCorrupt, "desk.sitting.roster"_id, {{"seat", row.seat}});
        }
    }
    for (const protocol::BankStatement& bank : bundle.banks) {
        ASSAY_TRY(const auto statement, record::read_signed<sealed::BankPart>(bank.statement));
        const record::ManifestPart* part = manifest.object.find_part(statement.object.part);
        if (part == nullptr || part->bank != statement.object.bank) {
            return fail(Code::kRefused, "desk.sitting.bank"_id,
                        {{"part", statement.object.part.hex()}});
        }
        ASSAY_TRY_STATUS(
            record::require(statement, trusted_->officers(), trusted_->officer_threshold()));
        ASSAY_TRY_STATUS(
            folder_.put("banks/" + statement.object.part.hex() + ".dsse.json", bank.statement));
    }
    for (std::size_t i = 0; i < bundle.kits.size(); ++i) {
        ASSAY_TRY_STATUS(folder_.put("kits/" + std::to_string(i) + ".dsse.json", bundle.kits[i]));
    }
    ASSAY_TRY_STATUS(folder_.put_sealed("sitting/roster.age", bundle.roster));
    ASSAY_TRY_STATUS(folder_.put("sitting/attempts.json", bundle.attempts));
    ASSAY_TRY_STATUS(folder_.put("sitting/manifest.dsse.json", bundle.manifest));
    return load_sitting();
}

Status Room::load_sitting() {
    ASSAY_TRY(manifest_, folder_.get_signed<record::SittingManifest>("sitting/manifest.dsse.json"));
    ASSAY_TRY(attempts_file_, folder_.get("sitting/attempts.json"));
    ASSAY_TRY(attempts_, record::read_attempts(manifest_->object, attempts_file_));
    ASSAY_TRY(const Bytes roster, folder_.get_sealed("sitting/roster.age"));
    ASSAY_TRY(roster_, record::read_document<record::SiteRoster>(roster));
    std::erase_if(roster_.rows, [&](const record::RosterRow& row) {
        const record::AttemptRow* attempt = attempts_.find(row.attempt);
        return attempt == nullptr || attempt->room != config_.room;
    });
    for (const record::RosterRow& row : roster_.rows) {
        state_.try_emplace(row.attempt);
    }
    for (const std::string& name : folder_.names("banks", ".dsse.json")) {
        ASSAY_TRY(auto statement,
                  folder_.get_signed<sealed::BankPart>("banks/" + name + ".dsse.json"));
        const PartId part = statement.object.part;
        const auto known = parts_.find(part);
        if (known == parts_.end()) {
            parts_.emplace(part, Part{std::move(statement), std::nullopt});
        } else {
            known->second.statement = std::move(statement);  // what was released stays so
        }
    }
    kits_.clear();
    for (const std::string& name : folder_.names("kits", ".dsse.json")) {
        ASSAY_TRY(auto kit, folder_.get_signed<sealed::SiteKit>("kits/" + name + ".dsse.json"));
        kits_.push_back(std::move(kit));
    }
    return Ok{};
}

std::vector<Digest> Room::missing_photos() {
    const std::lock_guard guard(lock_);
    std::vector<Digest> out;
    for (const record::RosterRow& row : roster_.rows) {
        if (row.photo && !folder_.has("photos/" + row.photo->hex() + ".age")) {
            out.push_back(*row.photo);
        }
    }
    return out;
}

Status Room::take_photo(const Digest& digest, ByteView photo) {
    const std::lock_guard guard(lock_);
    if (crypto::sha256(photo) != digest) {
        return fail(Code::kCorrupt, "desk.photo.digest"_id);
    }
    return folder_.put_sealed("photos/" + digest.hex() + ".age", photo);
}

Result<Bytes> Room::photo(const Digest& digest) {
    const std::lock_guard guard(lock_);
    return folder_.get_sealed("photos/" + digest.hex() + ".age");
}

std::vector<Digest> Room::missing_banks() {
    const std::lock_guard guard(lock_);
    std::vector<Digest> out;
    for (const auto& [id, part] : parts_) {
        const Digest& digest = part.statement.object.bank;
        if (!folder_.has("banks/" + digest.hex() + ".age")) {
            out.push_back(digest);
        }
    }
    return out;
}

Status Room::take_bank(const Digest& digest, ByteView bank) {
    const std::lock_guard guard(lock_);
    for (const auto& [id, part] : parts_) {
        if (part.statement.object.bank == digest) {
            ASSAY_TRY_STATUS(
                sealed::check_arrival(*sealed::memory_file(to_bytes(bank)), part.statement.object));
            return folder_.put("banks/" + digest.hex() + ".age", bank);
        }
    }
    return fail(Code::kNotFound, "desk.bank.unknown"_id, {{"bank", digest.hex()}});
}

bool Room::has_sitting() {
    const std::lock_guard guard(lock_);
    return manifest_.has_value();
}

Status Room::need_sitting() const {
    return manifest_ ? Status(Ok{}) : fail(Code::kRefused, "desk.sitting.none"_id);
}

Status Room::need_opening() const {
    ASSAY_TRY_STATUS(need_sitting());
    return opening_ ? Status(Ok{}) : fail(Code::kRefused, "desk.room.not-open"_id);
}

const record::RosterRow* Room::roster_row(const AttemptId& attempt) const {
    const auto found =
        std::find_if(roster_.rows.begin(), roster_.rows.end(),
                     [&](const record::RosterRow& row) { return row.attempt == attempt; });
    return found == roster_.rows.end() ? nullptr : &*found;
}

Result<protocol::KeyListReply> Room::key_list() {
    const std::lock_guard guard(lock_);
    if (!key_list_) {
        return fail(Code::kNotFound, "desk.keys.none"_id);
    }
    return *key_list_;
}

Result<protocol::RoomReply> Room::room() {
    const std::lock_guard guard(lock_);
    ASSAY_TRY_STATUS(need_opening());
    protocol::RoomReply out;
    out.manifest = to_bytes(manifest_->json());
    out.attempts = attempts_file_;
    out.opening = to_bytes(opening_->json());
    for (const auto& [id, part] : parts_) {
        out.banks.push_back({id, to_bytes(part.statement.json()), part.statement.object.bytes});
    }
    out.log_key = site_log_->verifier_key();
    return out;
}

Result<Bytes> Room::bank(const Digest& digest) {
    const std::lock_guard guard(lock_);
    return folder_.get("banks/" + digest.hex() + ".age");
}

Result<Bytes> Room::log_resource(std::string_view path) {
    const std::lock_guard guard(lock_);
    return site_log_->resource(path);
}

Result<std::string> Room::site_proof(const Digest& statement) {
    const std::lock_guard guard(lock_);
    return site_log_->proof(statement);
}

Status Room::queue(const std::string& object, const Digest& statement, const std::string& file) {
    // A marker names the file; the order of the markers is the order of sending.
    const std::size_t number = folder_.names("outbox", ".wait").size() +
                               folder_.names("outbox", ".done").size() +
                               folder_.names("outbox", ".refused").size();
    std::string counted = std::to_string(number + 1);
    counted.insert(0, 6 - std::min<std::size_t>(6, counted.size()), '0');
    return folder_.put("outbox/" + counted + ".wait",
                       as_bytes(object + '\n' + statement.hex() + '\n' + file + '\n'));
}

}  // namespace assay::desk
