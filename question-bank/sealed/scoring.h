#pragma once

#include "crypto/record/key_list.h"
#include "question-bank/sealed/bank.h"
#include "question-bank/sealed/views.h"

namespace assay::sealed {

inline constexpr std::uint64_t kScoringBytesMax = std::uint64_t{256} * 1024 * 1024;

/// The scoring view, open: for item::make_package(files) and the engine.
struct ScoringView {
    Files files;  ///< without kItemsMember
    ItemList items;
    Digest scoring;  ///< H(scoring.age), for results
    const ItemEntry* find(std::string_view path) const;
};

/// Both statements carry t-of-n officers and are of one exam, part, version and bank.
Status check_pair(const record::Signed<BankPart>& bank, const record::Signed<ScoringPart>& scoring,
                  const record::TrustedKeys& keys);

/// Length and H of the file; no key is needed. kCorrupt (sealed.scoring.digest).
Status check_scoring_file(ByteView scoring_age, const ScoringPart& part);

/// check_pair, H(scoring.age), V's public half, then decrypts, and checks the item list and the
/// digest of each item in it. Any other pair is refused (sealed.scoring.pair).
Result<ScoringView> open_scoring(ByteView scoring_age, const record::Signed<ScoringPart>& scoring,
                                 const record::Signed<BankPart>& bank,
                                 const record::TrustedKeys& keys,
                                 const crypto::AgeIdentity& scoring_view_key);

/// The items that candidates saw are the ones that this view scores: compares every item of an
/// opened bank with the list. kCorrupt (sealed.scoring.item) names the first that differs.
Status check_items(const ScoringView& view, Bank& bank);

}  // namespace assay::sealed
