// The part of Scoring that changes results which were given before.
#include <algorithm>

#include "crypto/record/verify_office.h"
#include "server/core/rulings.h"
#include "server/core/scoring.h"

namespace assay::server_core {
namespace {

Error other(const char* what) {
    return fail(Code::kRefused, "server.correction.other"_id, {{"what", what}});
}

Status check_proposal(const Proposal& proposal) {
    const auto words = {kCorrectView, kCorrectScorer, kCorrectMark, kCorrectPackage, kCorrectEpoch};
    const bool known =
        std::ranges::any_of(words, [&](const char* word) { return proposal.what == word; });
    return known ? Status(Ok{}) : Status(other("what"));
}

}  // namespace

Result<DryRun> Scoring::changes_of(const Run& run, const Proposal& proposal) {
    DryRun out;
    out.sitting = run.sitting.manifest.object.sitting;
    out.what = proposal.what;
    out.replacement = proposal.replacement;
    for (const record::AttemptRow& row : run.sitting.attempts.attempts) {
        ++out.attempts;
        const auto last = newest_result(ports_, row.attempt);
        if (!last.ok()) {
            if (last.error().code != Code::kNotFound) {
                return last.error();
            }
            continue;  // a first result is no correction
        }
        ASSAY_TRY(const Computed computed, compute(run, row));
        if (computed.result && !same_result(last->object, *computed.result)) {
            out.changes.push_back({row.attempt, last->digest, last->object.state,
                                   last->object.score_milli, computed.result->state,
                                   computed.result->score_milli});
        }
    }
    return out;
}

Result<DryRun> Scoring::dry_run(const SittingId& id, const Proposal& proposal,
                                const crypto::AgeIdentity& scoring_key) {
    ASSAY_TRY_STATUS(check_proposal(proposal));
    ASSAY_TRY(const auto sitting, parts_.sittings.find(id));
    ASSAY_TRY(const Run run, begin(*sitting, scoring_key, &proposal));
    return changes_of(run, proposal);
}

Result<std::vector<ScoredAttempt>> Scoring::correct(ByteView file,
                                                    const crypto::AgeIdentity& scoring_key) {
    ASSAY_TRY(const auto keys, parts_.trust.keys());
    ASSAY_TRY(const auto correction, record::read_signed<record::Correction>(file));
    const record::Correction& object = correction.object;
    ASSAY_TRY_STATUS(record::check_correction(correction, object.sitting, *keys));
    const Proposal proposal{object.what, object.replacement};
    ASSAY_TRY_STATUS(check_proposal(proposal));
    ASSAY_TRY(const auto sitting, parts_.sittings.find(object.sitting));
    ASSAY_TRY(const Run run, begin(*sitting, scoring_key, &proposal));
    if (!ports_.store.object(correction.digest).ok()) {
        ASSAY_TRY(const DryRun now, changes_of(run, proposal));
        std::vector<Digest> named;
        for (const Change& change : now.changes) {
            named.push_back(change.replaced);
        }
        if (crypto::sha256(record::write_document(now)) != object.report) {
            return other("report");
        }
        if (named != object.replaced) {
            return other("replaced");
        }
        store::Keys where;
        where.site = sitting->manifest.object.site;
        where.sitting = object.sitting;
        ASSAY_TRY([[maybe_unused]] const std::string receipt, keep(ports_, correction, where));
    }
    return score_all(run, &correction);
}

}  // namespace assay::server_core
