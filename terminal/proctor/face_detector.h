#pragma once

#include <array>
#include <memory>
#include <optional>
#include <vector>

#include "crypto/base/disk.h"
#include "crypto/base/result.h"
#include "terminal/proctor/image.h"

namespace assay::proctor {

/// In parts of the picture's width and height.
struct Point {
    double x = 0;
    double y = 0;
};

/// A face, in parts of the picture's width and height.
struct Face {
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;
    double score = 0;  ///< 0 to 1
    /// The person's right eye, left eye, tip of the nose, right and left corner of the mouth.
    std::array<Point, 5> points{};
};

/// How far the head is turned sideways: where the nose's tip lies along the line of the eyes, from
/// their middle, in distances of the eyes. 0 to the front, about 0.4 at 35 degrees. `aspect` is the
/// picture's width by its height.
double yaw_of(const Face& face, double aspect);
/// Common part of two boxes, 0 to 1.
double overlap(const Face& a, const Face& b);

/// Finds faces in a picture of 3 channels.
class FaceDetector {
  public:
    virtual ~FaceDetector() = default;
    virtual std::vector<Face> detect(const Image& image) = 0;
};

/// Opens YuNet from `folder`. kNotFound without the file, kCorrupt where its SHA-256 is another.
Result<std::unique_ptr<FaceDetector>> open_yunet(Disk& disk, const Path& folder);

}  // namespace assay::proctor
