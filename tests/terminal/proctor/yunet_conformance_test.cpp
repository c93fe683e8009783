// The detector on real clips: face found rates of the first pass and of all passes together.
#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include <gtest/gtest.h>

#include "crypto/base/random.h"
#include "terminal/proctor/face_detector.h"
#include "terminal/proctor/file_source.h"
#include "terminal/proctor/jpeg.h"
#include "terminal/proctor/thresholds.h"
#include "tests/support/paths.h"
#include "tests/terminal/proctor/drawn_person.h"

namespace assay::proctor {
namespace {

namespace fs = std::filesystem;

struct Rates {
    int frames = 0;
    int first = 0;
    int any = 0;
    int several_run = 0;  ///< longest run of frames with a second face
    double of(int part) const { return frames == 0 ? 0 : static_cast<double>(part) / frames; }
};

class YunetConformance : public ::testing::Test {
  protected:
    void SetUp() override {
        const auto data = test::conformance_data();
        if (!data || !fs::exists(*data / "vision/models")) {
            GTEST_SKIP() << test::conformance_skip_reason();
        }
        vision_ = *data / "vision";
        auto opened = open_yunet(disk_, vision_ / "models");
        ASSERT_TRUE(opened.ok()) << to_string(opened.error());
        detector_ = std::move(*opened);
    }
    /// As MJPEG in a temporary folder; of a clip 4 frames a second.
    Bytes film(const fs::path& clip, const char* filter = "fps=4") {
        const fs::path out = folder_.path() / "film.mjpeg";
        const std::string command = "ffmpeg -nostdin -v error -y -i " + clip.string() + " -vf " +
                                    filter + " -q:v 3 -pix_fmt yuvj420p -f mjpeg " + out.string();
        EXPECT_EQ(std::system(command.c_str()), 0);
        return *read_file(disk_, out, kMjpegBytesMax);
    }
    std::size_t count(ByteView jpeg, int width) {
        return detector_->detect(*decode_jpeg(jpeg, width, 3)).size();
    }
    /// As the watch counts it.
    bool second_face(ByteView jpeg) {
        const auto faces = detector_->detect(*decode_jpeg(jpeg, kSecondPassWidth, 3));
        return std::count_if(faces.begin(), faces.end(), [](const Face& face) {
                   return face.width >= kSecondFaceWidthMin && face.score >= kSecondFaceScoreMin;
               }) > 1;
    }
    Rates measure(const fs::path& clip) {
        Rates rates;
        const Bytes stream = film(clip);
        int run = 0;
        for (const Span& span : split_mjpeg(stream)) {
            const ByteView jpeg = ByteView(stream).subspan(span.from, span.size);
            const std::size_t small = count(jpeg, 160);
            const std::size_t middle = count(jpeg, 320);
            ++rates.frames;
            rates.first += small > 0 ? 1 : 0;
            rates.any += small > 0 || middle > 0 || count(jpeg, 640) > 0 ? 1 : 0;
            run = second_face(jpeg) ? run + 1 : 0;
            rates.several_run = std::max(rates.several_run, run);
        }
        return rates;
    }

    SystemDisk disk_;
    fs::path vision_;
    test::TempFolder folder_;
    std::unique_ptr<FaceDetector> detector_;
};

TEST_F(YunetConformance, FindsTheOnePersonInEveryFrameOfTheWebcamClips) {
    for (const auto& entry : fs::directory_iterator(vision_ / "clips")) {
        const std::string name = entry.path().filename().string();
        if (name.rfind("person_", 0) != 0) {
            continue;
        }
        SCOPED_TRACE(name);
        const Rates rates = measure(entry.path());
        EXPECT_GE(rates.frames, 5);
        EXPECT_GE(rates.of(rates.first), 0.9);
        EXPECT_EQ(rates.any, rates.frames);
        EXPECT_LE(rates.several_run,
                  1);  // a printed skull on a shirt flickers; a finding needs 3 s
    }
}

TEST_F(YunetConformance, FindsAFaceCloseToTheCameraAndNoneInAnEmptyCorridor) {
    const Rates close = measure(vision_ / "clips/center_focus.mp4");
    EXPECT_GE(close.of(close.any), 0.97);
    const Rates corridor = measure(vision_ / "clips/corridor.mp4");
    EXPECT_LE(corridor.of(corridor.first), 0.2);
}

TEST_F(YunetConformance, FindsAFaceInEachStill) {
    for (const char* name : {"biden_1.jpg", "biden_2.jpg", "obama_1.jpg", "obama_2.jpg"}) {
        const Bytes stream = film(vision_ / "stills" / name, "null");
        const auto spans = split_mjpeg(stream);
        ASSERT_FALSE(spans.empty());
        EXPECT_GE(count(ByteView(stream).subspan(spans[0].from, spans[0].size), 320), 1U) << name;
    }
}

TEST_F(YunetConformance, TakesTheDrawnPersonForOneAndTheEmptyRoomForNobody) {
    FakeRandom random(5);
    for (int i = 0; i < 60; ++i) {
        Image image = Image::make(640, 480, 3);
        test::draw_room(image);
        EXPECT_TRUE(detector_->detect(resize(image, 320, 240)).empty());
        test::draw_person(image, test::pose_at(i * 0.77));
        test::add_noise(image, random, 3);
        const auto faces = detector_->detect(resize(image, 160, 120));
        ASSERT_EQ(faces.size(), 1U) << i;
        EXPECT_GE(faces[0].score, 0.9);
    }
}

TEST_F(YunetConformance, RefusesAModelThatIsNotTheKnownOne) {
    const char* name = "face_detection_yunet_2022mar.onnx";
    Bytes model = *read_file(disk_, vision_ / "models" / name, 4U << 20U);
    model[1000] ^= 1U;
    ASSERT_TRUE(write_file(disk_, folder_.path() / name, model).ok());
    EXPECT_EQ(open_yunet(disk_, folder_.path()).error().code, Code::kCorrupt);
    EXPECT_EQ(open_yunet(disk_, folder_.path() / "none").error().code, Code::kNotFound);
}

}  // namespace
}  // namespace assay::proctor
