// round, truncate, roundTo, equal with its tolerances, equalRounded.
#include <array>
#include <cmath>
#include <optional>
#include <sstream>

#include "question-bank/item/number.h"
#include "question-bank/item/operator.h"

namespace assay::item {

namespace {

/// Nothing where it is NULL.
Result<std::optional<double>> single_number(const Call& call, const Value& value) {
    if (value.is_null() || any_null({&value, 1})) {
        return std::optional<double>();
    }
    const auto* text = value.base == BaseType::kString && value.items.size() == 1
                           ? std::get_if<std::string>(&value.items[0])
                           : nullptr;
    if (text != nullptr) {
        // Authors compare a text entry with a number; what is no number is NULL, not a fault.
        call.context.warnings.push_back(
            {"item.operator.text-as-number"_id, {{"line", std::to_string(call.rule.line)}}});
        return real_from(*text);
    }
    const auto number = number_of(value);
    if (!number || value.cardinality != Cardinality::kSingle) {
        return wrong_operand(call, "not a single number");
    }
    return number;
}

template <typename Rounding>
Result<Value> to_integer(const Call& call, Rounding rounding) {
    ASSAY_TRY(const auto number, single_number(call, call.operands[0]));
    if (!number || std::isnan(*number)) {
        return Value::null(BaseType::kInteger);
    }
    const auto whole = std::isfinite(*number) ? as_integer(rounding(*number)) : std::nullopt;
    return whole ? Value::integer(*whole) : Value::real(*number);
}

Result<Value> round_half_up(const Call& call) {
    // Not floor(x + 0.5): that sum is itself rounded, and 0.49999999999999994 would give 1.
    return to_integer(call, [](double x) {
        const double below = std::floor(x);
        return x - below >= 0.5 ? below + 1 : below;
    });
}

Result<Value> truncate(const Call& call) {
    return to_integer(call, [](double x) { return std::trunc(x); });
}

struct Rounding {
    bool significant = true;
    int figures = 0;
    double of(double x) const {
        return significant ? rounded_significant(x, figures) : rounded_decimal(x, figures);
    }
};

Result<Rounding> rounding_of(const Call& call) {
    constexpr std::int64_t kFiguresMax = 300;
    ASSAY_TRY(const auto figures, integer_attribute(call, "figures", 0));
    const bool significant = call.rule.attribute("roundingMode") != "decimalPlaces";
    if (figures < (significant ? 1 : 0) || figures > kFiguresMax) {
        return wrong_operand(call, "figures");
    }
    return Rounding{significant, static_cast<int>(figures)};
}

Result<Value> round_to(const Call& call) {
    ASSAY_TRY(const auto number, single_number(call, call.operands[0]));
    ASSAY_TRY(const auto rounding, rounding_of(call));
    if (!number || std::isnan(*number)) {
        return Value::null(BaseType::kFloat);
    }
    return Value::real(std::isfinite(*number) ? rounding.of(*number) : *number);
}

struct Both {
    double a;
    double b;
};

Result<std::optional<Both>> both_of(const Call& call) {
    ASSAY_TRY(const auto a, single_number(call, call.operands[0]));
    ASSAY_TRY(const auto b, single_number(call, call.operands[1]));
    return a && b ? std::optional(Both{*a, *b}) : std::optional<Both>();
}

Result<Value> equal_rounded(const Call& call) {
    ASSAY_TRY(const auto both, both_of(call));
    ASSAY_TRY(const auto rounding, rounding_of(call));
    if (!both) {
        return Value::null(BaseType::kBoolean);
    }
    return Value::boolean(rounding.of(both->a) == rounding.of(both->b));
}

struct Tolerance {
    double below = 0;
    double above = 0;
};

Result<Tolerance> tolerance_of(const Call& call) {
    std::istringstream words{std::string(call.rule.attribute("tolerance"))};
    std::string word;
    Tolerance out;
    if (!(words >> word)) {
        return wrong_operand(call, "tolerance is missing");
    }
    ASSAY_TRY(out.below, real_attribute(call, word));
    out.above = out.below;
    if (words >> word) {
        ASSAY_TRY(out.above, real_attribute(call, word));
    }
    return out;
}

bool is_false(std::string_view text) { return text == "false" || text == "0"; }

Result<Value> within(const Call& call, const Both& both, double low, double high) {
    // The bounds come out of decimal arithmetic ("10 +- 0.1"): compare them as decimals do.
    constexpr int kFigures = 15;
    low = rounded_significant(low, kFigures);
    high = rounded_significant(high, kFigures);
    const bool above =
        is_false(call.rule.attribute("includeLowerBound")) ? both.b > low : both.b >= low;
    const bool below =
        is_false(call.rule.attribute("includeUpperBound")) ? both.b < high : both.b <= high;
    return Value::boolean(above && below);
}

Result<Value> equal(const Call& call) {
    ASSAY_TRY(const auto both, both_of(call));
    if (!both) {
        return Value::null(BaseType::kBoolean);
    }
    const auto mode = call.rule.attribute("toleranceMode");
    if (mode.empty() || mode == "exact") {
        return Value::boolean(both->a == both->b);
    }
    ASSAY_TRY(const auto tolerance, tolerance_of(call));
    if (mode == "absolute") {
        return within(call, *both, both->a - tolerance.below, both->a + tolerance.above);
    }
    if (mode != "relative") {
        return wrong_operand(call, "toleranceMode");
    }
    const double low = both->a * (1 - tolerance.below / 100);
    const double high = both->a * (1 + tolerance.above / 100);
    return within(call, *both, std::min(low, high), std::max(low, high));
}

constexpr std::array kOperators = {
    Operator{"round", 1, 1, round_half_up},        Operator{"truncate", 1, 1, truncate},
    Operator{"roundTo", 1, 1, round_to},           Operator{"equal", 2, 2, equal},
    Operator{"equalRounded", 2, 2, equal_rounded},
};

}  // namespace

std::span<const Operator> rounding_operators() { return kOperators; }

}  // namespace assay::item
