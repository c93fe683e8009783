#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "crypto/base/result.h"
#include "terminal/proctor/frame.h"

namespace assay::proctor {

inline constexpr std::size_t kScriptBytesMax = 65536;

/// What the camera sees, or does, for a while. README.md, section "Scripted source".
enum class Scene {
    kPerson,
    kAbsent,
    kMultiple,
    kPass,
    kOther,
    kAway,
    kCovered,
    kDark,
    kMoved,
    kFrozen,
    kLoop,
    kStill,
    kLost,
    kChanged,
    kDrink,
    kChin,
    kUp,
    kStretch,
    kLight,
};

struct Cue {
    milliseconds from{0};
    milliseconds to{0};
    Scene scene = Scene::kPerson;
    int amount = 0;  ///< the scene's own: degrees, pixels, seconds, percent; 0: its usual one
};

/// A film for the analysis.
struct Script {
    std::vector<std::string> person;  ///< JPEG or MJPEG files, hopped between
    std::vector<std::string> other;   ///< of somebody else; none: the same person, mirrored
    std::string empty;                ///< without a person; none: the person is painted over
    int fps = 15;
    int film_fps = 15;  ///< of the files
    int zoom = 100;     ///< percent, around the face
    int noise = 3;      ///< of a sensor, largest difference of a byte
    int quality = 85;
    std::uint64_t seed = 1;
    std::vector<Cue> cues;

    /// Lines "person FILE", "other FILE", "empty FILE", "fps N", "film-fps N", "zoom N", "noise N",
    /// "quality N", "seed N", "t=60..80 absent", "t=90.5..99 away 45".
    static Result<Script> parse(std::string_view text);
    /// The cue at that time; kPerson without end where there is none.
    Cue at(milliseconds time) const;
};

}  // namespace assay::proctor
