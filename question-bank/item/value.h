#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "crypto/base/ids.h"
#include "crypto/base/result.h"

namespace assay::item {

/// Base types of QTI 2.x and 3.0. kUnknown: not declared (a field of a record, a weak operand).
enum class BaseType {
    kIdentifier,
    kBoolean,
    kInteger,
    kFloat,
    kString,
    kPoint,
    kPair,
    kDirectedPair,
    kDuration,
    kFile,
    kUri,
    kIntOrIdentifier,
    kUnknown,
};

enum class Cardinality { kSingle, kMultiple, kOrdered, kRecord };

struct Point {
    std::int64_t x = 0;
    std::int64_t y = 0;
    friend bool operator==(const Point&, const Point&) = default;
};

/// Two identifiers. Whether the order counts is the base type's business (kPair or kDirectedPair).
struct Pair {
    std::string first;
    std::string second;
    friend bool operator==(const Pair&, const Pair&) = default;
};

/// A candidate's file: named and pinned by digest; its bytes lie elsewhere.
struct FileReference {
    std::string name;
    std::string media_type;
    std::uint64_t size = 0;
    Digest digest;
    friend bool operator==(const FileReference&, const FileReference&) = default;
};

/// identifier, string, uri, intOrIdentifier: std::string; duration: seconds in a double.
/// std::monostate is NULL inside a container, which only a result of another engine can hold.
using Scalar = std::variant<std::monostate, bool, std::int64_t, double, std::string, Point, Pair,
                            FileReference>;

struct Field;

/// A QTI value. NULL is a value without items and without fields: the standard does not tell an
/// empty container from NULL.
struct Value {
    Cardinality cardinality = Cardinality::kSingle;
    BaseType base = BaseType::kUnknown;
    std::vector<Scalar> items;
    std::vector<Field> fields;

    bool is_null() const { return items.empty() && fields.empty(); }
    /// The only item of a single value that is not NULL.
    const Scalar& single() const;
    friend bool operator==(const Value&, const Value&);

    static Value null(BaseType base = BaseType::kUnknown,
                      Cardinality cardinality = Cardinality::kSingle);
    static Value of(BaseType base, Scalar scalar);
    static Value boolean(bool value);
    static Value integer(std::int64_t value);
    static Value real(double value);
    static Value text(std::string value);
    static Value identifier(std::string value);
};

/// A named field of a record.
struct Field {
    std::string name;
    Value value;
    friend bool operator==(const Field&, const Field&) = default;
};

/// "directedPair", "ordered", ... as in the schemas of 2.x.
std::string_view name_of(BaseType base);
std::string_view name_of(Cardinality cardinality);
std::optional<BaseType> base_type_named(std::string_view name);
std::optional<Cardinality> cardinality_named(std::string_view name);

/// One scalar from its lexical form: "A B" is a pair, "3 4" a point, "true", "-INF", "PT1H", and
/// "<sha-256> <size> <media type> <name>" a file. kInvalid names the base type.
Result<Scalar> scalar_from_text(BaseType base, std::string_view text);

/// The lexical form. Numbers are written shortest (1.0 is "1"), so that they read back the same.
std::string scalar_to_text(BaseType base, const Scalar& scalar);

/// A number of an integer or float value that is not NULL; nothing for other base types.
std::optional<double> number_of(const Value& value);

/// Equality of the operator `match`: same cardinality and items; containers of cardinality
/// multiple in any order; a pair in either direction; integers equal floats of the same value.
bool same_value(const Value& a, const Value& b);
bool same_scalar(BaseType base, const Scalar& a, const Scalar& b);

}  // namespace assay::item
