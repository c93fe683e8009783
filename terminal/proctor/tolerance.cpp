#include "terminal/proctor/tolerance.h"

namespace assay::proctor {
namespace {

using record::FindingCode;

bool may_change(FindingCode code) {
    return code == FindingCode::kFaceAbsent || code == FindingCode::kFaceMultiple ||
           code == FindingCode::kLookAway || code == FindingCode::kIdUnverified ||
           code == FindingCode::kFeedStill;
}

std::optional<Tolerance> tolerance_of(std::string_view word) {
    if (word == "off") {
        return Tolerance::kOff;
    }
    return word == "wide" ? std::optional(Tolerance::kWide) : std::nullopt;
}

}  // namespace

Result<Tolerances> Tolerances::parse(std::string_view text) {
    Tolerances out;
    while (!text.empty()) {
        const std::string_view one = text.substr(0, text.find(' '));
        text.remove_prefix(std::min(one.size() + 1, text.size()));
        const std::size_t equals = std::min(one.find('='), one.size());
        const auto code = record::from_word<FindingCode>(one.substr(0, equals));
        const auto tolerance = tolerance_of(one.substr(std::min(equals + 1, one.size())));
        if (!code || !tolerance || !may_change(*code)) {
            return fail(Code::kInvalid, "proctor.policy.tolerance"_id,
                        {{"word", std::string(one)}});
        }
        out.by_code_[*code] = *tolerance;
    }
    return out;
}

Tolerance Tolerances::of(FindingCode code) const {
    const auto found = by_code_.find(code);
    return found == by_code_.end() ? Tolerance::kUsual : found->second;
}

}  // namespace assay::proctor
