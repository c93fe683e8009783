#include <algorithm>
#include <set>

#include "crypto/hash.h"
#include "server/audit/trail.h"

// Who may have signed what: key list, manifest, machines, rooms.
namespace assay::audit {
namespace {

constexpr const char* kListFile = "keys/list.dsse.json";
constexpr const char* kRowsFile = "keys/rows.json";
constexpr const char* kManifestFile = "manifest.dsse.json";
constexpr const char* kAttemptsFile = "attempts.json";

/// A list may carry signatures of the root officers before these: those are of keys nobody here
/// knows.
std::size_t unknown_roots(const record::Signed<record::KeyList>& list) {
    std::set<Digest> known;
    for (const record::SigningPublic& root : list.object.roots) {
        known.insert(record::verify_key(root).id());
    }
    return static_cast<std::size_t>(std::ranges::count_if(
        list.envelope.signatures, [&](const auto& each) { return !known.contains(each.keyid); }));
}

Status check_list(record::Signed<record::KeyList> list, const std::optional<Digest>& roots) {
    const record::KeyList& object = list.object;
    ASSAY_TRY_STATUS(record::require(list, object.roots, object.root_threshold));
    if (object.number > 1) {
        std::erase_if(list.envelope.signatures, [&](const auto& each) {
            return std::ranges::none_of(object.roots, [&](const auto& root) {
                return record::verify_key(root).id() == each.keyid;
            });
        });
    }
    ASSAY_TRY_STATUS(only_signers(list.envelope, object.roots));
    if (roots && *roots != roots_digest(object)) {
        return disagree("audit.roots.other"_id,
                        {{"found", roots_digest(object).hex()}, {"expected", roots->hex()}});
    }
    return Ok{};
}

}  // namespace

Digest roots_digest(const record::KeyList& list) {
    Bytes keys;
    append_be32(keys, list.root_threshold);
    for (const record::SigningPublic& root : list.roots) {
        append(keys, root.view());
    }
    return crypto::tagged_hash("assay/v1/roots", {keys});
}

void check_keys(Trail& trail, const std::optional<Digest>& roots) {
    Message what{"audit.check.key-list"_id, {}};
    const auto file = take(trail, what, kListFile, crypto::kEnvelopeBytesMax);
    if (!file) {
        return;
    }
    const auto list = record::read_signed<record::KeyList>(*file);
    if (!list.ok()) {
        trail.report.add(what, kListFile, list.error());
        return;
    }
    what.args = {{"number", std::to_string(list->object.number)},
                 {"threshold", std::to_string(list->object.root_threshold)},
                 {"roots", std::to_string(list->object.roots.size())}};
    what.id = "audit.check.key-list-of"_id;
    if (!trail.report.add(what, kListFile, check_list(*list, roots))) {
        return;
    }
    if (!roots) {
        trail.report.skip({"audit.check.roots"_id, {}}, kListFile,
                          {"audit.why.roots"_id, {{"digest", roots_digest(list->object).hex()}}});
    }
    if (const std::size_t unknown = unknown_roots(*list); unknown > 0) {
        trail.report.skip({"audit.check.older-roots"_id, {}}, kListFile,
                          {"audit.why.older-roots"_id, {{"count", std::to_string(unknown)}}});
    }
    const Message rows_what{"audit.check.key-rows"_id, {}};
    const auto rows = take(trail, rows_what, kRowsFile, kTableBytesMax);
    if (!rows) {
        return;
    }
    auto keys =
        record::TrustedKeys::from(*list, *rows, list->object.roots, list->object.root_threshold);
    if (trail.report.add(rows_what, kRowsFile, keys.ok() ? Status(Ok{}) : keys.error())) {
        trail.keys.emplace(std::move(*keys));
    }
}

void check_manifest_and_attempts(Trail& trail) {
    const Message what{"audit.check.manifest"_id, {}};
    const Message attempts_what{"audit.check.attempts"_id, {}};
    if (lacks(trail, what, kManifestFile, trail.keys.has_value())) {
        return;
    }
    const auto file = take(trail, what, kManifestFile, crypto::kEnvelopeBytesMax);
    if (!file) {
        return;
    }
    const auto check = [&]() -> Result<record::Signed<record::SittingManifest>> {
        ASSAY_TRY(auto manifest, record::read_signed<record::SittingManifest>(*file));
        ASSAY_TRY_STATUS(record::check_manifest(manifest, *trail.keys));
        ASSAY_TRY_STATUS(only_signers(manifest.envelope, trail.keys->officers()));
        return manifest;
    };
    auto manifest = check();
    if (!trail.report.add(what, kManifestFile, manifest.ok() ? Status(Ok{}) : manifest.error())) {
        return;
    }
    trail.manifest.emplace(std::move(*manifest));
    const auto table = take(trail, attempts_what, kAttemptsFile, kTableBytesMax);
    if (!table) {
        return;
    }
    auto attempts = record::read_attempts(trail.manifest->object, *table);
    if (trail.report.add(attempts_what, kAttemptsFile,
                         attempts.ok() ? Status(Ok{}) : attempts.error())) {
        trail.attempts.emplace(std::move(*attempts));
    }
}

void check_machines(Trail& trail) {
    const Message what{"audit.check.enrolment"_id, {}};
    const auto files = trail.folder.names("", "enrolment", ".dsse.json");
    if (files.empty()) {
        trail.report.missing(what, "enrolment.dsse.json", {"audit.why.missing"_id, {}});
    }
    for (const std::string& name : files) {
        if (lacks(trail, what, name, trail.manifest.has_value())) {
            continue;
        }
        const auto check = [&]() -> Result<record::Enrolment> {
            ASSAY_TRY(const Bytes file, trail.folder.envelope(name));
            ASSAY_TRY(auto enrolment, record::read_signed<record::Enrolment>(file));
            ASSAY_TRY_STATUS(record::check_enrolment(enrolment, *trail.keys));
            const auto* desk = trail.keys->find(record::Role::kDesk, enrolment.object.desk);
            ASSAY_TRY_STATUS(only_signers(enrolment.envelope, {&*desk->signing, 1}));
            if (enrolment.object.site != trail.manifest->object.site) {
                return disagree("audit.machine.site"_id);
            }
            return std::move(enrolment.object);
        };
        auto enrolment = check();
        if (trail.report.add(what, name, enrolment.ok() ? Status(Ok{}) : enrolment.error())) {
            trail.enrolments.push_back(std::move(*enrolment));
        }
    }
}

void check_openings(Trail& trail) {
    const Message what{"audit.check.room-opening"_id, {}};
    const auto files = trail.folder.names("", "room-opening", ".dsse.json");
    if (files.empty()) {
        trail.report.missing(what, "room-opening.dsse.json", {"audit.why.missing"_id, {}});
    }
    for (const std::string& name : files) {
        if (lacks(trail, what, name, trail.manifest.has_value())) {
            continue;
        }
        const auto check = [&]() -> Result<record::Signed<record::RoomOpening>> {
            ASSAY_TRY(const Bytes file, trail.folder.envelope(name));
            ASSAY_TRY(auto opening, record::read_signed<record::RoomOpening>(file));
            ASSAY_TRY_STATUS(record::check_opening(opening, *trail.manifest, *trail.keys));
            ASSAY_TRY(const auto desk, record::desk_key(opening.object, *trail.keys));
            ASSAY_TRY_STATUS(only_signers(opening.envelope, {&desk, 1}));
            return opening;
        };
        auto opening = check();
        if (trail.report.add(what, name, opening.ok() ? Status(Ok{}) : opening.error())) {
            trail.openings.push_back(std::move(*opening));
        }
    }
}

}  // namespace assay::audit
