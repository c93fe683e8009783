#include "crypto/slip39.h"

#include <algorithm>
#include <map>
#include <optional>

#include <openssl/evp.h>

#include "crypto/base/check.h"
#include "crypto/shamir.h"
#include "crypto/slip39_share.h"

namespace assay::crypto {

namespace {

constexpr unsigned kRounds = 4;
constexpr int kIterationsPerRound = 2500;

/// The round function of the Feistel network that ties the secret to a passphrase.
SecretBytes round_key(unsigned round, ByteView half, const ShareLabel& label,
                      const SecretBytes& passphrase) {
    SecretBytes password = SecretBytes::zeros(1 + passphrase.size());
    password.span()[0] = static_cast<std::uint8_t>(round);
    std::ranges::copy(passphrase.view(), password.span().begin() + 1);
    SecretBytes salt = SecretBytes::zeros((label.extendable ? 0 : 8) + half.size());
    auto at = salt.span().begin();
    if (!label.extendable) {
        at = std::ranges::copy(std::string_view("shamir"), at).out;
        *at++ = static_cast<std::uint8_t>(label.identifier >> 8U);
        *at++ = static_cast<std::uint8_t>(label.identifier & 255U);
    }
    std::ranges::copy(half, at);
    SecretBytes out = SecretBytes::zeros(half.size());
    // OpenSSL takes the password as characters and its length as int; both are a few bytes.
    const std::string_view secret = as_text(password.view());
    ASSAY_CHECK(PKCS5_PBKDF2_HMAC(secret.data(), static_cast<int>(secret.size()),
                                  salt.view().data(), static_cast<int>(salt.size()),
                                  kIterationsPerRound << label.iteration_exponent, EVP_sha256(),
                                  static_cast<int>(out.size()), out.span().data()) == 1);
    return out;
}

enum class Direction { kEncrypt, kDecrypt };

SecretBytes crypt(Direction direction, const SecretBytes& secret, const ShareLabel& label,
                  const SecretBytes& passphrase) {
    const std::size_t half = secret.size() / 2;
    SecretBytes left = SecretBytes::copy_of(secret.view().first(half));
    SecretBytes right = SecretBytes::copy_of(secret.view().subspan(half));
    for (unsigned i = 0; i < kRounds; ++i) {
        const unsigned round = direction == Direction::kEncrypt ? i : kRounds - 1 - i;
        SecretBytes mixed = round_key(round, right.view(), label, passphrase);
        for (std::size_t at = 0; at < half; ++at) {
            mixed.span()[at] ^= left.view()[at];
        }
        left = std::move(right);
        right = std::move(mixed);
    }
    SecretBytes out = SecretBytes::zeros(secret.size());
    std::ranges::copy(right.view(), out.span().begin());
    std::ranges::copy(left.view(), out.span().begin() + static_cast<std::ptrdiff_t>(half));
    return out;
}

Status check_plan(const SharePlan& plan) {
    const int groups = static_cast<int>(plan.groups.size());
    if (groups < 1 || plan.groups.size() > kShareGroupsMax || plan.group_threshold < 1 ||
        plan.group_threshold > groups) {
        return fail(
            Code::kUsage, "crypto.slip39.plan-groups"_id,
            {{"needed", std::to_string(plan.group_threshold)}, {"count", std::to_string(groups)}});
    }
    for (const ShareGroup& group : plan.groups) {
        if (group.threshold < 1 || group.threshold > group.count ||
            group.count > static_cast<int>(kShareGroupsMax) ||
            (group.threshold == 1 && group.count > 1)) {
            return fail(Code::kUsage, "crypto.slip39.plan-members"_id,
                        {{"needed", std::to_string(group.threshold)},
                         {"count", std::to_string(group.count)}});
        }
    }
    if (plan.iteration_exponent < 0 || plan.iteration_exponent > 15) {
        return fail(Code::kUsage, "crypto.slip39.plan-exponent"_id,
                    {{"exponent", std::to_string(plan.iteration_exponent)}});
    }
    return Ok{};
}

/// What must be the same in all shares of a set.
bool same_set(const ShareLabel& a, const ShareLabel& b) {
    return a.identifier == b.identifier && a.extendable == b.extendable &&
           a.iteration_exponent == b.iteration_exponent && a.group_threshold == b.group_threshold &&
           a.group_count == b.group_count && a.secret_bytes == b.secret_bytes;
}

using Groups = std::map<int, std::vector<slip39::Share>>;

Result<Groups> sort_shares(std::span<const SecretBytes> mnemonics) {
    Groups out;
    std::optional<ShareLabel> first;
    for (const SecretBytes& mnemonic : mnemonics) {
        ASSAY_TRY(const slip39::ShareWords words, slip39::read_words(mnemonic.view()));
        ASSAY_TRY(slip39::Share share, slip39::decode(words));
        if (!first.has_value()) {
            first = share.label;
        }
        std::vector<slip39::Share>& group = out[share.label.group_index];
        if (!same_set(*first, share.label) ||
            (!group.empty() && group[0].label.member_threshold != share.label.member_threshold)) {
            return fail(Code::kInvalid, "crypto.slip39.mixed"_id);
        }
        for (const slip39::Share& other : group) {
            if (other.label.member_index == share.label.member_index) {
                return fail(Code::kInvalid, "crypto.slip39.repeated"_id);
            }
        }
        group.push_back(std::move(share));
    }
    return out;
}

Status check_counts(const Groups& groups, const ShareLabel& label) {
    const std::size_t needed = static_cast<std::size_t>(label.group_threshold);
    std::size_t complete = 0;
    bool surplus = groups.size() > needed;
    for (const auto& [index, shares] : groups) {
        const std::size_t threshold = static_cast<std::size_t>(shares[0].label.member_threshold);
        complete += shares.size() >= threshold ? 1U : 0U;
        surplus = surplus || shares.size() > threshold;
    }
    if (complete < std::max(needed, groups.size())) {
        return fail(Code::kDenied, "crypto.slip39.few"_id,
                    {{"found", std::to_string(complete)},
                     {"needed", std::to_string(std::max(needed, groups.size()))}});
    }
    if (surplus) {
        return fail(Code::kInvalid, "crypto.slip39.many"_id);
    }
    return Ok{};
}

}  // namespace

Result<std::vector<std::vector<SecretBytes>>> slip39_split(Random& random,
                                                           const SecretBytes& master,
                                                           const SharePlan& plan,
                                                           const SecretBytes& passphrase) {
    ASSAY_TRY_STATUS(check_plan(plan));
    if (master.size() != 16 && master.size() != 32) {
        return fail(Code::kUsage, "crypto.slip39.secret"_id,
                    {{"found", std::to_string(master.size())}});
    }
    std::array<std::uint8_t, 2> id{};
    random.fill(id);
    ShareLabel label;
    label.identifier = static_cast<std::uint16_t>(((id[0] << 8U) | id[1]) & 0x7fff);
    label.iteration_exponent = plan.iteration_exponent;
    label.group_threshold = plan.group_threshold;
    label.group_count = static_cast<int>(plan.groups.size());
    const SecretBytes sealed = crypt(Direction::kEncrypt, master, label, passphrase);
    const std::vector<SecretBytes> values =
        slip39::split_secret(random, sealed, plan.group_threshold, label.group_count);
    std::vector<std::vector<SecretBytes>> out;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const ShareGroup& group = plan.groups[i];
        label.group_index = static_cast<int>(i);
        label.member_threshold = group.threshold;
        std::vector<SecretBytes> members =
            slip39::split_secret(random, values[i], group.threshold, group.count);
        for (std::size_t member = 0; member < members.size(); ++member) {
            label.member_index = static_cast<int>(member);
            members[member] =
                slip39::write_words(slip39::encode({label, std::move(members[member])}));
        }
        out.push_back(std::move(members));
    }
    return out;
}

