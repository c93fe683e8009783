#include "server/core/openings.h"

#include "crypto/record/verify_office.h"
#include "question-bank/sealed/capsule.h"
#include "server/core/tables.h"

namespace assay::server_core {

Result<OpenedAttempt> open_attempt(Ports& ports, const Trust& trust, Sittings& sittings,
                                   Intake& intake, ByteView file,
                                   const crypto::AgeIdentity& scoring_key) {
    ASSAY_TRY(const auto keys, trust.keys());
    ASSAY_TRY(const auto opening, record::read_signed<record::Opening>(file));
    const AttemptId& attempt = opening.object.attempt;
    ASSAY_TRY(const auto sitting, sittings.find_by_attempt(attempt));
    ASSAY_TRY(const auto package, intake.accepted(attempt));
    const record::AttemptRow& row = *sitting->attempts.find(attempt);
    ASSAY_TRY_STATUS(record::check_access(opening, package, row, *keys));
    ASSAY_TRY(const store::Wrap wrap, ports.store.wrap(attempt, kScoringWrap));
    ASSAY_TRY(const crypto::AgeIdentity key,
              sealed::open_capsule(wrap.sealed, scoring_key, row.recipient));
    OpenedAttempt out;
    ASSAY_TRY(out.package, ports.store.body(package.object.package));
    store::Keys where;
    where.site = sitting->manifest.object.site;
    where.sitting = sitting->manifest.object.sitting;
    where.attempt = attempt;
    // In the log before the key leaves.
    ASSAY_TRY(out.receipt, keep(ports, opening, where));
    out.key = sealed::make_capsule(ports.random, key, record::age_recipient(opening.object.to));
    out.statement = to_bytes(package.json());
    return out;
}

}  // namespace assay::server_core
