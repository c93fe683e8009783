#include "question-bank/item/value.h"

#include <algorithm>
#include <array>

#include "question-bank/item/duration.h"
#include "question-bank/item/number.h"

namespace assay::item {

namespace {

constexpr std::array<std::string_view, 13> kBaseTypes = {
    "identifier",   "boolean",  "integer", "float", "string",          "point",   "pair",
    "directedPair", "duration", "file",    "uri",   "intOrIdentifier", "unknown",
};
constexpr std::array<std::string_view, 4> kCardinalities = {"single", "multiple", "ordered",
                                                            "record"};

/// Splits at the first run of spaces; nothing unless there are exactly two words.
std::optional<Pair> two_words(std::string_view text) {
    text = trimmed(text);
    const auto space = text.find_first_of(" \t\r\n");
    if (space == std::string_view::npos) {
        return std::nullopt;
    }
    const auto second = trimmed(text.substr(space));
    if (second.empty() || second.find_first_of(" \t\r\n") != std::string_view::npos) {
        return std::nullopt;
    }
    return Pair{std::string(text.substr(0, space)), std::string(second)};
}

std::optional<Point> point_from(std::string_view text) {
    const auto words = two_words(text);
    if (!words) {
        return std::nullopt;
    }
    const auto x = real_from(words->first);
    const auto y = real_from(words->second);
    const auto left = x ? as_integer(rounded_decimal(*x, 0)) : std::nullopt;
    const auto top = y ? as_integer(rounded_decimal(*y, 0)) : std::nullopt;
    return left && top ? std::optional(Point{*left, *top}) : std::nullopt;
}

std::optional<bool> boolean_from(std::string_view text) {
    text = trimmed(text);
    if (text == "true" || text == "1") {
        return true;
    }
    return text == "false" || text == "0" ? std::optional(false) : std::nullopt;
}

/// "<sha-256> <size> <media type> <name>".
std::optional<FileReference> file_from(std::string_view text) {
    std::array<std::string_view, 3> words;
    for (auto& word : words) {
        const auto space = text.find(' ');
        if (space == std::string_view::npos) {
            return std::nullopt;
        }
        word = text.substr(0, space);
        text.remove_prefix(space + 1);
    }
    const auto digest = Digest::from_hex(words[0]);
    const auto size = integer_from(words[1]);
    if (!digest.ok() || !size || *size < 0) {
        return std::nullopt;
    }
    return FileReference{std::string(text), std::string(words[2]),
                         static_cast<std::uint64_t>(*size), *digest};
}

template <typename T>
std::optional<Scalar> as_scalar(std::optional<T> value) {
    return value ? std::optional<Scalar>(Scalar(std::move(*value))) : std::nullopt;
}

std::optional<Scalar> parse(BaseType base, std::string_view text) {
    switch (base) {
        case BaseType::kBoolean:
            return as_scalar(boolean_from(text));
        case BaseType::kInteger:
            return as_scalar(integer_from(text));
        case BaseType::kFloat:
            return as_scalar(real_from(text));
        case BaseType::kPoint:
            return as_scalar(point_from(text));
        case BaseType::kPair:
        case BaseType::kDirectedPair:
            return as_scalar(two_words(text));
        case BaseType::kDuration:
            return as_scalar(duration_from(text));
        case BaseType::kFile:
            return as_scalar(file_from(text));
        case BaseType::kIdentifier:
        case BaseType::kUri:
        case BaseType::kIntOrIdentifier:
            return Scalar(std::string(trimmed(text)));
        default:
            return Scalar(std::string(text));
    }
}

bool same_items(const Value& a, const Value& b) {
    if (a.items.size() != b.items.size()) {
        return false;
    }
    const auto same = [&](const Scalar& x, const Scalar& y) { return same_scalar(a.base, x, y); };
    if (a.cardinality == Cardinality::kMultiple) {
        return std::is_permutation(a.items.begin(), a.items.end(), b.items.begin(), same);
    }
    return std::equal(a.items.begin(), a.items.end(), b.items.begin(), same);
}

bool same_fields(const Value& a, const Value& b) {
    return std::is_permutation(a.fields.begin(), a.fields.end(), b.fields.begin(), b.fields.end(),
                               [](const Field& x, const Field& y) {
                                   return x.name == y.name && same_value(x.value, y.value);
                               });
}

}  // namespace

const Scalar& Value::single() const {
    ASSAY_CHECK(items.size() == 1);
    return items.front();
}

bool operator==(const Value& a, const Value& b) {
    return a.cardinality == b.cardinality && a.base == b.base && a.items == b.items &&
           a.fields == b.fields;
}

Value Value::null(BaseType base, Cardinality cardinality) { return {cardinality, base, {}, {}}; }
Value Value::of(BaseType base, Scalar scalar) {
    return {Cardinality::kSingle, base, {std::move(scalar)}, {}};
}
Value Value::boolean(bool value) { return of(BaseType::kBoolean, value); }
Value Value::integer(std::int64_t value) { return of(BaseType::kInteger, value); }
Value Value::real(double value) { return of(BaseType::kFloat, value); }
Value Value::text(std::string value) { return of(BaseType::kString, std::move(value)); }
Value Value::identifier(std::string value) { return of(BaseType::kIdentifier, std::move(value)); }

std::string_view name_of(BaseType base) { return kBaseTypes.at(static_cast<std::size_t>(base)); }
std::string_view name_of(Cardinality cardinality) {
    return kCardinalities.at(static_cast<std::size_t>(cardinality));
}

std::optional<BaseType> base_type_named(std::string_view name) {
    const auto found = std::find(kBaseTypes.begin(), kBaseTypes.end() - 1, name);
    return found == kBaseTypes.end() - 1
               ? std::nullopt
               : std::optional(static_cast<BaseType>(found - kBaseTypes.begin()));
}

std::optional<Cardinality> cardinality_named(std::string_view name) {
    const auto found = std::find(kCardinalities.begin(), kCardinalities.end(), name);
    return found == kCardinalities.end()
               ? std::nullopt
               : std::optional(static_cast<Cardinality>(found - kCardinalities.begin()));
}

Result<Scalar> scalar_from_text(BaseType base, std::string_view text) {
    auto scalar = parse(base, text);
    if (!scalar) {
        return fail(Code::kInvalid, "item.value.malformed"_id,
                    {{"type", std::string(name_of(base))}});
    }
    return std::move(*scalar);
}

std::string scalar_to_text(BaseType base, const Scalar& scalar) {
    struct Writer {
        BaseType base;
        std::string operator()(std::monostate) const { return {}; }
        std::string operator()(bool v) const { return v ? "true" : "false"; }
        std::string operator()(std::int64_t v) const { return std::to_string(v); }
        std::string operator()(double v) const {
            return base == BaseType::kDuration ? duration_text(v) : shortest(v);
        }
        std::string operator()(const std::string& v) const { return v; }
        std::string operator()(const Point& v) const {
            return std::to_string(v.x) + ' ' + std::to_string(v.y);
        }
        std::string operator()(const Pair& v) const { return v.first + ' ' + v.second; }
        std::string operator()(const FileReference& v) const {
            return v.digest.hex() + ' ' + std::to_string(v.size) + ' ' + v.media_type + ' ' +
                   v.name;
        }
    };
    return std::visit(Writer{base}, scalar);
}

std::optional<double> number_of(const Value& value) {
    if (value.items.size() != 1 || value.base == BaseType::kDuration) {
        return std::nullopt;
    }
    if (const auto* integer = std::get_if<std::int64_t>(&value.items[0])) {
        return static_cast<double>(*integer);
    }
    const auto* real = std::get_if<double>(&value.items[0]);
    return real != nullptr ? std::optional(*real) : std::nullopt;
}

bool same_scalar(BaseType base, const Scalar& a, const Scalar& b) {
    const auto* x = std::get_if<Pair>(&a);
    const auto* y = std::get_if<Pair>(&b);
    if (base == BaseType::kPair && x != nullptr && y != nullptr && x->first == y->second &&
        x->second == y->first) {
        return true;
    }
    if (a.index() != b.index()) {
        const auto p = number_of(Value::of(base, a));
        const auto q = number_of(Value::of(base, b));
        return p && q && *p == *q;
    }
    return a == b;
}

bool same_value(const Value& a, const Value& b) {
    return a.cardinality == b.cardinality && same_items(a, b) && same_fields(a, b);
}

}  // namespace assay::item
