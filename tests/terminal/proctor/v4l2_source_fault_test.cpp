#include "terminal/proctor/v4l2_source.h"

#include <cerrno>

#include <gtest/gtest.h>
#include <linux/videodev2.h>

#include "terminal/proctor/fake_camera.h"
#include "terminal/proctor/jpeg.h"

namespace assay::proctor {
namespace {

using std::chrono::milliseconds;

class V4l2Fault : public ::testing::Test {
  protected:
    V4l2Fault() { camera_.formats = {V4L2_PIX_FMT_MJPEG}; }
    Result<std::unique_ptr<V4l2Source>> open(const std::string& serial = "S1") {
        return V4l2Source::open(camera_, clock_, "/dev/video0", serial);
    }
    static Bytes picture(std::uint8_t shade) {
        Image image = Image::make(64, 48, 1);
        std::fill(image.pixels.begin(), image.pixels.end(), shade);
        return encode_jpeg(image, 80);
    }

    FakeClock clock_;
    FakeCamera camera_{clock_};
};

TEST_F(V4l2Fault, GivesTheNewestFrameAndDropsOlderOnes) {
    auto source = open();
    ASSERT_TRUE(source.ok()) << to_string(source.error());
    camera_.give(picture(10));
    camera_.give(picture(20));
    camera_.give(picture(30));
    const auto frame = (*source)->next(milliseconds(100));
    ASSERT_TRUE(frame.ok() && frame->has_value());
    EXPECT_EQ((*frame)->data, picture(30));
    EXPECT_FALSE((*source)->next(milliseconds(100))->has_value());  // a stall is no error
}

TEST_F(V4l2Fault, FallsBackToYuyv) {
    camera_.formats = {V4L2_PIX_FMT_YUYV};
    auto source = open();
    ASSERT_TRUE(source.ok());
    camera_.give(Bytes(640 * 480 * 2, 128));
    const auto frame = (*source)->next(milliseconds(100));
    ASSERT_TRUE(frame.ok() && frame->has_value());
    EXPECT_EQ((*frame)->format, PixelFormat::kYuyv);
    EXPECT_TRUE(to_image(**frame, 160, 3).ok());
    camera_.give(Bytes(1000, 128));  // short
    EXPECT_EQ((*source)->next(milliseconds(100)).error().code, Code::kInvalid);
}

TEST_F(V4l2Fault, RefusesWhatIsNoCameraOrHasNoKnownFormat) {
    camera_.is_capture = false;
    EXPECT_EQ(open().error().code, Code::kInvalid);
    camera_.is_capture = true;
    camera_.formats = {V4L2_PIX_FMT_H264};
    EXPECT_EQ(open().error().code, Code::kInvalid);
    camera_.open_error = ENOENT;
    EXPECT_EQ(open().error().code, Code::kNotFound);
    EXPECT_EQ(camera_.open_devices(), 0);
    EXPECT_EQ(camera_.mapped(), 0U);
}

TEST_F(V4l2Fault, IsGoneAfterAnErrorOfTheDeviceAndReleasesAll) {
    for (const int error : {EIO, ENODEV}) {
        auto source = open();
        ASSERT_TRUE(source.ok());
        camera_.give(picture(1));
        camera_.fail_next[VIDIOC_DQBUF] = error;
        EXPECT_EQ((*source)->next(milliseconds(10)).error().code, Code::kUnavailable);
        source->reset();
        EXPECT_EQ(camera_.open_devices(), 0);
        EXPECT_EQ(camera_.mapped(), 0U);
    }
    for (const unsigned long step :
         {VIDIOC_REQBUFS, VIDIOC_QUERYBUF, VIDIOC_QBUF, VIDIOC_STREAMON}) {
        camera_.fail_next[step] = EIO;
        EXPECT_EQ(open().error().code, Code::kUnavailable);
        EXPECT_EQ(camera_.open_devices(), 0);
    }
}

TEST_F(V4l2Fault, DropsDamagedFramesAndGoesOn) {
    auto source = open();
    ASSERT_TRUE(source.ok());
    const auto code_of_next = [&] {
        camera_.give(picture(5));
        const auto frame = (*source)->next(milliseconds(10));
        return frame.ok() ? Code::kUsage : frame.error().code;
    };
    camera_.error_flag = true;
    EXPECT_EQ(code_of_next(), Code::kInvalid);
    camera_.error_flag = false;
    camera_.bytes_used_override = 100U << 20U;  // more than the buffer holds
    EXPECT_EQ(code_of_next(), Code::kInvalid);
    camera_.bytes_used_override = 0;
    camera_.stamp_us = 5000000;
    EXPECT_EQ(code_of_next(), Code::kUsage);  // good
    camera_.stamp_us = 1000;                  // time goes back
    EXPECT_EQ(code_of_next(), Code::kInvalid);
    EXPECT_EQ(code_of_next(), Code::kUsage);
}

TEST_F(V4l2Fault, DoesNotTrustTheIndexOfABuffer) {
    auto source = open();
    ASSERT_TRUE(source.ok());
    camera_.index_override = 1000;
    camera_.give(picture(5));
    EXPECT_EQ((*source)->next(milliseconds(10)).error().code, Code::kUnavailable);
}

TEST_F(V4l2Fault, TellsAReplugWithAnotherSerial) {
    const std::string first = (*open("S1"))->identity();
    EXPECT_EQ((*open("S1"))->identity(), first);
    EXPECT_NE((*open("S2"))->identity(), first);
    camera_.card = "Other Camera";
    EXPECT_NE((*open("S1"))->identity(), first);
}

}  // namespace
}  // namespace assay::proctor
