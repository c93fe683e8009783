#include <cmath>

#include <opencv2/core.hpp>
#include <opencv2/dnn.hpp>

#include "crypto/hash.h"
#include "terminal/proctor/face_embedder.h"

namespace assay::proctor {
namespace {

constexpr const char* kModelFile = "mobileface_v2.onnx";
constexpr const char* kModelSha256 =
    "cb3999dd01f2bfe24f30ec27b65426a8111636d952ef28a110e3d076e7ff9965";
constexpr std::uint64_t kModelBytesMax = 8U << 20U;

class MobilefaceEmbedder final : public FaceEmbedder {
  public:
    explicit MobilefaceEmbedder(cv::dnn::Net net) : net_(std::move(net)) {}

    Embedding embed(const Image& image, const Face& face) override {
        Image aligned = align_face(image, face);
        const cv::Mat view(kAlignedSide, kAlignedSide, CV_8UC3, aligned.pixels.data());
        constexpr bool kSwapRedAndBlue = true;
        net_.setInput(cv::dnn::blobFromImage(view, 1.0, cv::Size(), cv::Scalar(), kSwapRedAndBlue));
        const cv::Mat out = net_.forward().reshape(1, 1);
        return mean_of({Embedding(out.ptr<float>(0), out.ptr<float>(0) + out.cols)});
    }

  private:
    cv::dnn::Net net_;
};

}  // namespace

Result<std::unique_ptr<FaceEmbedder>> open_mobileface(Disk& disk, const Path& folder) {
    ASSAY_TRY(const Bytes model, read_file(disk, folder / kModelFile, kModelBytesMax));
    if (crypto::sha256(model).hex() != kModelSha256) {
        return fail(Code::kCorrupt, "proctor.model.digest"_id, {{"file", kModelFile}});
    }
    try {
        cv::setNumThreads(1);
        const auto* bytes = reinterpret_cast<const char*>(model.data());
        cv::dnn::Net net = cv::dnn::readNetFromONNX(bytes, model.size());
        return std::unique_ptr<FaceEmbedder>(std::make_unique<MobilefaceEmbedder>(std::move(net)));
    } catch (const cv::Exception&) {
        return fail(Code::kInvalid, "proctor.model.load"_id, {{"file", kModelFile}});
    }
}

}  // namespace assay::proctor
