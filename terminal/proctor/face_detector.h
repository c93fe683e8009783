#pragma once

#include <memory>
#include <vector>

#include "crypto/base/disk.h"
#include "crypto/base/result.h"
#include "terminal/proctor/image.h"

namespace assay::proctor {

/// A face, in parts of the picture's width and height.
struct Face {
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;
    double score = 0;  ///< 0 to 1
};

/// Finds faces in a picture of 3 channels.
class FaceDetector {
  public:
    virtual ~FaceDetector() = default;
    virtual std::vector<Face> detect(const Image& image) = 0;
};

/// Opens YuNet from `folder`. kNotFound without the file, kCorrupt where its SHA-256 is another.
Result<std::unique_ptr<FaceDetector>> open_yunet(Disk& disk, const Path& folder);

}  // namespace assay::proctor
