#pragma once

#include "crypto/record/access.h"
#include "crypto/record/key_list.h"
#include "crypto/record/manifest.h"
#include "crypto/record/package.h"
#include "crypto/record/result.h"

// Who must have signed what exam officers, markers and the server decide, beside the sitting itself
// (verify.h). Each check takes an object as it was read, what it must be about, and the key list.
// Errors: record.signature.too-few (kDenied), record.verify.other (kRefused) with object and
// member, record.verify.choice (kRefused). Pure functions, for any thread.
//
// "Two people" are two exam officers, or the key list's threshold where that is more: also where a
// key list has a threshold of one, nobody changes a result or opens an attempt alone.
namespace assay::record {

/// For this exam; the reserve part is another than the stopped one. t-of-n.
Status check_withdrawal(const Signed<Withdrawal>& withdrawal, const ExamId& exam,
                        const TrustedKeys& keys);

/// Of this sitting, replaces at least one result. Two people.
Status check_correction(const Signed<Correction>& correction, const SittingId& sitting,
                        const TrustedKeys& keys);

/// Of this sitting; what was chosen is one of the candidates, where there are any. Two people.
Status check_decision(const Signed<Decision>& decision, const SittingId& sitting,
                      const TrustedKeys& keys);

/// Of this sitting. Two people.
Status check_publication(const Signed<Publication>& publication, const SittingId& sitting,
                         const TrustedKeys& keys);

/// Of this package, its attempt and the recipient that the manifest's row names. Two people.
Status check_access(const Signed<Opening>& opening, const Signed<Package>& package,
                    const AttemptRow& attempt, const TrustedKeys& keys);

/// Of this sitting and manifest. Two people.
Status check_disclosure(const Signed<Disclosure>& disclosure,
                        const Signed<SittingManifest>& manifest, const TrustedKeys& keys);

/// Of this package, which is of kind recovered, its attempt and epoch. Two people.
Status check_recovery(const Signed<Recovery>& recovery, const Signed<Package>& package,
                      const TrustedKeys& keys);

/// Of this sitting and manifest; only attempts of the file. Two people.
Status check_erasure(const Signed<Erasure>& erasure, const Signed<SittingManifest>& manifest,
                     const AttemptsFile& attempts, const TrustedKeys& keys);

/// Of this package, attempt and epoch, and says that all agrees. By the result key.
Status check_opened(const Signed<Opened>& opened, const Signed<Package>& package,
                    const TrustedKeys& keys);

/// Of this attempt and rubric, a mark between 0 and the most. By that marker, an exam officer's
/// row.
Status check_mark_sheet(const Signed<MarkSheet>& sheet, const AttemptId& attempt,
                        const Digest& rubric, const TrustedKeys& keys);

/// What a result must be about.
struct ResultPlace {
    AttemptId attempt;
    Digest manifest;  ///< Statement digest of the manifest, or of the correction in force
    Digest source;    ///< Statement digest of the package, else of the seal
    /// The result before this one.
    std::optional<Digest> predecessor;
};
/// In this place, numbered from 1 and naming its predecessor from 2 on. By the result key.
Status check_result(const Signed<AttemptResult>& result, const ResultPlace& place,
                    const TrustedKeys& keys);

/// Of this result. By the result key.
Status check_result_entry(const Signed<ResultEntry>& entry, const Signed<AttemptResult>& result,
                          const TrustedKeys& keys);

}  // namespace assay::record
