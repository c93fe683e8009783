#include "question-bank/sealed/seal.h"

#include "crypto/hash.h"
#include "question-bank/sealed/capsule.h"

namespace assay::sealed {
namespace {

using record::public_of;

BankPart describe_bank(const SealRequest& request, const Views& views, ByteView bank,
                       const crypto::AgeRecipient& recipient) {
    const crypto::AgeHead head = crypto::age_head(bank).value();
    BankPart out;
    out.exam = request.exam;
    out.part = request.part;
    out.version = request.version;
    out.title = request.title;
    out.languages = views.languages;
    out.bank = crypto::sha256(bank);
    out.bytes = bank.size();
    out.head = head.digest;
    out.head_bytes = head.bytes;
    out.recipient = public_of(recipient);
    out.not_before = request.not_before;
    out.not_after = request.not_after;
    return out;
}

ScoringPart describe_scoring(const SealRequest& request, const Views& views, ByteView scoring,
                             const crypto::AgeRecipient& recipient, const Digest& bank) {
    ScoringPart out;
    out.exam = request.exam;
    out.part = request.part;
    out.version = request.version;
    out.scoring = crypto::sha256(scoring);
    out.bytes = scoring.size();
    out.recipient = public_of(recipient);
    out.bank = bank;
    out.items = crypto::sha256(record::write_document(views.items));
    out.item_count = views.items.items.size();
    return out;
}

Status check_request(const Views& views, const SealRequest& request) {
    if (request.not_after < request.not_before) {
        return fail(
            Code::kUsage, "sealed.seal.times"_id,
            {{"not_before", request.not_before.text()}, {"not_after", request.not_after.text()}});
    }
    if (views.candidate.size() > crypto::kAgePlainBytesMax ||
        views.scoring.size() > crypto::kAgePlainBytesMax) {
        return fail(Code::kLimit, "sealed.seal.too-large"_id,
                    {{"limit", std::to_string(crypto::kAgePlainBytesMax)}});
    }
    return Ok{};
}

}  // namespace

Result<SealedPart> seal_part(Random& random, const Views& views, const SealRequest& request) {
    ASSAY_TRY_STATUS(check_request(views, request));
    crypto::AgeIdentity part_key = crypto::AgeIdentity::generate(random);
    crypto::AgeIdentity view_key = crypto::AgeIdentity::generate(random);
    ASSAY_TRY(auto shares, crypto::slip39_split(random, part_key.bytes(),
                                                crypto::SharePlan{1, {request.officers}, 0}));
    Bytes bank = crypto::age_encrypt(random, views.candidate, part_key.recipient());
    Bytes scoring = crypto::age_encrypt(random, views.scoring, view_key.recipient());
    BankPart bank_part = describe_bank(request, views, bank, part_key.recipient());
    ScoringPart scoring_part =
        describe_scoring(request, views, scoring, view_key.recipient(), bank_part.bank);
    Bytes capsule = make_capsule(random, view_key, request.scoring_recipient);
    return SealedPart{std::move(bank),
                      std::move(scoring),
                      record::make(std::move(bank_part)),
                      record::make(std::move(scoring_part)),
                      std::move(part_key),
                      std::move(view_key),
                      std::move(capsule),
                      std::move(shares.front())};
}

Result<crypto::AgeIdentity> part_key_from_shares(const BankPart& part,
                                                 std::span<const crypto::SecretBytes> shares) {
    ASSAY_TRY(const crypto::SecretBytes master, crypto::slip39_combine(shares));
    ASSAY_TRY(crypto::AgeIdentity key, crypto::AgeIdentity::from_bytes(master));
    if (public_of(key.recipient()) != part.recipient) {
        return fail(Code::kCorrupt, "sealed.part-key.other"_id);
    }
    return key;
}

}  // namespace assay::sealed
