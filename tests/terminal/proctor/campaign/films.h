#pragma once

#include <string>
#include <vector>

#include "terminal/proctor/face_detector.h"

// Films of the shared clips, made once a campaign in a folder of its own.
namespace assay::proctor::campaign {

/// One person of the shared data.
struct Person {
    std::string name;
    std::vector<std::string> films;
    int zoom = 100;       ///< percent, so that the face is as large as before a webcam
    bool moving = false;  ///< enough film to sit a whole session
};

/// Converts the clips with ffmpeg and writes FILE.faces beside each film. Empty where the data is
/// not there.
std::vector<Person> make_films(Disk& disk, const Path& vision, const Path& folder,
                               FaceDetector& detector);

}  // namespace assay::proctor::campaign
