#include <algorithm>
#include <map>

#include "crypto/hash.h"
#include "crypto/record/verify_office.h"
#include "server/audit/trail.h"

// What only the attempt's key shows: journal, answers, evidence.
namespace assay::audit {
namespace {

constexpr const char* kKeyFile = "attempt.key";
constexpr const char* kOpeningFile = "opening.dsse.json";
constexpr const char* kPackageFile = "package.age";

Status check_opening_object(const Trail& trail, ByteView file) {
    ASSAY_TRY(const auto opening, record::read_signed<record::Opening>(file));
    ASSAY_TRY_STATUS(record::check_access(opening, *trail.package, *trail.attempt(), *trail.keys));
    return only_signers(opening.envelope, trail.keys->officers());
}

Result<crypto::AgeIdentity> proven_key(const Trail& trail) {
    ASSAY_TRY(auto key, read_identity(trail.folder, kKeyFile));
    if (record::public_of(key.recipient()) != trail.attempt()->recipient) {
        return disagree("audit.key.other"_id);
    }
    return key;
}

Result<record::PackageContents> open_package(const Trail& trail, const crypto::AgeIdentity& key) {
    ASSAY_TRY(Bytes tar, crypto::age_decrypt(trail.package_age, key));
    const crypto::WipeLater wiper(tar);
    ASSAY_TRY(auto contents, record::read_contents(tar));
    ASSAY_TRY_STATUS(record::check_contents(trail.package->object, contents));
    return contents;
}

/// Signatures inside: starts by terminal and desk, acknowledgements and moves by the desk.
Status check_inside(const Trail& trail) {
    for (const record::PackagedJournal& journal : trail.contents->journals) {
        const record::Start& start = journal.start.object;
        const record::Enrolment& terminal = *trail.enrolment(start.terminal);
        ASSAY_TRY_STATUS(
            record::check_start(journal.start, terminal, *trail.manifest, *trail.attempts));
        std::vector<record::SigningPublic> desks = trail.desks(start.room);
        ASSAY_TRY_STATUS(record::require(journal.start, desks, 1));
        if (journal.acknowledgement) {
            ASSAY_TRY_STATUS(record::require(*journal.acknowledgement, desks, 1));
        }
    }
    for (const auto& move : trail.contents->moves) {
        std::vector<record::SigningPublic> desks;
        for (const auto& opening : trail.openings) {
            ASSAY_TRY(desks.emplace_back(), record::desk_key(opening.object, *trail.keys));
        }
        ASSAY_TRY_STATUS(record::require(move, desks, 1));
    }
    return Ok{};
}

bool knows_machines(const Trail& trail) {
    return std::ranges::all_of(trail.contents->journals, [&](const auto& journal) {
        return trail.enrolment(journal.start.object.terminal) != nullptr &&
               !trail.desks(journal.start.object.room).empty();
    });
}

void check_signatures_inside(Trail& trail) {
    const Message what{"audit.check.journal-signers"_id, {}};
    if (trail.package->object.kind == record::PackageKind::kRecovered) {
        trail.report.skip(what, kPackageFile, {"audit.why.recovered"_id, {}});
        return;
    }
    if (!knows_machines(trail)) {
        trail.report.missing(what, kPackageFile, {"audit.why.machines"_id, {}});
        return;
    }
    trail.report.add(what, kPackageFile, check_inside(trail));
}

std::string journal_records(const record::PackageContents& contents) {
    std::size_t count = 0;
    for (const auto& journal : contents.journals) {
        count += journal.records.size();
    }
    return std::to_string(count);
}

}  // namespace

Result<crypto::AgeIdentity> read_identity(const Folder& folder, const std::string& name) {
    ASSAY_TRY(Bytes text, folder.read(name, kKeyFileBytesMax));
    const crypto::WipeLater wiper(text);
    std::string_view line = as_text(text);
    if (line.ends_with('\n')) {
        line.remove_suffix(1);
    }
    return crypto::AgeIdentity::from_text(line);
}

void check_contents(Trail& trail) {
    const Message opened{"audit.check.opening"_id, {}};
    const Message keyed{"audit.check.attempt-key"_id, {}};
    const Message inside{"audit.check.contents"_id, {}};
    if (!trail.folder.has(kOpeningFile)) {
        trail.report.skip(opened, kOpeningFile, {"audit.why.optional"_id, {}});
    } else if (!lacks(trail, opened, kOpeningFile, trail.package.has_value())) {
        if (const auto file = take(trail, opened, kOpeningFile, crypto::kEnvelopeBytesMax)) {
            trail.report.add(opened, kOpeningFile, check_opening_object(trail, *file));
        }
    }
    if (!trail.folder.has(kKeyFile)) {
        trail.report.skip(inside, kPackageFile, {"audit.why.no-key"_id, {}});
        return;
    }
    if (lacks(trail, keyed, kKeyFile, trail.package.has_value())) {
        return;
    }
    auto key = proven_key(trail);
    if (!trail.report.add(keyed, kKeyFile, key.ok() ? Status(Ok{}) : key.error()) ||
        lacks(trail, inside, kPackageFile, !trail.package_age.empty())) {
        return;
    }
    auto contents = open_package(trail, *key);
    if (!contents.ok()) {
        trail.report.add(inside, kPackageFile, contents.error());
        return;
    }
    trail.contents.emplace(std::move(*contents));
    trail.report.add({"audit.check.contents-of"_id,
                      {{"journals", std::to_string(trail.contents->journals.size())},
                       {"records", journal_records(*trail.contents)}}},
                     kPackageFile, Ok{});
    check_signatures_inside(trail);
}

}  // namespace assay::audit
