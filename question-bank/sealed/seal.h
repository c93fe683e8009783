#pragma once

#include <vector>

#include "crypto/age.h"
#include "crypto/slip39.h"
#include "question-bank/sealed/views.h"

namespace assay::sealed {

struct SealRequest {
    ExamId exam;
    PartId part;
    std::uint64_t version = 1;
    std::string title;
    WallTime not_before;
    WallTime not_after;
    crypto::AgeRecipient scoring_recipient;
    crypto::ShareGroup officers{2, 3};  ///< who together can give R back
};

/// A part as it leaves the paper custodian. The statements are not signed yet.
struct SealedPart {
    Bytes bank;     ///< bank.age
    Bytes scoring;  ///< scoring.age
    record::Signed<BankPart> bank_statement;
    record::Signed<ScoringPart> scoring_statement;
    crypto::AgeIdentity part_key;                     ///< R
    crypto::AgeIdentity scoring_view_key;             ///< V
    Bytes scoring_key_capsule;                        ///< age(V -> scoring key)
    std::vector<crypto::SecretBytes> officer_shares;  ///< mnemonics of R
};

/// kUsage for a plan that SLIP-39 cannot hold or not-after before not-before.
Result<SealedPart> seal_part(Random& random, const Views& views, const SealRequest& request);

/// R from the officers' shares; kCorrupt (sealed.part-key.other) where they give another key than
/// the statement names.
Result<crypto::AgeIdentity> part_key_from_shares(const BankPart& part,
                                                 std::span<const crypto::SecretBytes> shares);

}  // namespace assay::sealed
