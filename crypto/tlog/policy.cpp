#include "crypto/tlog/policy.h"

#include <algorithm>
#include <optional>
#include <span>

#include "crypto/base/check.h"
#include "crypto/tlog/decimal.h"

namespace assay::tlog {
namespace {

using Words = std::span<const std::string_view>;

bool is_blank(char c) { return c == ' ' || c == '\t'; }

std::vector<std::string_view> split_words(std::string_view line) {
    std::vector<std::string_view> out;
    for (std::size_t i = 0; i < line.size();) {
        if (is_blank(line[i])) {
            ++i;
            continue;
        }
        std::size_t end = i;
        while (end < line.size() && !is_blank(line[end])) {
            ++end;
        }
        out.push_back(line.substr(i, end - i));
        i = end;
    }
    return out;
}

bool allowed_octets(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        const auto octet = static_cast<std::uint8_t>(c);
        return octet == '\t' || octet == '\n' || (octet >= 0x20 && octet != 0x7f);
    });
}

}  // namespace

/// Reads a policy line by line into a Policy.
class Policy::Parser {
  public:
    Status line(std::string_view text) {
        ++number_;
        const std::vector<std::string_view> words = split_words(text);
        if (words.empty() || words[0].starts_with('#')) {
            return Ok{};
        }
        const Words rest = Words(words).subspan(1);
        if (words[0] == "log") {
            return add_log(rest);
        }
        if (words[0] == "witness") {
            return add_witness(rest);
        }
        if (words[0] == "group") {
            return add_group(rest);
        }
        if (words[0] == "quorum") {
            return set_quorum(rest);
        }
        return wrong("keyword");
    }

    Result<Policy> finish() {
        if (!quorum_seen_) {
            return wrong("no quorum");
        }
        return std::move(policy_);
    }

  private:
    Error wrong(const char* what) const {
        return fail(Code::kInvalid, "tlog.policy.malformed"_id,
                    {{"line", std::to_string(number_)}, {"what", what}});
    }

    Result<NoteKey> read_key(std::string_view text, NoteAlgorithm algorithm,
                             const std::vector<NoteKey>& others) const {
        auto key = NoteKey::from_text(text);
        if (!key.ok() || key->algorithm() != algorithm) {
            return wrong("key");
        }
        for (const NoteKey& other : others) {
            if (other.key() == key->key()) {
                return wrong("duplicate key");
            }
        }
        return key;
    }

    Status add_log(Words words) {
        if (words.empty() || words.size() > 2 || policy_.logs_.size() == kPolicyLogsMax) {
            return wrong("log");
        }
        ASSAY_TRY(NoteKey key, read_key(words[0], NoteAlgorithm::kEd25519, policy_.logs_));
        policy_.logs_.push_back(std::move(key));
        return Ok{};
    }

    std::optional<std::size_t> find(std::string_view name) const {
        const auto& members = policy_.members_;
        const auto found = std::find_if(members.begin(), members.end(),
                                        [&](const Member& m) { return m.name == name; });
        if (found == members.end()) {
            return std::nullopt;
        }
        return static_cast<std::size_t>(found - members.begin());
    }

    Status check_new(std::string_view name) const {
        return name == "none" || find(name) ? Status(wrong("name")) : Status(Ok{});
    }

    Status add_witness(Words words) {
        if (words.size() < 2 || words.size() > 3 ||
            policy_.witnesses_.size() == kPolicyWitnessesMax) {
            return wrong("witness");
        }
        ASSAY_TRY_STATUS(check_new(words[0]));
        ASSAY_TRY(NoteKey key, read_key(words[1], NoteAlgorithm::kCosignature, policy_.witnesses_));
        policy_.witnesses_.push_back(std::move(key));
        policy_.witness_member_.push_back(policy_.members_.size());
        policy_.members_.push_back({std::string(words[0]), 0, {}});
        return Ok{};
    }

    Result<std::size_t> threshold(std::string_view word, std::size_t members) const {
        if (word == "all") {
            return members;
        }
        if (word == "any") {
            return std::size_t{1};
        }
        const auto number = parse_decimal(word);
        if (!number || *number < 1 || *number > members) {
            return wrong("threshold");
        }
        return static_cast<std::size_t>(*number);
    }

