// mapResponse and mapResponsePoint.
#include <algorithm>
#include <array>
#include <functional>
#include <numeric>

#include "question-bank/item/fold.h"
#include "question-bank/item/operator.h"

namespace assay::item {

namespace {

/// An empty string is NULL, so an entry whose key is empty stands for both.
bool is_empty(const Scalar& item) {
    const auto* text = std::get_if<std::string>(&item);
    return std::holds_alternative<std::monostate>(item) || (text != nullptr && text->empty());
}

bool same_key(BaseType base, const MapEntry& entry, const Scalar& item) {
    const auto* key = std::get_if<std::string>(&entry.key);
    const auto* text = std::get_if<std::string>(&item);
    if (is_empty(item)) {
        return is_empty(entry.key);
    }
    // Case is a matter of strings; "a" and "A" are two identifiers.
    if (base == BaseType::kString && !entry.case_sensitive && key != nullptr && text != nullptr) {
        return case_folded(*key) == case_folded(*text);
    }
    return same_scalar(base, entry.key, item);
}

using Same = std::function<bool(BaseType, const MapEntry&, const Scalar&)>;

constexpr std::size_t kTolerantBytesMax = 1000;

/// How many letters must be put in, taken out or replaced.
std::size_t edit_distance(const std::string& a, const std::string& b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0]++;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const auto above = row[j + 1];
            const auto replaced = diagonal + (a[i] == b[j] ? 0U : 1U);
            row[j + 1] = std::min({above + 1, row[j] + 1, replaced});
            diagonal = above;
        }
    }
    return row[b.size()];
}

/// The items of a response, a repeated one once.
std::vector<Scalar> distinct(const Value& value) {
    std::vector<Scalar> out;
    for (const auto& item : value.items) {
        const bool seen = std::any_of(out.begin(), out.end(), [&](const Scalar& other) {
            return same_scalar(value.base, item, other) || (is_empty(item) && is_empty(other));
        });
        if (!seen) {
            out.push_back(item);
        }
    }
    return out;
}

template <typename AnyMapping>
double bounded(const AnyMapping& mapping, double total) {
    if (mapping.lower && total < *mapping.lower) {
        return *mapping.lower;
    }
    return mapping.upper && total > *mapping.upper ? *mapping.upper : total;
}

Result<const Variable*> response_of(const Call& call) {
    const auto* found = call.context.find(call.rule.attribute("identifier"));
    if (found == nullptr || found->declaration == nullptr ||
        found->declaration->kind != VariableKind::kResponse) {
        return wrong_operand(call, "not a response variable");
    }
    return found;
}

double mapped_sum(const Mapping& mapping, const Value& value, Same same) {
    const auto mapped = [&](const Scalar& item) {
        const auto found =
            std::find_if(mapping.entries.begin(), mapping.entries.end(),
                         [&](const auto& entry) { return same(value.base, entry, item); });
        return found == mapping.entries.end() ? mapping.otherwise : found->mapped;
    };
    double total = 0;
    for (const auto& item : distinct(value)) {
        total += mapped(item);
    }
    if (value.is_null() && value.cardinality == Cardinality::kSingle) {
        total = mapped(Scalar());
    }
    return bounded(mapping, total);
}

Result<Value> mapped_response(const Call& call, Same same) {
    ASSAY_TRY(const auto* found, response_of(call));
    const auto& declaration = *found->declaration;
    // "This expression cannot be applied to variables of record cardinality."
    if (declaration.cardinality == Cardinality::kRecord) {
        return wrong_operand(call, "cardinality");
    }
    if (!declaration.mapping) {
        call.context.warnings.push_back(
            {"item.mapping.missing"_id, {{"variable", declaration.identifier}}});
        return Value::real(0);
    }
    return Value::real(mapped_sum(*declaration.mapping, found->value, same));
}

Result<Value> map_response(const Call& call) { return mapped_response(call, same_key); }

/// ONYX's extension: a string counts as the key while so few letters differ.
Result<Value> map_tolerant(const Call& call) {
    constexpr std::int64_t kLettersMax = 100;
    ASSAY_TRY(const auto letters, integer_attribute(call, "tolerance", 0));
    const auto most = static_cast<std::size_t>(std::clamp<std::int64_t>(letters, 0, kLettersMax));
    return mapped_response(call, [most](BaseType base, const MapEntry& entry, const Scalar& item) {
        const auto* key = std::get_if<std::string>(&entry.key);
        const auto* text = std::get_if<std::string>(&item);
        if (key == nullptr || text == nullptr || text->empty() ||
            text->size() > kTolerantBytesMax) {
            return same_key(base, entry, item);
        }
        return entry.case_sensitive ? edit_distance(*key, *text) <= most
                                    : edit_distance(case_folded(*key), case_folded(*text)) <= most;
    });
}

/// An area counts once, however many points lie in it; a point in no area gives the default, and
/// the same point twice gives it once.
double mapped_points(const AreaMapping& mapping, const Value& value) {
    std::vector<bool> hit(mapping.entries.size(), false);
    double total = 0;
    for (const auto& item : distinct(value)) {
        const auto* point = std::get_if<Point>(&item);
        bool inside = false;
        for (std::size_t i = 0; point != nullptr && i < mapping.entries.size(); ++i) {
            if (!mapping.entries[i].area.contains(*point)) {
                continue;
            }
            total += hit[i] ? 0 : mapping.entries[i].mapped;
            hit[i] = true;
            inside = true;
        }
        total += inside ? 0 : mapping.otherwise;
    }
    return value.items.empty() ? mapping.otherwise : total;
}

Result<Value> map_response_point(const Call& call) {
    ASSAY_TRY(const auto* found, response_of(call));
    const auto& declaration = *found->declaration;
    if (!declaration.area_mapping) {
        call.context.warnings.push_back(
            {"item.mapping.missing"_id, {{"variable", declaration.identifier}}});
        return Value::real(0);
    }
    if (declaration.base != BaseType::kPoint || declaration.cardinality == Cardinality::kRecord) {
        return wrong_operand(call, "not a point");
    }
    const auto total = mapped_points(*declaration.area_mapping, found->value);
    return Value::real(bounded(*declaration.area_mapping, total));
}

constexpr std::array kOperators = {
    Operator{"mapResponse", 0, 0, map_response},
    Operator{"mapTolResponse", 0, 0, map_tolerant},
    Operator{"mapResponsePoint", 0, 0, map_response_point},
};

}  // namespace

std::span<const Operator> mapping_operators() { return kOperators; }

}  // namespace assay::item
