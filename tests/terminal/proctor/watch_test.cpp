// The whole watch in virtual time: scripted camera, stand-in detector, real evidence.
#include "terminal/proctor/watch.h"

#include <fstream>

#include <gtest/gtest.h>

#include "crypto/record/segment.h"
#include "terminal/proctor/jpeg.h"
#include "terminal/proctor/script_source.h"
#include "tests/support/paths.h"
#include "tests/terminal/proctor/drawn_person.h"

namespace assay::proctor {
namespace {

using record::FindingCode;
using record::Phase;
using record::ProctorMessage;

/// Counts jumpers: the drawn person's is blue, and nothing else in the room is. Looks where it is
/// when the picture is whole, and where it is when two stand side by side.
class JumperDetector final : public FaceDetector {
  public:
    std::vector<Face> detect(const Image& image) override {
        std::vector<Face> whole = on_row(image, image.height * 11 / 12);
        return whole.empty() ? on_row(image, image.height * 345 / 480) : whole;
    }

  private:
    static std::vector<Face> on_row(const Image& image, int y) {
        std::vector<Face> faces;
        bool inside = false;
        for (int x = 0; x < image.width; ++x) {
            const std::uint8_t* pixel = image.row(y) + 3 * x;
            const bool blue = pixel[0] > pixel[2] + 20;
            if (blue && !inside) {
                faces.push_back({static_cast<double>(x) / image.width, 0.3, 0.2, 0.3, 0.95, {}});
            }
            inside = blue;
        }
        return faces;
    }
};

class WatchTest : public ::testing::Test {
  protected:
    void SetUp() override {
        const Path film = folder_.path() / "person.mjpeg";
        std::ofstream out(film, std::ios::binary);
        for (int i = 0; i < 40; ++i) {
            Image image = Image::make(640, 480, 3);
            test::draw_room(image);
            const test::Pose pose = test::pose_at(i * 0.37);
            test::draw_person(image, pose);
            const Bytes jpeg = encode_jpeg(image, 80);
            out.write(reinterpret_cast<const char*>(jpeg.data()),
                      static_cast<std::streamsize>(jpeg.size()));
        }
        script_.person = {film.string()};
        script_.fps = 5;
        policy_.camera = record::CameraPolicy::kRequired;
    }
    /// Runs a whole sitting of so many virtual seconds.
    void run(int seconds) {
        WatchPorts ports{clock_,
                         [this] { return make_scripted(script_, {clock_, pause_, disk_}); },
                         Models{with_detector_ ? &detector_ : nullptr, nullptr},
                         [](ByteView plain) { return to_bytes(plain); },
                         [] { return Usage{}; },
                         [this](const ProctorMessage& message) { all_.push_back(message); }};
        Watch watch(policy_, {}, std::move(ports));
        watch.start();
        for (const SteadyTime end = clock_.steady() + std::chrono::seconds(seconds);
             clock_.steady() < end;) {
            watch.tick(milliseconds(100));
            clock_.advance(milliseconds(5));
        }
        watch.finish();
    }
    template <typename T>
    std::vector<T> of() const {
        std::vector<T> out;
        for (const ProctorMessage& message : all_) {
            if (const auto* found = std::get_if<T>(&message)) {
                out.push_back(*found);
            }
        }
        return out;
    }
    std::vector<FindingCode> begun() const {
        std::vector<FindingCode> out;
        for (const auto& finding : of<record::ProctorFinding>()) {
            if (finding.phase == Phase::kBegin) {
                out.push_back(finding.code);
            }
        }
        return out;
    }

