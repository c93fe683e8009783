#pragma once

#include <vector>

#include "crypto/age.h"
#include "crypto/record/key_list.h"
#include "crypto/slip39.h"
#include "question-bank/sealed/statements.h"

namespace assay::sealed {

struct KitRequest {
    SiteId site;
    crypto::ShareGroup invigilators{2, 3};
    bool dictation = false;  ///< 128-bit shares of 20 words, short enough for a telephone
    WallTime time;
};

/// The kit that the site gets, and the shares that go apart from it. Not signed yet.
struct MadeKit {
    record::Signed<SiteKit> kit;
    crypto::SecretBytes organisation_share;
    std::vector<crypto::SecretBytes> invigilator_shares;
};

/// kCorrupt where `part_key` is not the statement's recipient.
Result<MadeKit> make_kit(Random& random, const BankPart& part, const crypto::AgeIdentity& part_key,
                         const KitRequest& request);

/// Which share of the kit this is, as it was typed (words, beginnings of words, or number rows);
/// sealed.kit.share (kDenied) with the digest of what was typed where it is none.
struct KnownShare {
    KitShare share;
    crypto::SecretBytes mnemonic;  ///< in its hashed form
};
Result<KnownShare> find_share(const SiteKit& kit, ByteView typed);

struct OpenedKit {
    crypto::AgeIdentity part_key;  ///< R
    std::vector<Digest> shares;    ///< for the release, sorted
};

/// Signed by t-of-n officers and for this part, bank and site.
Status check_kit(const record::Signed<SiteKit>& kit, const record::TrustedKeys& keys,
                 const record::Signed<BankPart>& part, const SiteId& site);

/// The organisation's share and `threshold` different invigilators' (more are fine), in any order.
/// Does not check the statement: check_kit first.
Result<OpenedKit> open_kit(const SiteKit& kit, std::span<const crypto::SecretBytes> typed);

}  // namespace assay::sealed
