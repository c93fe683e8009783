// statsOperator.
#include <array>
#include <cmath>
#include <vector>

#include "question-bank/item/operator.h"

namespace assay::item {

namespace {

double mean_of(const std::vector<double>& all) {
    double total = 0;
    for (const double x : all) {
        total += x;
    }
    return total / static_cast<double>(all.size());
}

double variance_of(const std::vector<double>& all, double divisor) {
    const double mean = mean_of(all);
    double total = 0;
    for (const double x : all) {
        total += (x - mean) * (x - mean);
    }
    return total / divisor;
}

Result<Value> statistic(const Call& call, const std::vector<double>& all) {
    const auto name = call.rule.attribute("name");
    const auto n = static_cast<double>(all.size());
    if (name == "mean") {
        return Value::real(mean_of(all));
    }
    if (name == "popVariance") {
        return Value::real(variance_of(all, n));
    }
    if (name == "popSD") {
        return Value::real(std::sqrt(variance_of(all, n)));
    }
    if (name != "sampleVariance" && name != "sampleSD") {
        return wrong_operand(call, "unknown statistic");
    }
    if (all.size() < 2) {
        return Value::null(BaseType::kFloat);
    }
    const double variance = variance_of(all, n - 1);
    return Value::real(name == "sampleSD" ? std::sqrt(variance) : variance);
}

Result<Value> stats_operator(const Call& call) {
    const auto& value = call.operands[0];
    if (value.is_null() || holds_null(value)) {
        return Value::null(BaseType::kFloat);
    }
    if (!is_numeric(value) || (value.cardinality != Cardinality::kMultiple &&
                               value.cardinality != Cardinality::kOrdered)) {
        return wrong_operand(call, "not a container of numbers");
    }
    std::vector<double> all;
    for (const auto& item : value.items) {
        const auto* integer = std::get_if<std::int64_t>(&item);
        all.push_back(integer != nullptr ? static_cast<double>(*integer) : std::get<double>(item));
    }
    return statistic(call, all);
}

constexpr std::array kOperators = {
    Operator{"statsOperator", 1, 1, stats_operator},
};

}  // namespace

std::span<const Operator> statistics_operators() { return kOperators; }

}  // namespace assay::item