Result<SecretBytes> slip39_combine(std::span<const SecretBytes> mnemonics,
                                   const SecretBytes& passphrase) {
    if (mnemonics.size() > kSharesMax) {
        return fail(Code::kInvalid, "crypto.slip39.many"_id);
    }
    ASSAY_TRY(Groups groups, sort_shares(mnemonics));
    if (groups.empty()) {
        return fail(Code::kDenied, "crypto.slip39.few"_id, {{"found", "0"}, {"needed", "1"}});
    }
    const ShareLabel label = groups.begin()->second[0].label;
    ASSAY_TRY_STATUS(check_counts(groups, label));
    std::vector<slip39::Point> points;
    for (auto& [index, shares] : groups) {
        std::vector<slip39::Point> members;
        for (slip39::Share& share : shares) {
            members.push_back(
                {static_cast<std::uint8_t>(share.label.member_index), std::move(share.value)});
        }
        ASSAY_TRY(SecretBytes value, slip39::join_secret(members));
        points.push_back({static_cast<std::uint8_t>(index), std::move(value)});
    }
    ASSAY_TRY(const SecretBytes sealed, slip39::join_secret(points));
    return crypt(Direction::kDecrypt, sealed, label, passphrase);
}

Result<ShareLabel> slip39_label(const SecretBytes& mnemonic) {
    ASSAY_TRY(const slip39::ShareWords words, slip39::read_words(mnemonic.view()));
    ASSAY_TRY(const slip39::Share share, slip39::decode(words));
    return share.label;
}

Result<SecretBytes> slip39_tidy(ByteView typed) {
    ASSAY_TRY(const slip39::ShareWords words, slip39::read_words(typed));
    ASSAY_TRY(const slip39::Share checked, slip39::decode(words));
    return slip39::write_words(slip39::encode(checked));
}

}  // namespace assay::crypto
