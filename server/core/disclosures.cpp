#include "server/core/disclosures.h"

#include "crypto/record/verify_office.h"
#include "question-bank/sealed/capsule.h"
#include "server/core/scoring.h"
#include "server/core/tables.h"

namespace assay::server_core {
namespace {

constexpr std::size_t kNameDigestDigits = 16;

store::Keys keys_of(const Sitting& sitting) {
    store::Keys out;
    out.site = sitting.manifest.object.site;
    out.sitting = sitting.manifest.object.sitting;
    return out;
}

std::string attempt_folder(const AttemptId& attempt) { return "attempts/" + attempt.hex() + "/"; }

/// "seal-1.dsse.json", "seal-2.dsse.json", ...
template <typename T>
Status take_all(Ports& ports, const store::Keys& where, const std::string& name,
                const TakeFile& take) {
    ASSAY_TRY(const auto all, all_kept<T>(ports, where));
    for (std::size_t i = 0; i < all.size(); ++i) {
        const std::string file = name + "-" + std::to_string(i + 1) + ".dsse.json";
        ASSAY_TRY_STATUS(take(file, as_bytes(all[i].json())));
    }
    return Ok{};
}

Status take_shared(Ports& ports, const Trust& trust, const Sitting& sitting, const TakeFile& take) {
    ASSAY_TRY(const protocol::KeyListReply keys, trust.reply());
    ASSAY_TRY_STATUS(take("keys/list.dsse.json", keys.list));
    ASSAY_TRY_STATUS(take("keys/rows.json", keys.rows));
    ASSAY_TRY_STATUS(take("manifest.dsse.json", as_bytes(sitting.manifest.json())));
    ASSAY_TRY_STATUS(take("attempts.json", sitting.attempts_file));
    store::Keys of_site;
    of_site.site = sitting.manifest.object.site;
    ASSAY_TRY_STATUS(take_all<record::Enrolment>(ports, of_site, "enrolment", take));
    ASSAY_TRY_STATUS(take_all<record::RoomOpening>(ports, keys_of(sitting), "room-opening", take));
    return take_all<record::Seal>(ports, keys_of(sitting), "seal", take);
}

/// The item's name is at the end, where it can stand in the name of a file.
std::string sheet_name(const record::Signed<record::MarkSheet>& sheet) {
    constexpr std::string_view kPlain =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
    const std::string& item = sheet.object.item;
    const bool plain = item.find_first_not_of(kPlain) == std::string::npos;
    return "marks/" + sheet.digest.hex().substr(0, kNameDigestDigits) +
           (plain ? "-" + item : std::string()) + ".dsse.json";
}

Status take_marks(Ports& ports, const AttemptId& attempt, const TakeFile& take) {
    ASSAY_TRY(const auto rows, ports.store.personal(kMarkTable, attempt));
    for (const store::PersonalRow& row : rows) {
        ASSAY_TRY(const auto sheet, record::read_signed<record::MarkSheet>(row.value));
        ASSAY_TRY_STATUS(take(attempt_folder(attempt) + sheet_name(sheet), row.value));
    }
    return Ok{};
}

/// Whether there was a package.
Result<bool> take_package(Ports& ports, Intake& intake, const AttemptId& attempt,
                          const TakeFile& take) {
    const auto package = intake.accepted(attempt);
    if (!package.ok()) {
        return package.error().code == Code::kNotFound ? Result<bool>(false) : package.error();
    }
    const std::string folder = attempt_folder(attempt);
    ASSAY_TRY(const Bytes file, ports.store.body(package->object.package));
    ASSAY_TRY(const std::string receipt, receipt_of(ports, package->digest));
    ASSAY_TRY_STATUS(take(folder + "package.dsse.json", as_bytes(package->json())));
    ASSAY_TRY_STATUS(take(folder + "package.age", file));
    ASSAY_TRY_STATUS(take(folder + "receipt.txt", as_bytes(receipt)));
    store::Keys where;
    where.attempt = attempt;
    ASSAY_TRY(const auto recoveries, all_kept<record::Recovery>(ports, where));
    for (const auto& recovery : recoveries) {
        if (recovery.object.package == package->digest) {
            ASSAY_TRY_STATUS(take(folder + "recovery.dsse.json", as_bytes(recovery.json())));
        }
    }
    ASSAY_TRY_STATUS(take_marks(ports, attempt, take));
    const auto result = newest_result(ports, attempt);
    if (result.ok()) {
        ASSAY_TRY_STATUS(take(folder + "result.dsse.json", as_bytes(result->json())));
    }
    return true;
}

/// False where the key is destroyed.
Result<bool> take_key(Ports& ports, const record::AttemptRow& row,
                      const crypto::AgeIdentity& scoring_key, const record::AgePublic& to,
                      const TakeFile& take) {
    const auto wrap = ports.store.wrap(row.attempt, kScoringWrap);
    if (!wrap.ok()) {
        return wrap.error().code == Code::kNotFound ? Result<bool>(false) : wrap.error();
    }
    ASSAY_TRY(const crypto::AgeIdentity key,
              sealed::open_capsule(wrap->sealed, scoring_key, row.recipient));
    const Bytes sealed_key = sealed::make_capsule(ports.random, key, record::age_recipient(to));
    ASSAY_TRY_STATUS(take(attempt_folder(row.attempt) + "attempt-key.age", sealed_key));
    return true;
}

Status take_view(Ports& ports, Sittings& sittings, const record::ManifestPart& part,
                 const std::string& folder, const crypto::AgeIdentity& scoring_key,
                 const record::AgePublic& to, const TakeFile& take) {
    ASSAY_TRY(const KeptPart kept_part, sittings.part_with_view(part.part, part.scoring));
    ASSAY_TRY(const Bytes capsule, ports.store.body(kept_part.scoring_key));
    ASSAY_TRY(const crypto::AgeIdentity key,
              sealed::open_capsule(capsule, scoring_key, kept_part.scoring.object.recipient));
    ASSAY_TRY(const Bytes view, scoring_view_file(ports.store, part.scoring));
    ASSAY_TRY_STATUS(take(folder + "bank.dsse.json", as_bytes(kept_part.bank.json())));
    ASSAY_TRY_STATUS(take(folder + "scoring.dsse.json", as_bytes(kept_part.scoring.json())));
    ASSAY_TRY_STATUS(take(folder + "scoring.age", view));
    return take(folder + "scoring-view-key.age",
                sealed::make_capsule(ports.random, key, record::age_recipient(to)));
}

}  // namespace

Result<Disclosed> export_sitting(Ports& ports, const Trust& trust, Sittings& sittings,
                                 Intake& intake, const SittingId& id, const TakeFile& take) {
    ASSAY_TRY(const auto sitting, sittings.find(id));
    ASSAY_TRY_STATUS(take_shared(ports, trust, *sitting, take));
    Disclosed out;
    for (const record::AttemptRow& row : sitting->attempts.attempts) {
        ASSAY_TRY(const bool there, take_package(ports, intake, row.attempt, take));
        out.packages += there ? 1 : 0;
    }
    return out;
}

Result<Disclosed> disclose_sitting(Ports& ports, const Trust& trust, Sittings& sittings,
                                   Intake& intake, ByteView file,
                                   const crypto::AgeIdentity& scoring_key, const TakeFile& take) {
    ASSAY_TRY(const auto keys, trust.keys());
    ASSAY_TRY(const auto disclosure, record::read_signed<record::Disclosure>(file));
    const record::Disclosure& object = disclosure.object;
    ASSAY_TRY(const auto sitting, sittings.find(object.sitting));
    ASSAY_TRY_STATUS(record::check_disclosure(disclosure, sitting->manifest, *keys));
    const record::SittingManifest& manifest = sitting->manifest.object;
    if (record::public_of(scoring_key.recipient()) != manifest.scoring_recipient) {
        return fail(Code::kDenied, "server.score.key"_id);
    }
    // In the log before a key leaves.
    ASSAY_TRY(const std::string receipt, keep(ports, disclosure, keys_of(*sitting)));
    ASSAY_TRY(Disclosed out, export_sitting(ports, trust, sittings, intake, object.sitting, take));
    ASSAY_TRY_STATUS(take("disclosure.dsse.json", as_bytes(disclosure.json())));
    ASSAY_TRY_STATUS(take("disclosure.tlog-proof", as_bytes(receipt)));
    for (const record::AttemptRow& row : sitting->attempts.attempts) {
        ASSAY_TRY(const bool there, take_key(ports, row, scoring_key, object.to, take));
        (there ? out.keys : out.erased) += 1;
    }
    if (object.with_scoring_views) {
        for (const record::ManifestPart& part : manifest.parts) {
            const std::string folder = "parts/" + std::to_string(++out.views) + "/";
            ASSAY_TRY_STATUS(
                take_view(ports, sittings, part, folder, scoring_key, object.to, take));
        }
    }
    return out;
}

}  // namespace assay::server_core
