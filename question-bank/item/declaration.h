#pragma once

#include <optional>
#include <string>
#include <vector>

#include "question-bank/item/value.h"

namespace assay::item {

struct MapEntry {
    Scalar key;
    double mapped = 0;
    bool case_sensitive = false;
};

struct Mapping {
    std::optional<double> lower;
    std::optional<double> upper;
    double otherwise = 0;
    std::vector<MapEntry> entries;
};

enum class Shape { kDefault, kRectangle, kCircle, kPolygon, kEllipse };

/// An area of a picture, in its pixels. The edge belongs to the area.
struct Area {
    Shape shape = Shape::kDefault;
    std::vector<double> coordinates;
    bool contains(const Point& point) const;
};

/// "rect" with "1,2,3,4". kInvalid for a wrong shape or count of numbers.
Result<Area> area_from_text(std::string_view shape, std::string_view coordinates);

struct AreaMapEntry {
    Area area;
    double mapped = 0;
};

struct AreaMapping {
    std::optional<double> lower;
    std::optional<double> upper;
    double otherwise = 0;
    std::vector<AreaMapEntry> entries;
};

/// A matchTable or an interpolationTable.
struct LookupRow {
    double source = 0;
    bool include_boundary = true;
    Value target;
};
struct LookupTable {
    bool interpolation = false;
    Value otherwise;
    std::vector<LookupRow> rows;
};

enum class VariableKind { kResponse, kOutcome, kTemplate };

/// What the author lets count as the same text (data-assay-fold of the interaction).
enum class Fold { kUnset, kExact, kWidth, kPunctuation };

/// A declared variable of an item or a test.
struct Declaration {
    VariableKind kind = VariableKind::kResponse;
    std::string identifier;
    Cardinality cardinality = Cardinality::kSingle;
    BaseType base = BaseType::kUnknown;
    Value initial;  ///< defaultValue
    Value correct;  ///< correctResponse, or NULL
    std::optional<Mapping> mapping;
    std::optional<AreaMapping> area_mapping;
    std::optional<LookupTable> lookup;
    std::optional<double> normal_minimum;
    std::optional<double> normal_maximum;
    std::optional<double> mastery;
    std::string external_scored;  ///< "", "human" or "externalMachine"
    bool constrain_to_view = false;
    std::vector<std::string> views;
    Fold fold = Fold::kUnset;  ///< of a string that is typed
};

}  // namespace assay::item
