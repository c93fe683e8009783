#pragma once

#include <cmath>
#include <string>

namespace assay::widgets {

enum class Theme { kLight, kDark, kContrast };
/// "light", "dark", "contrast"; anything else is light.
Theme theme_from(const std::string& word);
const char* theme_word(Theme theme);

inline constexpr double kScaleMin = 1.0;
inline constexpr double kScaleMax = 4.0;

/// How a window looks now: a value that screens are drawn with.
struct Look {
    Theme theme = Theme::kLight;
    double scale = 1.0;  ///< of all type, kScaleMin to kScaleMax
    friend bool operator==(const Look&, const Look&) = default;

    /// A length that grows with the type.
    int px(int at_scale_one) const { return static_cast<int>(std::lround(at_scale_one * scale)); }
    /// `pixels` as the number of letters (em of the body type) that find room in them.
    int ems(int pixels) const { return static_cast<int>(pixels / (16 * scale)); }
};

/// Gives the whole program its look: colours, sizes and shapes as one GTK style. `points` is the
/// size of the body type at scale one.
void apply_look(const Look& look, double points = 12);

/// The colour of a theme by its name in the style ("card", "text", ...), as "#rrggbb".
std::string colour(Theme theme, const std::string& name);

}  // namespace assay::widgets
