#pragma once

#include <string>
#include <string_view>

#include "question-bank/item/package.h"

namespace assay::item {

/// Refuses a name that could mean a place outside the package, or two places at once: "..", an
/// absolute path, a drive, a backslash, a percent code, a control character.
Status check_entry_name(std::string_view name, const PackageLimits& limits);

/// The name as systems compare it that ignore case.
std::string collision_key(std::string_view name);

/// "a/b/../c" to "a/c"; nothing where it would leave the top.
std::optional<std::string> collapsed(std::string_view path);

/// The folder of a path with its '/', or empty.
std::string_view folder_of(std::string_view path);

/// How the file `to` is written in the file `from`.
std::string relative_to(std::string_view from, std::string_view to);

}  // namespace assay::item
