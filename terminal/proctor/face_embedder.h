#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "crypto/base/disk.h"
#include "terminal/proctor/face_detector.h"

namespace assay::proctor {

inline constexpr int kAlignedSide = 112;

/// What a face looks like as a direction: length 1. Lives in memory only, never stored.
using Embedding = std::vector<float>;

/// -1 to 1; of two embeddings of one length.
double cosine(const Embedding& a, const Embedding& b);
/// Of the mean; for a check-in from several pictures.
Embedding mean_of(const std::vector<Embedding>& all);

/// Turns a face into an embedding.
class FaceEmbedder {
  public:
    virtual ~FaceEmbedder() = default;
    /// `image` has 3 channels and holds the face.
    virtual Embedding embed(const Image& image, const Face& face) = 0;
};

/// The face with eyes, nose and mouth at their places, kAlignedSide square, 3 channels.
Image align_face(const Image& image, const Face& face);

/// Opens MobileFace from `folder`. Errors as open_yunet().
Result<std::unique_ptr<FaceEmbedder>> open_mobileface(Disk& disk, const Path& folder);

}  // namespace assay::proctor
