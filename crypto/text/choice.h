#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace assay::text {

/// A variable of the environment; empty where it is not set. A function, so that only main reads
/// the real one.
using Environment = std::function<std::string(const char* name)>;

/// The language tag that a person chose for a program: `--language TAG` (or `--language=TAG`)
/// anywhere in the arguments, else the first of LC_ALL, LC_MESSAGES and LANG that says something,
/// else `otherwise`. "C" and "POSIX" choose no language. For language_from().
std::string chosen_tag(std::span<const char* const> arguments, const Environment& environment,
                       std::string_view otherwise);

}  // namespace assay::text
