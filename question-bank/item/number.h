#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace assay::item {

/// Without ASCII white space at both ends.
std::string_view trimmed(std::string_view text);

/// xs:integer, or a decimal without a fraction ("3.0"); nothing for anything else.
std::optional<std::int64_t> integer_from(std::string_view text);
/// xs:double with INF, -INF and NaN; nothing for anything else.
std::optional<double> real_from(std::string_view text);
/// Shortest text that reads back the same: "1", "0.1", "1e+20", "INF".
std::string shortest(double value);

/// Rounded at `decimals` digits after the point on the shortest decimal form (5.055 at 2 gives 5.06
/// although its binary value lies below). A deciding digit of 5 increases the digit before it,
/// below zero too: -5.055 gives -5.06.
double rounded_decimal(double value, int decimals);
double rounded_significant(double value, int figures);

/// Integer arithmetic that says when it left 64 bits.
std::optional<std::int64_t> checked_add(std::int64_t a, std::int64_t b);
std::optional<std::int64_t> checked_multiply(std::int64_t a, std::int64_t b);
/// A double as an integer, where it fits.
std::optional<std::int64_t> as_integer(double value);

}  // namespace assay::item
