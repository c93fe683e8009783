#include <opencv2/core.hpp>
#include <opencv2/objdetect/face.hpp>

#include "crypto/base/check.h"
#include "crypto/hash.h"
#include "terminal/proctor/face_detector.h"

namespace assay::proctor {
namespace {

constexpr const char* kModelFile = "face_detection_yunet_2022mar.onnx";
constexpr const char* kModelSha256 =
    "50ef07f702a31741ca46a4c0d947773b64143b9362780237bf0d427d6c79bab7";
constexpr std::uint64_t kModelBytesMax = 4U << 20U;
/// Below this the detector's own score says little; see the README's table.
constexpr float kScoreMin = 0.6F;
constexpr float kOverlapMax = 0.3F;
constexpr int kCandidatesMax = 200;
constexpr int kPointsColumn = 4;
constexpr int kScoreColumn = 14;

class YunetDetector final : public FaceDetector {
  public:
    explicit YunetDetector(cv::Ptr<cv::FaceDetectorYN> net) : net_(std::move(net)) {}

    std::vector<Face> detect(const Image& image) override {
        ASSAY_CHECK(image.channels == 3);
        // OpenCV only reads the pixels, but its header of foreign memory is not const.
        const cv::Mat view(image.height, image.width, CV_8UC3,
                           const_cast<std::uint8_t*>(image.pixels.data()));
        cv::Mat found;
        net_->setInputSize(view.size());
        net_->detect(view, found);
        std::vector<Face> faces;
        for (int i = 0; i < found.rows; ++i) {
            const auto* row = found.ptr<float>(i);
            const auto across = [&](int column) {
                return static_cast<double>(row[column]) / image.width;
            };
            const auto down = [&](int column) {
                return static_cast<double>(row[column]) / image.height;
            };
            Face face{across(0), down(1), across(2), down(3),
                      static_cast<double>(row[kScoreColumn])};
            for (std::size_t k = 0; k < face.points.size(); ++k) {
                const int column = kPointsColumn + 2 * static_cast<int>(k);
                face.points[k] = {across(column), down(column + 1)};
            }
            faces.push_back(face);
        }
        return faces;
    }

  private:
    cv::Ptr<cv::FaceDetectorYN> net_;
};

}  // namespace

Result<std::unique_ptr<FaceDetector>> open_yunet(Disk& disk, const Path& folder) {
    const Path path = folder / kModelFile;
    ASSAY_TRY(const Bytes model, read_file(disk, path, kModelBytesMax));
    if (crypto::sha256(model).hex() != kModelSha256) {
        return fail(Code::kCorrupt, "proctor.model.digest"_id, {{"file", kModelFile}});
    }
    // The one place where exceptions of OpenCV may come from input that is not a picture. It reads
    // the file again by itself: the folder must belong to root, as the README says.
    try {
        cv::setNumThreads(1);
        auto net = cv::FaceDetectorYN::create(path.string(), "", cv::Size(160, 120), kScoreMin,
                                              kOverlapMax, kCandidatesMax);
        return std::unique_ptr<FaceDetector>(std::make_unique<YunetDetector>(std::move(net)));
    } catch (const cv::Exception&) {
        return fail(Code::kInvalid, "proctor.model.load"_id, {{"file", kModelFile}});
    }
}

}  // namespace assay::proctor
