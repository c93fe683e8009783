#include "server/core/sittings.h"

#include "question-bank/sealed/bank.h"
#include "server/core/catalogue.h"
#include "server/core/tables.h"

namespace assay::server_core {
namespace {

constexpr const char* kSittingTable = "sitting";
constexpr const char* kPartTable = "part";
/// Key H(scoring.age): the part with that view. A corrected view stands beside the first one.
constexpr const char* kViewTable = "part-view";
constexpr const char* kCapsuleTable = "capsule";

Bytes capsule_key(const PartId& part, const MachineId& desk) {
    Bytes key = to_bytes(part.view());
    append(key, desk.view());
    return key;
}

store::Row row(const char* table, ByteView key, ByteView value, store::Keys keys = {}) {
    return {table, to_bytes(key), keys, "", to_bytes(value), store::kAnyRevision};
}

}  // namespace

bool Sittings::arrived(ByteView bytes, const Digest& digest, std::uint64_t size) {
    if (!bytes.empty()) {
        return crypto::sha256(bytes) == digest;
    }
    const auto kept_size = ports_.store.body_size(digest);
    return kept_size.ok() && *kept_size == size;
}

Status Sittings::add_bank(const BankDelivery& delivery) {
    ASSAY_TRY_STATUS(room_for(ports_.headroom, Room::kNoSittings));
    ASSAY_TRY(const auto keys, trust_.keys());
    ASSAY_TRY(const auto part, record::read_signed<sealed::BankPart>(delivery.statement));
    ASSAY_TRY(const auto scoring,
              record::read_signed<sealed::ScoringPart>(delivery.scoring_statement));
    ASSAY_TRY_STATUS(record::require(part, keys->officers(), keys->officer_threshold()));
    ASSAY_TRY_STATUS(record::require(scoring, keys->officers(), keys->officer_threshold()));
    if (!arrived(delivery.bank, part.object.bank, part.object.bytes) ||
        !arrived(delivery.scoring, scoring.object.scoring, scoring.object.bytes) ||
        scoring.object.bank != part.object.bank || scoring.object.part != part.object.part) {
        return fail(Code::kCorrupt, "server.bank.pair"_id, {{"part", part.object.part.hex()}});
    }
    store::Batch batch;
    batch.objects = {as_object(part, {}), as_object(scoring, {})};
    batch.bodies = {{crypto::sha256(delivery.scoring_key), delivery.scoring_key}};
    if (!delivery.bank.empty()) {
        batch.bodies.push_back({part.object.bank, delivery.bank});
    }
    if (!delivery.scoring.empty()) {
        batch.bodies.push_back({scoring.object.scoring, delivery.scoring});
    }
    Bytes value = to_bytes(part.digest.view());
    append(value, scoring.digest.view());
    append(value, crypto::sha256(delivery.scoring_key).view());
    batch.rows.push_back(row(kPartTable, part.object.part.view(), value));
    batch.rows.push_back(row(kViewTable, scoring.object.scoring.view(), value));
    ASSAY_TRY(const store::Committed done, ports_.store.put(std::move(batch)));
    return Ok{};
}

Status Sittings::add_kit(ByteView file) {
    ASSAY_TRY(const auto keys, trust_.keys());
    ASSAY_TRY(const auto kit, record::read_signed<sealed::SiteKit>(file));
    ASSAY_TRY_STATUS(record::require(kit, keys->officers(), keys->officer_threshold()));
    store::Keys where;
    where.site = kit.object.site;
    ASSAY_TRY(const std::string receipt, keep(ports_, kit, where));
    return Ok{};
}

Status Sittings::add_capsule(const PartId& part, const MachineId& desk, ByteView capsule) {
    store::Batch batch;
    batch.rows.push_back(row(kCapsuleTable, capsule_key(part, desk), capsule));
    ASSAY_TRY(const store::Committed done, ports_.store.put(std::move(batch)));
    return Ok{};
}

Result<Bytes> Sittings::capsule(const PartId& part, const MachineId& desk) {
    const auto found = ports_.store.row(kCapsuleTable, capsule_key(part, desk));
    if (!found.ok()) {
        return fail(Code::kNotFound, "server.release.no-capsule"_id, {{"part", part.hex()}});
    }
    return found->value;
}

Status Sittings::add_sitting(ByteView manifest_file, ByteView attempts_file) {
    ASSAY_TRY_STATUS(room_for(ports_.headroom, Room::kNoSittings));
    ASSAY_TRY(const auto keys, trust_.keys());
    ASSAY_TRY(const auto manifest, record::read_signed<record::SittingManifest>(manifest_file));
    ASSAY_TRY_STATUS(record::check_manifest(manifest, *keys));
    ASSAY_TRY(const auto listed, catalogue(ports_));
    if (listed) {
        ASSAY_TRY_STATUS(check_listed(*listed, manifest.object));
    }
    ASSAY_TRY(const auto attempts, record::read_attempts(manifest.object, attempts_file));
    for (const record::ManifestPart& part : manifest.object.parts) {
        if (!ports_.store.row(kPartTable, to_bytes(part.part.view())).ok()) {
            return fail(Code::kRefused, "server.sitting.no-bank"_id, {{"part", part.part.hex()}});
        }
    }
    store::Keys where;
    where.site = manifest.object.site;
    where.sitting = manifest.object.sitting;
    store::Batch batch;
    batch.objects = {as_object(manifest, where)};
    batch.bodies = {{manifest.object.attempts, to_bytes(attempts_file)}};
    batch.rows = {
        row(kSittingTable, manifest.object.sitting.view(), manifest.digest.view(), where)};
    ASSAY_TRY(const store::Committed done, ports_.store.put(std::move(batch)));
    ports_.log.info("server.log.sitting"_id, {{"sitting", manifest.object.sitting.hex()}});
    return Ok{};
}

Result<std::shared_ptr<const Sitting>> Sittings::find(const SittingId& sitting) {
    const auto found = ports_.store.row(kSittingTable, to_bytes(sitting.view()));
    if (!found.ok()) {
        return fail(Code::kNotFound, "server.sitting.unknown"_id, {{"sitting", sitting.hex()}});
    }
    ASSAY_TRY(const Digest manifest, Digest::from_bytes(found->value));
    return find_by_manifest(manifest);
}

Result<std::shared_ptr<const Sitting>> Sittings::find_by_manifest(const Digest& digest) {
    {
        const std::lock_guard guard(lock_);
        if (const auto known = known_.find(digest); known != known_.end()) {
            return known->second;
        }
    }
    auto manifest = kept<record::SittingManifest>(ports_, digest);
    if (!manifest.ok()) {
        return fail(Code::kNotFound, "server.sitting.unknown"_id, {{"sitting", digest.hex()}});
    }
    ASSAY_TRY(Bytes file, ports_.store.body(manifest->object.attempts));
    ASSAY_TRY(record::AttemptsFile attempts, record::read_attempts(manifest->object, file));
    auto sitting = std::make_shared<const Sitting>(
        Sitting{std::move(manifest).value(), std::move(attempts), std::move(file)});
    const std::lock_guard guard(lock_);
    return known_.emplace(digest, std::move(sitting)).first->second;
}

Result<KeptPart> Sittings::part(const PartId& id) {
    const auto stored = ports_.store.row(kPartTable, to_bytes(id.view()));
    if (!stored.ok()) {
        return fail(Code::kNotFound, "server.bank.unknown"_id, {{"part", id.hex()}});
    }
    return read_part(id, stored->value);
}

Result<KeptPart> Sittings::part_with_view(const PartId& id, const Digest& scoring) {
    const auto stored = ports_.store.row(kViewTable, to_bytes(scoring.view()));
    auto found = stored.ok() ? read_part(id, stored->value) : part(id);
    if (found.ok() && (found->scoring.object.scoring != scoring || found->bank.object.part != id)) {
        return fail(Code::kNotFound, "server.bank.view"_id,
                    {{"part", id.hex()}, {"view", scoring.hex()}});
    }
    return found;
}

Result<KeptPart> Sittings::read_part(const PartId& id, ByteView value) {
    if (value.size() != 3 * Digest::kBytes) {
        return fail(Code::kCorrupt, "server.bank.unknown"_id, {{"part", id.hex()}});
    }
    ASSAY_TRY(const Digest bank, Digest::from_bytes(value.first(32)));
    ASSAY_TRY(const Digest scoring, Digest::from_bytes(value.subspan(32, 32)));
    ASSAY_TRY(const Digest scoring_key, Digest::from_bytes(value.last(32)));
    ASSAY_TRY(auto bank_part, kept<sealed::BankPart>(ports_, bank));
    ASSAY_TRY(auto scoring_part, kept<sealed::ScoringPart>(ports_, scoring));
    return KeptPart{std::move(bank_part), std::move(scoring_part), scoring_key};
}

Result<std::shared_ptr<const Sitting>> Sittings::find_by_attempt(const AttemptId& attempt) {
    ASSAY_TRY(const auto sittings, list());
    for (const SittingId& id : sittings) {
        ASSAY_TRY(auto sitting, find(id));
        if (sitting->attempts.find(attempt) != nullptr) {
            return sitting;
        }
    }
    return fail(Code::kNotFound, "server.attempt.unknown"_id, {{"attempt", attempt.hex()}});
}

Result<std::vector<SittingId>> Sittings::list() {
    ASSAY_TRY(const auto rows, ports_.store.rows(kSittingTable, {}));
    std::vector<SittingId> out;
    for (const store::Row& each : rows) {
        ASSAY_TRY(const SittingId id, SittingId::from_bytes(each.key));
        out.push_back(id);
    }
    return out;
}

Result<record::SiteRoster> Sittings::roster(const Sitting& sitting) {
    record::SiteRoster out{sitting.manifest.object.sitting, {}};
    for (const record::AttemptRow& attempt : sitting.attempts.attempts) {
        ASSAY_TRY(const auto rows, ports_.store.personal(kRosterTable, attempt.attempt));
        for (const store::PersonalRow& each : rows) {
            ASSAY_TRY(record::RosterRow person,
                      record::read_document<record::RosterRow>(each.value));
            out.rows.push_back(std::move(person));
        }
    }
    return out;
}

Result<protocol::SittingReply> Sittings::reply(const SittingId& id, const MachineId& desk) {
    ASSAY_TRY(const auto keys, trust_.keys());
    ASSAY_TRY(const auto sitting, find(id));
    const record::KeyRow* row = keys->find(record::Role::kDesk, desk);
    if (row == nullptr || row->site != sitting->manifest.object.site) {
        return fail(Code::kDenied, "server.sitting.other-site"_id);
    }
    protocol::SittingReply out;
    out.manifest = to_bytes(sitting->manifest.json());
    out.attempts = sitting->attempts_file;
    ASSAY_TRY(const record::SiteRoster people, roster(*sitting));
    out.roster = record::write_document(people);
    for (const record::ManifestPart& each : sitting->manifest.object.parts) {
        ASSAY_TRY(const KeptPart found, part(each.part));
        out.banks.push_back({each.part, to_bytes(found.bank.json()), found.bank.object.bytes});
    }
    store::Keys where;
    where.site = sitting->manifest.object.site;
    ASSAY_TRY(const auto kits, all_kept<sealed::SiteKit>(ports_, where));
    for (const auto& kit : kits) {
        const record::ManifestPart* part = sitting->manifest.object.find_part(kit.object.part);
        if (part != nullptr && part->bank == kit.object.bank) {
            out.kits.push_back(to_bytes(kit.json()));
        }
    }
    return out;
}

Result<std::vector<std::shared_ptr<const Sitting>>> Sittings::of_site(const SiteId& site) {
    ASSAY_TRY(const auto ids, list());
    std::vector<std::shared_ptr<const Sitting>> out;
    for (const SittingId& id : ids) {
        ASSAY_TRY(auto sitting, find(id));
        if (sitting->manifest.object.site == site) {
            out.push_back(std::move(sitting));
        }
    }
    return out;
}

Result<std::uint64_t> Sittings::bank_size(const SiteId& site, const Digest& digest) {
    ASSAY_TRY(const auto sittings, of_site(site));
    for (const auto& sitting : sittings) {
        for (const record::ManifestPart& each : sitting->manifest.object.parts) {
            if (each.bank == digest) {
                return ports_.store.body_size(digest);
            }
        }
    }
    return fail(Code::kNotFound, "server.body.unknown"_id);
}

Result<Bytes> Sittings::bank_range(const Digest& digest, std::uint64_t offset, std::size_t size) {
    return ports_.store.body_range(digest, offset, size);
}

Result<bool> Sittings::has_photo(const Sitting& sitting, const Digest& digest) {
    const SittingId& id = sitting.manifest.object.sitting;
    {
        const std::lock_guard guard(lock_);
        if (const auto known = photos_.find(id); known != photos_.end()) {
            return known->second.contains(digest);
        }
    }
    ASSAY_TRY(const record::SiteRoster people, roster(sitting));
    std::set<Digest> photos;
    for (const record::RosterRow& row : people.rows) {
        if (row.photo) {
            photos.insert(*row.photo);
        }
    }
    const bool found = photos.contains(digest);
    const std::lock_guard guard(lock_);
    photos_[id] = std::move(photos);
    return found;
}

Result<Bytes> Sittings::photo(const SiteId& site, const Digest& digest) {
    ASSAY_TRY(const auto sittings, of_site(site));
    for (const auto& sitting : sittings) {
        ASSAY_TRY(const bool found, has_photo(*sitting, digest));
        if (found) {
            return ports_.store.body(digest);
        }
    }
    return fail(Code::kNotFound, "server.body.unknown"_id);
}

}  // namespace assay::server_core
