// Property: whatever a camera and a detector give, findings begin, rise and end in turn, segments
// are numbered without a gap, a store stays under its cap, and seconds are covered once.
#include <map>

#include <gtest/gtest.h>

#include "crypto/record/segment.h"
#include "terminal/proctor/jpeg.h"
#include "terminal/proctor/watch.h"

namespace assay::proctor {
namespace {

using record::FindingCode;
using record::Phase;

/// Whole, dark, flat, torn and foreign pictures, pauses and losses, in any order.
class RandomSource final : public FrameSource {
  public:
    RandomSource(FakeRandom& random, FakeClock& clock) : random_(random), clock_(clock) {
        for (int i = 0; i < 6; ++i) {
            Image image = Image::make(160, 120, 3);
            random_.fill(image.pixels);
            for (std::uint8_t& pixel : image.pixels) {
                pixel = static_cast<std::uint8_t>(i == 0 ? 3 : pixel * i / 5);
            }
            pictures_.push_back(encode_jpeg(image, 60));
        }
    }
    Result<std::optional<Frame>> next(milliseconds wait) override {
        clock_.advance(milliseconds(1 + static_cast<int>(random_.below(120))));
        if (stays_-- <= 0) {
            stays_ = static_cast<int>(random_.below(60));
            mood_ = static_cast<int>(random_.below(9));
        }
        switch (mood_) {
            case 0:
                clock_.advance(wait);
                return std::optional<Frame>();
            case 1:
                return random_.below(30) == 0
                           ? fail(Code::kUnavailable, "proctor.camera.gone"_id,
                                  {{"device", "x"}, {"cause", "y"}})
                           : fail(Code::kInvalid, "proctor.frame.size"_id, {{"bytes", "1"}});
            case 2: {
                Bytes torn = any();
                torn.resize(random_.below(torn.size()));
                return frame(PixelFormat::kJpeg, std::move(torn));
            }
            case 3:
                return frame(PixelFormat::kYuyv, Bytes(160 * 120 * 2, 90));
            case 4:
                return frame(PixelFormat::kYuyv, Bytes(random_.below(5000), 90));
            case 5:
                return frame(PixelFormat::kJpeg, pictures_[1]);
            default:
                return frame(PixelFormat::kJpeg, any());
        }
    }
    std::string identity() const override { return mood_ == 7 ? "other" : "one"; }

  private:
    Bytes any() { return pictures_[random_.below(pictures_.size())]; }
    std::optional<Frame> frame(PixelFormat format, Bytes data) {
        return Frame{format, 160, 120, std::move(data), clock_.steady()};
    }
    FakeRandom& random_;
    FakeClock& clock_;
    std::vector<Bytes> pictures_;
    int stays_ = 0;
    int mood_ = 6;
};

class RandomDetector final : public FaceDetector {
  public:
    explicit RandomDetector(FakeRandom& random) : random_(random) {}
    std::vector<Face> detect(const Image& /*image*/) override {
        std::vector<Face> faces(random_.below(4) % 3);
        for (Face& face : faces) {
            face = {part(), part(), 0.05 + part() / 3, 0.1 + part() / 3, 0.5 + part() / 2, {}};
            for (Point& point : face.points) {
                point = {part(), part()};
            }
        }
        return faces;
    }

  private:
    double part() { return static_cast<double>(random_.below(1000)) / 1000; }
    FakeRandom& random_;
};

class AnyEmbedder final : public FaceEmbedder {
  public:
    explicit AnyEmbedder(FakeRandom& random) : random_(random) {}
    Embedding embed(const Image& /*image*/, const Face& /*face*/) override {
        return random_.below(2) == 0 ? Embedding{1, 0} : Embedding{0, 1};
    }

  private:
    FakeRandom& random_;
};

/// Watches what is sent.
class Ledger {
  public:
    explicit Ledger(std::uint64_t used) : used_(used) {}
    void take(const record::ProctorMessage& message) {
        if (const auto* finding = std::get_if<record::ProctorFinding>(&message)) {
            const bool begins = finding->phase == Phase::kBegin;
            EXPECT_EQ(open_.contains(finding->code), !begins);
            EXPECT_TRUE(!begins || finding->number > last_number_);
            EXPECT_LE(finding->onset.steady, finding->at.steady);
            last_number_ = std::max(last_number_, finding->number);
            if (finding->phase == Phase::kEnd) {
                open_.erase(finding->code);
            } else {
                open_[finding->code] = finding->number;
            }
        } else if (const auto* segment = std::get_if<record::ProctorSegment>(&message)) {
            EXPECT_EQ(segment->number, ++segments_);
            EXPECT_LE(segment->to.steady - segment->from.steady, record::kSegmentLengthMax);
            EXPECT_TRUE(record::read_segment(segment->sealed).ok());
            used_ += segment->sealed.size();
        } else if (const auto* gap = std::get_if<record::ProctorGap>(&message)) {
            EXPECT_NE(gap_, gap->phase == Phase::kBegin);
            gap_ = gap->phase == Phase::kBegin;
        } else if (const auto* health = std::get_if<record::ProctorHealth>(&message)) {
            EXPECT_GE(health->covered_seconds, covered_);
            covered_ = health->covered_seconds;
        }
    }
    std::size_t open() const { return open_.size(); }
    bool in_gap() const { return gap_; }
    std::uint64_t used() const { return used_; }
    std::uint64_t covered() const { return covered_; }

  private:
    std::map<FindingCode, std::uint64_t> open_;
    std::uint64_t last_number_ = 0;
    std::uint64_t segments_ = 0;
    std::uint64_t used_;
    std::uint64_t covered_ = 0;
    bool gap_ = false;
};

TEST(Watch, KeepsItsPromisesWhateverTheCameraGives) {
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        SCOPED_TRACE(seed);
        FakeRandom random(seed);
        FakeClock clock;
        RandomDetector detector(random);
        AnyEmbedder embedder(random);
        record::ProctorPolicy policy;
        policy.camera = record::CameraPolicy::kRequired;
        policy.identity = seed % 2 == 0;
        policy.evidence_bytes_max = 2U << 20U;
        Ledger ledger(0);
        const SteadyTime start = clock.steady();
        Watch watch(
            policy, {},
            {clock,
             [&]() -> Result<std::unique_ptr<FrameSource>> {
                 return std::unique_ptr<FrameSource>(std::make_unique<RandomSource>(random, clock));
             },
             {&detector, &embedder},
             [](ByteView plain) { return to_bytes(plain); },
             [&] { return Usage{std::chrono::milliseconds(random.below(100000)), 1000}; },
             [&](const record::ProctorMessage& message) { ledger.take(message); }});
        watch.start();
        while (clock.steady() - start < std::chrono::minutes(4)) {
            watch.tick(milliseconds(100));
            clock.advance(milliseconds(5));  // without a source nothing else moves it
        }
        watch.finish();
        EXPECT_EQ(ledger.open(), 0U);
        EXPECT_FALSE(ledger.in_gap());
        EXPECT_LE(ledger.used(), policy.evidence_bytes_max);
        EXPECT_LE(ledger.covered(),
                  static_cast<std::uint64_t>((clock.steady() - start).count() / 1000 + 1));
    }
}

}  // namespace
}  // namespace assay::proctor