    Status add_group(Words words) {
        if (words.size() < 3 || groups_ == kPolicyGroupsMax) {
            return wrong("group");
        }
        ASSAY_TRY_STATUS(check_new(words[0]));
        Member group{std::string(words[0]), 0, {}};
        ASSAY_TRY(group.threshold, threshold(words[1], words.size() - 2));
        for (const std::string_view name : words.subspan(2)) {
            const auto member = find(name);
            if (!member || policy_.members_[*member].grouped) {
                return wrong("group member");
            }
            policy_.members_[*member].grouped = true;
            group.members.push_back(*member);
        }
        policy_.members_.push_back(std::move(group));
        ++groups_;
        return Ok{};
    }

    Status set_quorum(Words words) {
        if (words.size() != 1 || quorum_seen_) {
            return wrong("quorum");
        }
        quorum_seen_ = true;
        if (words[0] == "none") {
            return Ok{};
        }
        policy_.quorum_ = find(words[0]);
        return policy_.quorum_ ? Status(Ok{}) : Status(wrong("quorum"));
    }

    Policy policy_;
    std::size_t number_ = 0;
    std::size_t groups_ = 0;
    bool quorum_seen_ = false;
};

Result<Policy> Policy::parse(std::string_view text) {
    if (text.size() > kPolicyBytesMax || !allowed_octets(text) ||
        (!text.empty() && text.back() != '\n')) {
        return fail(Code::kInvalid, "tlog.policy.malformed"_id, {{"line", "0"}, {"what", "text"}});
    }
    Parser parser;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        ASSAY_TRY_STATUS(parser.line(text.substr(0, end)));
        text.remove_prefix(end + 1);
    }
    return parser.finish();
}

Policy Policy::single(const NoteKey& log) {
    ASSAY_CHECK(log.algorithm() == NoteAlgorithm::kEd25519);
    Policy out;
    out.logs_.push_back(log);
    return out;
}

bool Policy::reached(std::size_t member, const std::vector<bool>& signed_by) const {
    const Member& m = members_[member];
    if (m.threshold == 0) {
        return signed_by[member];
    }
    const auto count = std::count_if(m.members.begin(), m.members.end(),
                                     [&](std::size_t i) { return reached(i, signed_by); });
    return static_cast<std::size_t>(count) >= m.threshold;
}

Result<Policy::Verified> Policy::verify(std::string_view note) const {
    ASSAY_TRY(const Note parsed, Note::parse(note));
    ASSAY_TRY(Checkpoint checkpoint, Checkpoint::parse(parsed.text));
    std::vector<NoteKey> known;
    std::copy_if(logs_.begin(), logs_.end(), std::back_inserter(known),
                 [&](const NoteKey& log) { return log.name() == checkpoint.origin; });
    const std::size_t logs = known.size();
    if (logs == 0) {
        return fail(Code::kDenied, "tlog.policy.unknown-log"_id, {{"origin", checkpoint.origin}});
    }
    known.insert(known.end(), witnesses_.begin(), witnesses_.end());
    ASSAY_TRY(const auto signers, verify_note(parsed, known));
    Verified out{std::move(checkpoint), {}};
    std::vector<bool> signed_by(members_.size(), false);
    bool log_signed = false;
    for (const NoteSigner& signer : signers) {
        if (signer.key < logs) {
            log_signed = true;
            continue;
        }
        const std::size_t member = witness_member_[signer.key - logs];
        signed_by[member] = true;
        out.witnesses.push_back({members_[member].name, signer.time.value_or(WallTime{})});
    }
    if (!log_signed) {
        return fail(Code::kDenied, "tlog.policy.unknown-log"_id,
                    {{"origin", out.checkpoint.origin}});
    }
    if (quorum_ && !reached(*quorum_, signed_by)) {
        return fail(
            Code::kDenied, "tlog.policy.quorum"_id,
            {{"origin", out.checkpoint.origin}, {"count", std::to_string(out.witnesses.size())}});
    }
    return out;
}

}  // namespace assay::tlog
