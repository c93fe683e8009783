#include "crypto/record/verify_office.h"

#include <algorithm>

#include "crypto/record/verify.h"

namespace assay::record {
namespace {

/// Refuses with the first member that is not what it must be.
class Place {
  public:
    explicit Place(std::string_view object) : object_(object) {}
    Place& same(bool agrees, const char* member) {
        if (!agrees && wrong_ == nullptr) {
            wrong_ = member;
        }
        return *this;
    }
    Status status() const {
        return wrong_ == nullptr ? Status(Ok{}) : other_object(object_, wrong_);
    }

  private:
    std::string_view object_;
    const char* wrong_ = nullptr;
};

template <typename T>
Status by_officers(const Signed<T>& object, const TrustedKeys& keys) {
    return require(object, keys.officers(), keys.officer_threshold());
}

template <typename T>
Status by_two_people(const Signed<T>& object, const TrustedKeys& keys) {
    return require(object, keys.officers(), std::max<std::size_t>(2, keys.officer_threshold()));
}

template <typename T>
Status by_result_key(const Signed<T>& object, const TrustedKeys& keys) {
    return require(object, keys.signing(Role::kResult), 1);
}

}  // namespace

Status check_withdrawal(const Signed<Withdrawal>& withdrawal, const ExamId& exam,
                        const TrustedKeys& keys) {
    const Withdrawal& object = withdrawal.object;
    ASSAY_TRY_STATUS(
        Place(Withdrawal::kName)
            .same(object.exam == exam, "exam")
            .same(!object.reserve || object.reserve->part != object.stopped.part, "reserve")
            .status());
    return by_officers(withdrawal, keys);
}

Status check_correction(const Signed<Correction>& correction, const SittingId& sitting,
                        const TrustedKeys& keys) {
    ASSAY_TRY_STATUS(Place(Correction::kName)
                         .same(correction.object.sitting == sitting, "sitting")
                         .same(!correction.object.replaced.empty(), "replaced")
                         .status());
    return by_two_people(correction, keys);
}

Status check_decision(const Signed<Decision>& decision, const SittingId& sitting,
                      const TrustedKeys& keys) {
    const Decision& object = decision.object;
    ASSAY_TRY_STATUS(Place(Decision::kName).same(object.sitting == sitting, "sitting").status());
    const std::vector<Digest>& candidates = object.candidates;
    if (object.chosen && !candidates.empty() &&
        std::ranges::find(candidates, *object.chosen) == candidates.end()) {
        return fail(Code::kRefused, "record.verify.choice"_id,
                    {{"object", std::string(Decision::kName)}});
    }
    return by_two_people(decision, keys);
}

Status check_publication(const Signed<Publication>& publication, const SittingId& sitting,
                         const TrustedKeys& keys) {
    ASSAY_TRY_STATUS(Place(Publication::kName)
                         .same(publication.object.sitting == sitting, "sitting")
                         .same(!publication.object.results.empty(), "results")
                         .status());
    return by_two_people(publication, keys);
}

Status check_access(const Signed<Opening>& opening, const Signed<Package>& package,
                    const AttemptRow& attempt, const TrustedKeys& keys) {
    const Opening& object = opening.object;
    ASSAY_TRY_STATUS(Place(Opening::kName)
                         .same(object.package == package.digest, "package")
                         .same(object.attempt == package.object.attempt, "attempt")
                         .same(object.attempt == attempt.attempt, "attempt")
                         .same(object.attempt_key == attempt.recipient, "attemptKey")
                         .status());
    return by_two_people(opening, keys);
}

Status check_disclosure(const Signed<Disclosure>& disclosure,
                        const Signed<SittingManifest>& manifest, const TrustedKeys& keys) {
    ASSAY_TRY_STATUS(Place(Disclosure::kName)
                         .same(disclosure.object.manifest == manifest.digest, "manifest")
                         .same(disclosure.object.sitting == manifest.object.sitting, "sitting")
                         .status());
    return by_two_people(disclosure, keys);
}

Status check_recovery(const Signed<Recovery>& recovery, const Signed<Package>& package,
                      const TrustedKeys& keys) {
    const Recovery& object = recovery.object;
    ASSAY_TRY_STATUS(Place(Recovery::kName)
                         .same(object.package == package.digest, "package")
                         .same(object.attempt == package.object.attempt, "attempt")
                         .same(object.epoch == package.object.epoch, "epoch")
                         .same(package.object.kind == PackageKind::kRecovered, "kind")
                         .status());
    return by_two_people(recovery, keys);
}

Status check_erasure(const Signed<Erasure>& erasure, const Signed<SittingManifest>& manifest,
                     const AttemptsFile& attempts, const TrustedKeys& keys) {
    const Erasure& object = erasure.object;
    const bool known = std::ranges::all_of(
        object.attempts, [&](const AttemptId& each) { return attempts.find(each) != nullptr; });
    ASSAY_TRY_STATUS(Place(Erasure::kName)
                         .same(object.manifest == manifest.digest, "manifest")
                         .same(object.sitting == manifest.object.sitting, "sitting")
                         .same(known, "attempts")
                         .status());
    return by_two_people(erasure, keys);
}

Status check_opened(const Signed<Opened>& opened, const Signed<Package>& package,
                    const TrustedKeys& keys) {
    const Opened& object = opened.object;
    ASSAY_TRY_STATUS(Place(Opened::kName)
                         .same(object.package == package.digest, "package")
                         .same(object.attempt == package.object.attempt, "attempt")
                         .same(object.epoch == package.object.epoch, "epoch")
                         .same(object.commitment_right, "commitmentRight")
                         .same(object.answers_equal_journal, "answersEqualJournal")
                         .status());
    return by_result_key(opened, keys);
}

Status check_mark_sheet(const Signed<MarkSheet>& sheet, const AttemptId& attempt,
                        const Digest& rubric, const TrustedKeys& keys) {
    const MarkSheet& object = sheet.object;
    ASSAY_TRY_STATUS(
        Place(MarkSheet::kName)
            .same(object.attempt == attempt, "attempt")
            .same(object.rubric == rubric, "rubric")
            .same(object.mark_milli >= 0 && object.mark_milli <= object.max_milli, "markMilli")
            .status());
    const KeyRow* marker = keys.find(Role::kExamOfficer, object.marker);
    if (marker == nullptr || !marker->signing || keys.revoked(*marker->signing)) {
        return unknown_machine(MarkSheet::kName, object.marker);
    }
    return require_key(sheet, *marker->signing);
}

Status check_result(const Signed<AttemptResult>& result, const ResultPlace& place,
                    const TrustedKeys& keys) {
    const AttemptResult& object = result.object;
    ASSAY_TRY_STATUS(
        Place(AttemptResult::kName)
            .same(object.attempt == place.attempt, "attempt")
            .same(object.manifest == place.manifest, "manifest")
            .same(object.source == place.source, "source")
            .same(object.predecessor == place.predecessor, "predecessor")
            .same(object.number > 0 && (object.number > 1) == object.predecessor.has_value(),
                  "number")
            .status());
    return by_result_key(result, keys);
}

Status check_result_entry(const Signed<ResultEntry>& entry, const Signed<AttemptResult>& result,
                          const TrustedKeys& keys) {
    ASSAY_TRY_STATUS(
        Place(ResultEntry::kName).same(entry.object.result == result.digest, "result").status());
    return by_result_key(entry, keys);
}

}  // namespace assay::record
