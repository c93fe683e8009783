#include <algorithm>

#include "crypto/hash.h"
#include "crypto/record/verify_office.h"
#include "crypto/tlog/checkpoint.h"
#include "crypto/tlog/proof.h"
#include "server/audit/trail.h"

// The package as it can be seen from outside, the logs, and the room's account.
namespace assay::audit {
namespace {

constexpr const char* kRecoveryFile = "recovery.dsse.json";
constexpr const char* kStatementFile = "package.dsse.json";
constexpr const char* kPackageFile = "package.age";
constexpr const char* kReceiptFile = "receipt.txt";
constexpr const char* kSiteProofFile = "site-proof.txt";

/// What the signed half of a package says about things that were proven before it.
Status check_names(const Trail& trail, const record::Package& package) {
    if (package.manifest != trail.manifest->digest) {
        return disagree("audit.package.manifest"_id);
    }
    if (trail.attempts->find(package.attempt) == nullptr) {
        return disagree("audit.package.attempt"_id, {{"attempt", package.attempt.hex()}});
    }
    for (const record::PartDigest& part : package.parts) {
        const auto* known = trail.manifest->object.find_part(part.part);
        if (known == nullptr || known->bank != part.bank) {
            return disagree("audit.package.part"_id, {{"part", part.part.hex()}});
        }
    }
    return Ok{};
}

Status check_signed(const Trail& trail, const record::Signed<record::Package>& package) {
    if (package.object.kind == record::PackageKind::kRecovered) {
        ASSAY_TRY_STATUS(
            record::require(package, trail.keys->officers(), trail.keys->officer_threshold()));
        return only_signers(package.envelope, trail.keys->officers());
    }
    const auto& terminal = trail.enrolment(package.object.terminal)->keys.signing;
    std::vector<record::SigningPublic> all = trail.desks(package.object.room);
    ASSAY_TRY_STATUS(record::require_key(package, terminal));
    ASSAY_TRY_STATUS(record::require(package, all, 1));
    all.push_back(terminal);
    return only_signers(package.envelope, all);
}

/// Whose signatures a package needs, as far as their keys are here.
bool check_signers(Trail& trail, const record::Signed<record::Package>& package) {
    const bool recovered = package.object.kind == record::PackageKind::kRecovered;
    const Message what{
        recovered ? "audit.check.package-officers"_id : "audit.check.package-signers"_id, {}};
    if (!recovered && (trail.enrolment(package.object.terminal) == nullptr ||
                       trail.desks(package.object.room).empty())) {
        trail.report.missing(what, kStatementFile, {"audit.why.machines"_id, {}});
        return true;
    }
    return trail.report.add(what, kStatementFile, check_signed(trail, package));
}

void check_age_file(Trail& trail, const record::Package& package) {
    const Message what{"audit.check.package-age"_id, {}};
    auto file = take(trail, what, kPackageFile, record::kPackageBytesMax);
    if (!file) {
        return;
    }
    const bool same = crypto::sha256(*file) == package.package && file->size() == package.bytes;
    if (trail.report.add(what, kPackageFile,
                         same ? Status(Ok{}) : disagree("audit.digest.other"_id))) {
        trail.package_age = std::move(*file);
    }
}

/// `jq -r` and `echo` end a text that has its line end with one more; no other spelling passes.
std::optional<Bytes> take_proof(Trail& trail, const Message& what, const char* name) {
    auto file = take(trail, what, name, tlog::kProofBytesMax);
    if (file && as_text(*file).ends_with("\n\n")) {
        file->pop_back();
    }
    return file;
}

void say_unknown(Trail& trail, const char* file, const Proven& proven) {
    if (proven.unknown > 0) {
        trail.report.skip(
            {"audit.check.unknown-signatures"_id, {}}, file,
            {"audit.why.unknown-signatures"_id, {{"count", std::to_string(proven.unknown)}}});
    }
}

Message proven_message(MessageId id, const Result<Proven>& proven) {
    return {id,
            {{"index", proven.ok() ? std::to_string(proven->index) : "-"},
             {"size", proven.ok() ? std::to_string(proven->size) : "-"}}};
}

// ---- the seal

std::string count_of(const record::Seal& seal, record::Disposition disposition) {
    return std::to_string(
        std::ranges::count(seal.rows, disposition, &record::SealRow::disposition));
}

Status check_checkpoint(const Trail& trail, const record::Seal& seal) {
    const auto logs = site_logs(trail, seal.room);
    Status last = Ok{};
    for (const tlog::NoteKey& log : logs) {
        const auto checkpoint = tlog::verify_checkpoint(seal.checkpoint, log);
        if (checkpoint.ok()) {
            return Ok{};
        }
        last = checkpoint.error();
    }
    return last;
}

Status check_one_seal(const Trail& trail, const record::Signed<record::Seal>& seal) {
    const auto opening = std::ranges::find(trail.openings, seal.object.opening,
                                           &record::Signed<record::RoomOpening>::digest);
    if (opening == trail.openings.end()) {
        return disagree("audit.seal.opening"_id);
    }
    ASSAY_TRY_STATUS(record::check_seal(seal, *opening, *trail.attempts, *trail.keys));
    ASSAY_TRY(const auto desk, record::desk_key(opening->object, *trail.keys));
    return only_signers(seal.envelope, {&desk, 1});
}

Status check_row(const record::Seal& seal, const record::Signed<record::Package>& package) {
    const record::Package& object = package.object;
    const auto row = std::ranges::find(seal.rows, object.attempt, &record::SealRow::attempt);
    if (row == seal.rows.end() || row->package != package.digest || row->epoch != object.epoch) {
        return disagree("audit.seal.other-package"_id, {{"attempt", object.attempt.hex()}});
    }
    return Ok{};
}

using SealFile = std::pair<std::string, record::Signed<record::Seal>>;

std::optional<SealFile> read_seal(Trail& trail, const std::string& name) {
    Message what{"audit.check.seal"_id, {}};
    if (lacks(trail, what, name, trail.attempts && !trail.openings.empty())) {
        return std::nullopt;
    }
    const auto read = [&]() -> Result<record::Signed<record::Seal>> {
        ASSAY_TRY(const Bytes file, trail.folder.envelope(name));
        return record::read_signed<record::Seal>(file);
    };
    auto seal = read();
    if (!seal.ok()) {
        trail.report.add(what, name, seal.error());
        return std::nullopt;
    }
    using record::Disposition;
    what = {"audit.check.seal-of"_id,
            {{"rows", std::to_string(seal->object.rows.size())},
             {"handed", count_of(seal->object, Disposition::kHandedIn)},
             {"forced", count_of(seal->object, Disposition::kForced)},
             {"absent", count_of(seal->object, Disposition::kAbsent)},
             {"moved", count_of(seal->object, Disposition::kMovedTo)},
             {"terminated", count_of(seal->object, Disposition::kTerminated)},
             {"lost", count_of(seal->object, Disposition::kLost)}}};
    if (!trail.report.add(what, name, check_one_seal(trail, *seal))) {
        return std::nullopt;
    }
    const Message head{"audit.check.seal-checkpoint"_id, {}};
    if (site_logs(trail, seal->object.room).empty()) {
        trail.report.skip(head, name, {"audit.why.site-log-key"_id, {}});
    } else if (!trail.report.add(head, name, check_checkpoint(trail, seal->object))) {
        return std::nullopt;
    }
    return SealFile(name, std::move(*seal));
}

/// Why the organisation built the package itself.
void check_recovery_word(Trail& trail) {
    if (trail.package->object.kind != record::PackageKind::kRecovered) {
        return;
    }
    const Message what{"audit.check.recovery"_id, {}};
    const auto file = take(trail, what, kRecoveryFile, crypto::kEnvelopeBytesMax);
    if (!file) {
        return;
    }
    const auto check = [&]() -> Status {
        ASSAY_TRY(const auto recovery, record::read_signed<record::Recovery>(*file));
        ASSAY_TRY_STATUS(record::check_recovery(recovery, *trail.package, *trail.keys));
        return only_signers(recovery.envelope, trail.keys->officers());
    };
    trail.report.add(what, kRecoveryFile, check());
}

}  // namespace

void check_package(Trail& trail) {
    const Message what{"audit.check.package"_id, {}};
    if (lacks(trail, what, kStatementFile, trail.attempts.has_value())) {
        return;
    }
    const auto file = take(trail, what, kStatementFile, crypto::kEnvelopeBytesMax);
    if (!file) {
        return;
    }
    auto package = record::read_signed<record::Package>(*file);
    if (!trail.report.add(what, kStatementFile,
                          package.ok() ? check_names(trail, package->object) : package.error()) ||
        !check_signers(trail, *package)) {
        return;
    }
    trail.package.emplace(std::move(*package));
    check_recovery_word(trail);
    check_age_file(trail, trail.package->object);
}

void check_receipt(Trail& trail) {
    const Message what{"audit.check.receipt"_id, {}};
    if (lacks(trail, what, kReceiptFile, trail.package.has_value())) {
        return;
    }
    const auto file = take_proof(trail, what, kReceiptFile);
    if (!file) {
        return;
    }
    const record::SittingManifest& manifest = trail.manifest->object;
    const auto log = tlog::NoteKey::from_text(manifest.log_key);
    const Result<Proven> proven =
        log.ok() ? prove(*file, trail.package->envelope.payload, *log, manifest.witness_policy)
                 : Result<Proven>(log.error());
    if (!proven.ok()) {
        trail.report.add(what, kReceiptFile, proven.error());
        return;
    }
    trail.report.add(proven_message("audit.check.receipt-at"_id, proven), kReceiptFile, Ok{});
    say_unknown(trail, kReceiptFile, *proven);
}

void check_site_proof(Trail& trail) {
    const Message what{"audit.check.site-proof"_id, {}};
    if (lacks(trail, what, kSiteProofFile, trail.package.has_value())) {
        return;
    }
    const auto file = take_proof(trail, what, kSiteProofFile);
    if (!file) {
        return;
    }
    const auto logs = site_logs(trail, trail.package->object.room);
    if (logs.empty()) {
        trail.report.skip(what, kSiteProofFile, {"audit.why.site-log-key"_id, {}});
        return;
    }
    Result<Proven> proven = prove(*file, trail.package->envelope.payload, logs.front(), "");
    for (std::size_t i = 1; i < logs.size() && !proven.ok(); ++i) {
        proven = prove(*file, trail.package->envelope.payload, logs[i], "");
    }
    if (!proven.ok()) {
        trail.report.add(what, kSiteProofFile, proven.error());
        return;
    }
    trail.report.add(proven_message("audit.check.site-proof-at"_id, proven), kSiteProofFile, Ok{});
    say_unknown(trail, kSiteProofFile, *proven);
}

void check_seals(Trail& trail) {
    const auto files = trail.folder.names("", "seal", ".dsse.json");
    if (files.empty()) {
        trail.report.missing({"audit.check.seal"_id, {}}, "seal*.dsse.json",
                             {"audit.why.missing"_id, {}});
    }
    std::optional<SealFile> newest;
    for (const std::string& name : files) {
        auto seal = read_seal(trail, name);
        const bool ours =
            seal && trail.package && seal->second.object.room == trail.package->object.room;
        if (ours && (!newest || newest->second.object.number < seal->second.object.number)) {
            newest = std::move(seal);
        }
    }
    if (newest) {
        trail.report.add({"audit.check.seal-names"_id, {}}, newest->first,
                         check_row(newest->second.object, *trail.package));
    }
}

}  // namespace assay::audit
