#include "terminal/widgets/title.h"

#include <algorithm>

namespace assay::widgets {

wxString title_in(const Tongue& tongue, const std::string& title) {
    constexpr std::string_view kBetween = " / ";
    const std::size_t at = title.find(kBetween);
    if (at == std::string::npos) {
        return wxString::FromUTF8(title);
    }
    const std::string halves[] = {title.substr(0, at), title.substr(at + kBetween.size())};
    const auto chinese = [](const std::string& half) {
        return std::ranges::any_of(half,
                                   [](char c) { return static_cast<unsigned char>(c) > 0x7f; });
    };
    if (chinese(halves[0]) == chinese(halves[1])) {
        return wxString::FromUTF8(title);  // a stroke within a title of one language
    }
    const bool want_chinese = tongue.language() == text::Language::kChinese;
    return wxString::FromUTF8(halves[chinese(halves[0]) == want_chinese ? 0 : 1]);
}

}  // namespace assay::widgets
