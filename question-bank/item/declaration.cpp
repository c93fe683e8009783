#include "question-bank/item/declaration.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "question-bank/item/number.h"

namespace assay::item {

namespace {

bool on_edge(double x, double y, double x1, double y1, double x2, double y2) {
    const double cross = (x - x1) * (y2 - y1) - (y - y1) * (x2 - x1);
    const bool between = x >= std::min(x1, x2) && x <= std::max(x1, x2) && y >= std::min(y1, y2) &&
                         y <= std::max(y1, y2);
    return cross == 0 && between;
}

bool in_polygon(const std::vector<double>& c, double x, double y) {
    const std::size_t n = c.size() / 2;
    bool inside = false;
    for (std::size_t i = 0, j = n - 1; i < n; j = i++) {
        const double xi = c[2 * i];
        const double yi = c[2 * i + 1];
        const double xj = c[2 * j];
        const double yj = c[2 * j + 1];
        if (on_edge(x, y, xi, yi, xj, yj)) {
            return true;
        }
        if ((yi > y) != (yj > y) && x < (xj - xi) * (y - yi) / (yj - yi) + xi) {
            inside = !inside;
        }
    }
    return inside;
}

std::optional<Shape> shape_named(std::string_view name) {
    if (name == "rect") {
        return Shape::kRectangle;
    }
    if (name == "circle") {
        return Shape::kCircle;
    }
    if (name == "poly") {
        return Shape::kPolygon;
    }
    if (name == "ellipse") {
        return Shape::kEllipse;
    }
    return name == "default" ? std::optional(Shape::kDefault) : std::nullopt;
}

bool right_count(Shape shape, std::size_t count) {
    switch (shape) {
        case Shape::kDefault:
            return true;
        case Shape::kRectangle:
        case Shape::kEllipse:
            return count == 4;
        case Shape::kCircle:
            return count == 3;
        case Shape::kPolygon:
            return count >= 6 && count % 2 == 0;
    }
    return false;
}

}  // namespace

bool Area::contains(const Point& point) const {
    const auto x = static_cast<double>(point.x);
    const auto y = static_cast<double>(point.y);
    const auto& c = coordinates;
    switch (shape) {
        case Shape::kDefault:
            return true;
        case Shape::kRectangle:
            return x >= c[0] && x <= c[2] && y >= c[1] && y <= c[3];
        case Shape::kCircle:
            return std::hypot(x - c[0], y - c[1]) <= c[2];
        case Shape::kPolygon:
            return in_polygon(c, x, y);
        case Shape::kEllipse:
            return c[2] > 0 && c[3] > 0 &&
                   std::pow((x - c[0]) / c[2], 2) + std::pow((y - c[1]) / c[3], 2) <= 1;
    }
    return false;
}

Result<Area> area_from_text(std::string_view shape, std::string_view coordinates) {
    const auto kind = shape_named(shape);
    Area area;
    bool numbers = true;
    while (!coordinates.empty()) {
        const auto end = std::min(coordinates.find_first_of(", \t\r\n"), coordinates.size());
        const auto word = coordinates.substr(0, end);
        if (!word.empty()) {
            const auto number = real_from(word.ends_with('%') ? word.substr(0, end - 1) : word);
            numbers = numbers && number;
            area.coordinates.push_back(number.value_or(0));
        }
        coordinates.remove_prefix(std::min(end + 1, coordinates.size()));
    }
    if (!kind || !numbers || !right_count(*kind, area.coordinates.size())) {
        return fail(Code::kInvalid, "item.area.malformed"_id, {{"shape", std::string(shape)}});
    }
    area.shape = *kind;
    if (area.shape == Shape::kRectangle) {  // drawn from any corner
        auto& c = area.coordinates;
        std::tie(c[0], c[2]) = std::minmax({c[0], c[2]});
        std::tie(c[1], c[3]) = std::minmax({c[1], c[3]});
    }
    return area;
}

}  // namespace assay::item
