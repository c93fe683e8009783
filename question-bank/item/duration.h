#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace assay::item {

/// Seconds of "P1DT2H3M4.5S" (a month is 30 days, a year 365) or of a plain number of seconds.
std::optional<double> duration_from(std::string_view text);
/// "PT3723.5S".
std::string duration_text(double seconds);

}  // namespace assay::item
