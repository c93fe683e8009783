#pragma once

#include <vector>

#include "terminal/proctor/frame.h"

namespace assay::proctor {

inline constexpr std::size_t kScriptBytesMax = 65536;
inline constexpr std::size_t kScriptFilmBytesMax = 128U << 20U;

/// What the camera sees, or does, for a while.
enum class Scene { kPerson, kAbsent, kMultiple, kCovered, kDark, kFrozen, kLost, kChanged };

struct Cue {
    milliseconds from{0};
    milliseconds to{0};
    Scene scene = Scene::kPerson;
};

/// A film for the analysis: README.md, section "Scripted source".
struct Script {
    std::string person;  ///< a JPEG or an MJPEG file
    std::string empty;   ///< the same without a person; none: a drawn wall
    int fps = 15;
    int noise = 3;  ///< of a sensor, largest difference of a byte
    std::uint64_t seed = 1;
    std::vector<Cue> cues;

    /// Lines "person FILE", "empty FILE", "fps N", "noise N", "seed N", "t=60..80 absent".
    static Result<Script> parse(std::string_view text);
    Scene at(milliseconds time) const;
};

Result<std::unique_ptr<FrameSource>> make_scripted(const Script& script, const SourcePorts& ports);
Result<std::unique_ptr<FrameSource>> open_script(const std::string& path, const SourcePorts& ports);

}  // namespace assay::proctor