    test::TempFolder folder_;
    FakeClock clock_;
    FakePause pause_{clock_};
    SystemDisk disk_;
    JumperDetector detector_;
    bool with_detector_ = true;
    Script script_;
    record::ProctorPolicy policy_;
    std::vector<ProctorMessage> all_;
};

TEST_F(WatchTest, FindsWhatTheScriptPlaysAndNothingElse) {
    const auto cue = [](int from, int to, Scene scene) {
        return Cue{std::chrono::seconds(from), std::chrono::seconds(to), scene, 0};
    };
    script_.cues = {cue(20, 32, Scene::kAbsent), cue(90, 97, Scene::kCovered),
                    cue(120, 127, Scene::kFrozen), cue(150, 156, Scene::kLost)};
    run(180);
    EXPECT_EQ(begun(), (std::vector{FindingCode::kFaceAbsent, FindingCode::kCameraCovered,
                                    FindingCode::kFeedFrozen, FindingCode::kCameraLost}));
    const int onsets[] = {20, 90, 120, 150};
    std::size_t next = 0;
    for (const auto& finding : of<record::ProctorFinding>()) {
        if (finding.phase == Phase::kBegin) {
            const auto onset = (finding.onset.steady - SteadyTime(1000)).count();
            EXPECT_NEAR(static_cast<double>(onset), 1000.0 * onsets[next++], 1000);
        }
    }
    const auto gaps = of<record::ProctorGap>();
    ASSERT_EQ(gaps.size(), 2U);
    EXPECT_EQ(gaps[0].cause, record::GapCause::kCameraLost);
    EXPECT_NEAR(static_cast<double>((gaps[1].to.steady - gaps[1].from.steady).count()), 6000, 1100);
}

TEST_F(WatchTest, SealsASnapshotEveryThirtySecondsAndAClipPerFinding) {
    script_.cues = {{std::chrono::seconds(40), std::chrono::seconds(50), Scene::kAbsent, 0}};
    run(100);
    int snapshots = 0;
    int clips = 0;
    std::uint64_t number = 0;
    for (const auto& segment : of<record::ProctorSegment>()) {
        EXPECT_EQ(segment.number, ++number);
        EXPECT_LE(segment.to.steady - segment.from.steady, record::kSegmentLengthMax);
        const auto content = record::read_segment(segment.sealed);
        ASSERT_TRUE(content.ok());
        snapshots += segment.kind == record::SegmentKind::kSnapshot ? 1 : 0;
        if (segment.kind == record::SegmentKind::kClip) {
            ++clips;
            EXPECT_EQ(segment.finding, 1U);
            EXPECT_EQ(content->index.code, FindingCode::kFaceAbsent);
            const auto keys =
                std::count_if(content->index.pictures.begin(), content->index.pictures.end(),
                              [](const auto& picture) { return picture.key; });
            EXPECT_EQ(keys, 3);
            EXPECT_GE(content->jpegs.size(), 60U);
        }
    }
    EXPECT_EQ(snapshots, 4);
    EXPECT_EQ(clips, 1);
}

TEST_F(WatchTest, KeepsAStoreUnderItsCapAndSaysWhatItSheds) {
    for (int at = 20; at < 200; at += 40) {
        script_.cues.push_back(
            {std::chrono::seconds(at), std::chrono::seconds(at + 8), Scene::kAbsent, 0});
    }
    script_.fps = 4;
    policy_.evidence_bytes_max = 4U << 20U;
    policy_.used_bytes = policy_.evidence_bytes_max * 3 / 4 - 300000;
    run(200);
    std::uint64_t used = policy_.used_bytes;
    for (const auto& segment : of<record::ProctorSegment>()) {
        used += segment.sealed.size();
    }
    EXPECT_LE(used, policy_.evidence_bytes_max);
    const auto sheds = of<record::ProctorShed>();
    ASSERT_EQ(sheds.size(), 2U);
    EXPECT_EQ(sheds[0].level, record::ShedLevel::kThinSnapshots);
    EXPECT_EQ(sheds[1].level, record::ShedLevel::kNothingMore);
    EXPECT_EQ(begun().back(), FindingCode::kFaceAbsent);  // findings go on without evidence
}

TEST(Budget, ShedsInStepsAndNeverGoesOver) {
    constexpr std::uint64_t kCap = 64U << 20U;
    EXPECT_EQ(Budget(0, kCap).level(), record::ShedLevel::kNone);
    EXPECT_EQ(Budget(kCap / 2, kCap).level(), record::ShedLevel::kThinSnapshots);
    EXPECT_EQ(Budget(kCap / 4 * 3, kCap).level(), record::ShedLevel::kKeyFramesOnly);
    EXPECT_EQ(Budget(kCap - 1000, kCap).level(), record::ShedLevel::kNothingMore);
    EXPECT_FALSE(Budget(kCap - 1000, kCap).fits(1001));
}

TEST_F(WatchTest, IsSilentWithoutACameraPolicyAndWithAnOptionalCameraThatIsNotThere) {
    policy_.camera = record::CameraPolicy::kNone;
    run(20);
    EXPECT_TRUE(begun().empty() && of<record::ProctorGap>().empty());
    EXPECT_FALSE(of<record::ProctorHealth>().empty());
    policy_.camera = record::CameraPolicy::kOptional;
    script_.person = {"/no/such/film"};
    all_.clear();
    run(20);
    EXPECT_TRUE(begun().empty() && of<record::ProctorGap>().empty());
    policy_.camera = record::CameraPolicy::kRequired;
    run(20);
    EXPECT_EQ(begun(), std::vector{FindingCode::kCameraLost});
    EXPECT_FALSE(of<record::ProctorGap>().empty());
}

TEST_F(WatchTest, SaysThatItIsDegradedWithoutADetector) {
    with_detector_ = false;
    run(20);
    ASSERT_EQ(begun(), std::vector{FindingCode::kProctorDegraded});
    EXPECT_EQ(of<record::ProctorHello>().front().detector, record::DetectorKind::kMotion);
}

TEST(Script, ReadsItsLinesAndRefusesOthers) {
    const auto script = Script::parse("# a film\nperson a.mjpeg\nnoise 5\nt=60..80 absent\n");
    ASSERT_TRUE(script.ok());
    EXPECT_EQ(script->at(std::chrono::seconds(59)).scene, Scene::kPerson);
    EXPECT_EQ(script->at(std::chrono::seconds(60)).scene, Scene::kAbsent);
    EXPECT_EQ(script->at(std::chrono::seconds(80)).scene, Scene::kPerson);
    for (const char* bad : {"", "person", "person a\nt=5 absent", "person a\nt=9..3 absent",
                            "person a\nt=1..2 nonsense", "person a\nfps 0", "person a\nwhat 1"}) {
        EXPECT_FALSE(Script::parse(bad).ok()) << bad;
    }
}

}  // namespace
}  // namespace assay::proctor
