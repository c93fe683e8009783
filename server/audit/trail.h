#pragma once

#include <initializer_list>
#include <optional>

#include "crypto/record/access.h"
#include "crypto/record/verify.h"
#include "crypto/tlog/note.h"
#include "server/audit/folder.h"
#include "server/audit/report.h"

namespace assay::audit {

/// What has been proven so far. Each step takes only what earlier steps proved, so that the file
/// which a step names is the one that does not agree.
struct Trail {
    const Folder& folder;
    Report& report;
    std::optional<record::TrustedKeys> keys;
    std::optional<record::Signed<record::SittingManifest>> manifest;
    std::optional<record::AttemptsFile> attempts;
    std::vector<record::Enrolment> enrolments;
    std::vector<record::Signed<record::RoomOpening>> openings;
    std::optional<record::Signed<record::Package>> package;
    Bytes package_age;  ///< only once it is the signed one
    std::optional<record::PackageContents> contents;

    const record::Enrolment* enrolment(const MachineId& machine) const;
    const record::AttemptRow* attempt() const;
    /// Signing keys of the desks that opened a room here.
    std::vector<record::SigningPublic> desks(const RoomId& room) const;
};

/// kNotFound names the first file without which there is nothing to follow.
Status require_files(const Folder& folder, std::initializer_list<const char*> names);

/// Reads a step's file; where it is not there, says so and gives nothing.
std::optional<Bytes> take(Trail& trail, const Message& what, const std::string& file,
                          std::uint64_t limit);
/// True, with a line in the report, where an earlier step has left out what this one needs.
bool lacks(Trail& trail, const Message& what, const std::string& file, bool there);

Error disagree(MessageId id, Args args = {});

/// An age key exactly as `age -d` gives it out of an opening: the line and its end.
Result<crypto::AgeIdentity> read_identity(const Folder& folder, const std::string& name);

/// Every signature that lies in the envelope is valid and of one of these keys. Who must have
/// signed is asked elsewhere; this is what finds a damaged signature that nobody needs.
Status only_signers(const crypto::Envelope& envelope, std::span<const record::SigningPublic> keys);

// ---- the steps, in their order

/// `roots`: digest of the root keys that the auditor knows from elsewhere; none: from the list.
void check_keys(Trail& trail, const std::optional<Digest>& roots);
void check_manifest_and_attempts(Trail& trail);
void check_machines(Trail& trail);
void check_openings(Trail& trail);
void check_package(Trail& trail);
void check_receipt(Trail& trail);
void check_site_proof(Trail& trail);
void check_seals(Trail& trail);
void check_contents(Trail& trail);
void check_evidence(Trail& trail);
void check_score(Trail& trail);

/// Nothing is proven yet.
Trail begin_trail(const Folder& folder, Report& report);
/// All checks of an attempt's folder but the score, in their order.
void check_attempt(Trail& trail, const std::optional<Digest>& roots);
/// What stands after --roots, where something does.
Result<std::optional<Digest>> roots_value(const std::string& text);

/// H("assay/v1/roots" 0 be32(threshold), root keys in the order of the list).
Digest roots_digest(const record::KeyList& list);

/// A receipt or site proof, with what in it nothing vouches for.
struct Proven {
    std::uint64_t index = 0;
    std::uint64_t size = 0;
    std::size_t witnesses = 0;
    std::size_t unknown = 0;  ///< signatures of keys nobody named, and extra data
};
/// `policy` may be empty.
Result<Proven> prove(ByteView proof, ByteView payload, const tlog::NoteKey& log,
                     std::string_view policy);
/// What stands after --log-key: kUsage where it is no key of a log.
Result<tlog::NoteKey> log_key_value(const std::string& text);
/// Names of the site log of each desk that opened the room.
std::vector<tlog::NoteKey> site_logs(const Trail& trail, const RoomId& room);

}  // namespace assay::audit
