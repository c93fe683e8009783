#pragma once

#include <optional>
#include <string_view>

namespace assay::import {

/// A decimal number with spaces around it; a comma counts as the point, full-width digits count.
/// Nothing for anything else, INF and NaN among it.
std::optional<double> number_in(std::string_view text);

}  // namespace assay::import
