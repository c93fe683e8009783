#include "question-bank/sealed/kit.h"

#include <algorithm>

#include "crypto/kdf.h"
#include "crypto/record/release.h"
#include "question-bank/sealed/capsule.h"

namespace assay::sealed {
namespace {

using crypto::SecretBytes;

constexpr std::size_t kLongSecretBytes = 32;
constexpr std::size_t kShortSecretBytes = 16;

/// S: the master itself, or what a short one is stretched to.
Result<crypto::AgeIdentity> kit_key(const SecretBytes& master) {
    if (master.size() == kShortSecretBytes) {
        return crypto::AgeIdentity::from_bytes(
            crypto::hkdf_sha256(master.view(), {}, "assay/v1/slip39-128"));
    }
    return crypto::AgeIdentity::from_bytes(master);
}

KitShare describe(ShareHolder holder, std::size_t number, const SecretBytes& mnemonic) {
    return {holder, static_cast<std::uint32_t>(number),
            record::share_digest(as_text(mnemonic.view()))};
}

bool is_digits(ByteView typed) {
    return std::all_of(typed.begin(), typed.end(), [](std::uint8_t c) {
        return (c >= '0' && c <= '9') || c == ' ' || c == '\n' || c == '\r' || c == '\t';
    });
}

Error too_few(const SiteKit& kit, bool organisation, std::size_t invigilators) {
    return fail(Code::kDenied, "sealed.kit.few"_id,
                {{"organisation", organisation ? "1" : "0"},
                 {"found", std::to_string(invigilators)},
                 {"needed", std::to_string(kit.threshold)}});
}

/// The shares that count: the organisation's first, then as many invigilators' as are needed.
struct Chosen {
    bool organisation = false;
    std::size_t invigilators = 0;
    std::vector<SecretBytes> mnemonics;
    std::vector<Digest> digests;

    void take(KnownShare known, std::uint32_t threshold) {
        const bool repeated =
            std::find(digests.begin(), digests.end(), known.share.digest) != digests.end();
        const bool wanted = known.share.holder == ShareHolder::kOrganisation
                                ? !organisation
                                : invigilators < threshold;
        if (repeated || !wanted) {
            return;
        }
        if (known.share.holder == ShareHolder::kOrganisation) {
            organisation = true;
        } else {
            ++invigilators;
        }
        digests.push_back(known.share.digest);
        mnemonics.push_back(std::move(known.mnemonic));
    }
};

}  // namespace

Result<MadeKit> make_kit(Random& random, const BankPart& part, const crypto::AgeIdentity& part_key,
                         const KitRequest& request) {
    if (record::public_of(part_key.recipient()) != part.recipient) {
        return fail(Code::kCorrupt, "sealed.part-key.other"_id);
    }
    const std::size_t secret_bytes = request.dictation ? kShortSecretBytes : kLongSecretBytes;
    const SecretBytes master = SecretBytes::random(random, secret_bytes);
    ASSAY_TRY(auto groups,
              crypto::slip39_split(random, master, {2, {{1, 1}, request.invigilators}, 0}));
    ASSAY_TRY(const crypto::AgeIdentity key, kit_key(master));
    SiteKit kit;
    kit.exam = part.exam;
    kit.part = part.part;
    kit.bank = part.bank;
    kit.recipient = part.recipient;
    kit.site = request.site;
    kit.key = make_capsule(random, part_key, key.recipient());
    kit.secret_bits = static_cast<std::uint32_t>(secret_bytes * 8);
    kit.threshold = static_cast<std::uint32_t>(request.invigilators.threshold);
    kit.shares.push_back(describe(ShareHolder::kOrganisation, 1, groups[0][0]));
    for (std::size_t i = 0; i < groups[1].size(); ++i) {
        kit.shares.push_back(describe(ShareHolder::kInvigilator, i + 1, groups[1][i]));
    }
    kit.time = request.time;
    return MadeKit{record::make(std::move(kit)), std::move(groups[0][0]), std::move(groups[1])};
}

Result<KnownShare> find_share(const SiteKit& kit, ByteView typed) {
    ASSAY_TRY(SecretBytes mnemonic,
              is_digits(typed) ? crypto::slip39_from_numbers(typed) : crypto::slip39_tidy(typed));
    const Digest digest = record::share_digest(as_text(mnemonic.view()));
    const auto found = std::find_if(kit.shares.begin(), kit.shares.end(),
                                    [&](const KitShare& each) { return each.digest == digest; });
    if (found == kit.shares.end()) {
        return fail(Code::kDenied, "sealed.kit.share"_id, {{"digest", digest.hex()}});
    }
    return KnownShare{*found, std::move(mnemonic)};
}

Status check_kit(const record::Signed<SiteKit>& kit, const record::TrustedKeys& keys,
                 const record::Signed<BankPart>& part, const SiteId& site) {
    ASSAY_TRY_STATUS(record::require(kit, keys.officers(), keys.officer_threshold()));
    const auto other = [](const char* member) {
        return fail(Code::kRefused, "sealed.kit.other"_id, {{"member", member}});
    };
    if (kit.object.site != site) {
        return other("site");
    }
    if (kit.object.exam != part.object.exam || kit.object.part != part.object.part) {
        return other("part");
    }
    if (kit.object.bank != part.object.bank || kit.object.recipient != part.object.recipient) {
        return other("bank");
    }
    return Ok{};
}

Result<OpenedKit> open_kit(const SiteKit& kit, std::span<const SecretBytes> typed) {
    if (typed.size() > crypto::kSharesMax) {
        return fail(Code::kLimit, "sealed.kit.too-many"_id,
                    {{"limit", std::to_string(crypto::kSharesMax)}});
    }
    Chosen chosen;
    for (const SecretBytes& each : typed) {
        ASSAY_TRY(KnownShare known, find_share(kit, each.view()));
        chosen.take(std::move(known), kit.threshold);
    }
    if (!chosen.organisation || chosen.invigilators < kit.threshold) {
        return too_few(kit, chosen.organisation, chosen.invigilators);
    }
    ASSAY_TRY(const SecretBytes master, crypto::slip39_combine(chosen.mnemonics));
    ASSAY_TRY(const crypto::AgeIdentity key, kit_key(master));
    ASSAY_TRY(crypto::AgeIdentity part_key, open_capsule(kit.key, key, kit.recipient));
    std::sort(chosen.digests.begin(), chosen.digests.end());
    return OpenedKit{std::move(part_key), std::move(chosen.digests)};
}

}  // namespace assay::sealed
