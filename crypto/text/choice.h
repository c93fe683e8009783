#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace assay::text {

/// A variable of the environment; empty where it is not set. A function, so that only main reads
/// the real one.
using Environment = std::function<std::string(const char* name)>;

/// Whether a tag of any writing ("zh-CN", "zh_CN.UTF-8", "en") names a language of the catalogues.
bool names_language(std::string_view tag);

/// The value of `--language TAG` (or `--language=TAG`) among the arguments, or nothing.
std::string_view language_option(std::span<const char* const> arguments);

/// The language tag that a person chose for a program: `--language TAG` (or `--language=TAG`)
/// anywhere in the arguments where it names a language of ours, else the first of LC_ALL,
/// LC_MESSAGES and LANG that says something, else `otherwise`. "C" and "POSIX" choose no language.
/// For language_from().
std::string chosen_tag(std::span<const char* const> arguments, const Environment& environment,
                       std::string_view otherwise);

}  // namespace assay::text
