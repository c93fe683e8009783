#include "crypto/text/choice.h"

#include <algorithm>
#include <array>

namespace assay::text {
namespace {

constexpr std::string_view kOption = "--language";
constexpr std::array<std::string_view, 2> kLanguages{"zh", "en"};
constexpr std::array kVariables{"LC_ALL", "LC_MESSAGES", "LANG"};

bool says_something(std::string_view tag) {
    const std::string_view bare = tag.substr(0, tag.find('.'));
    return !bare.empty() && bare != "C" && bare != "POSIX";
}

}  // namespace

std::string_view language_option(std::span<const char* const> arguments) {
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string_view word = arguments[i];
        if (word == kOption && i + 1 < arguments.size()) {
            return arguments[i + 1];
        }
        if (word.starts_with(kOption) && word.substr(kOption.size()).starts_with('=')) {
            return word.substr(kOption.size() + 1);
        }
    }
    return {};
}

bool names_language(std::string_view tag) {
    const std::string_view bare = tag.substr(0, tag.find_first_of("-_."));
    return bare.size() == 2 && std::ranges::any_of(kLanguages, [&](std::string_view known) {
               return (bare[0] | 0x20) == known[0] && (bare[1] | 0x20) == known[1];
           });
}

std::string chosen_tag(std::span<const char* const> arguments, const Environment& environment,
                       std::string_view otherwise) {
    const std::string_view option = language_option(arguments);
    if (names_language(option)) {
        return std::string(option);
    }
    for (const char* const name : kVariables) {
        if (std::string tag = environment(name); says_something(tag)) {
            return tag;
        }
    }
    return std::string(otherwise);
}

}  // namespace assay::text
