#include "question-bank/item/number.h"

#include <array>
#include <charconv>
#include <cmath>
#include <limits>

namespace assay::item {

namespace {

constexpr std::string_view kSpaces = " \t\r\n";
constexpr int kFiguresOfDouble = 17;

std::string_view without_plus(std::string_view text) {
    return text.size() > 1 && text[0] == '+' && text[1] != '-' ? text.substr(1) : text;
}

/// value * 10^shift, exact in the decimal form.
double shifted(double value, int shift) {
    std::array<char, 64> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                   std::chars_format::scientific)
                         .ptr;
    std::string text(buffer.data(), end);
    const auto e = text.find('e');
    int exponent = 0;
    const char* from = text.data() + e + 1;
    (void)std::from_chars(*from == '+' ? from + 1 : from, text.data() + text.size(), exponent);
    text = text.substr(0, e + 1) + std::to_string(exponent + shift);
    double out = 0;
    (void)std::from_chars(text.data(), text.data() + text.size(), out);
    return out;
}

int figures_before_point(double value) {
    return value == 0 ? 1 : static_cast<int>(std::floor(std::log10(std::fabs(value)))) + 1;
}

bool beyond_precision(double value, int decimals) {
    return decimals + figures_before_point(value) > kFiguresOfDouble;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(kSpaces);
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(kSpaces) - first + 1);
}

std::optional<std::int64_t> integer_from(std::string_view text) {
    text = without_plus(trimmed(text));
    std::int64_t out = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (error == std::errc() && end == text.data() + text.size() && !text.empty()) {
        return out;
    }
    const auto real = real_from(text);
    if (real && std::isfinite(*real) && *real == std::trunc(*real)) {
        return as_integer(*real);
    }
    return std::nullopt;
}

std::optional<double> real_from(std::string_view text) {
    text = without_plus(trimmed(text));
    if (text == "INF") {
        return std::numeric_limits<double>::infinity();
    }
    if (text == "-INF") {
        return -std::numeric_limits<double>::infinity();
    }
    if (text == "NaN") {
        return std::numeric_limits<double>::quiet_NaN();
    }
    if (text.empty() || text.find_first_not_of("0123456789+-.eE") != std::string_view::npos) {
        return std::nullopt;
    }
    double out = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (error != std::errc() || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return out;
}

std::string shortest(double value) {
    if (std::isnan(value)) {
        return "NaN";
    }
    if (std::isinf(value)) {
        return value > 0 ? "INF" : "-INF";
    }
    if (value == 0) {
        return "0";
    }
    std::array<char, 64> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
    return {buffer.data(), end};
}

double rounded_decimal(double value, int decimals) {
    if (!std::isfinite(value) || beyond_precision(value, decimals)) {
        return value;
    }
    return shifted(std::round(shifted(value, decimals)), -decimals);
}

double rounded_significant(double value, int figures) {
    return value == 0 || !std::isfinite(value)
               ? value
               : rounded_decimal(value, figures - figures_before_point(value));
}

std::optional<std::int64_t> checked_add(std::int64_t a, std::int64_t b) {
    std::int64_t out = 0;
    return __builtin_add_overflow(a, b, &out) ? std::nullopt : std::optional(out);
}

std::optional<std::int64_t> checked_multiply(std::int64_t a, std::int64_t b) {
    std::int64_t out = 0;
    return __builtin_mul_overflow(a, b, &out) ? std::nullopt : std::optional(out);
}

std::optional<std::int64_t> as_integer(double value) {
    constexpr double kBound = 9223372036854775808.0;
    if (!(value >= -kBound && value < kBound)) {
        return std::nullopt;
    }
    return static_cast<std::int64_t>(value);
}

}  // namespace assay::item
