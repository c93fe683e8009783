#include "terminal/proctor/jpeg.h"

#include <gtest/gtest.h>

#include "crypto/base/random.h"
#include "terminal/proctor/file_source.h"
#include "terminal/proctor/frame.h"

namespace assay::proctor {
namespace {

Image ramp(int width, int height) {
    Image image = Image::make(width, height, 3);
    for (std::size_t i = 0; i < image.pixels.size(); ++i) {
        image.pixels[i] = static_cast<std::uint8_t>(i / 7);
    }
    return image;
}

TEST(Jpeg, DecodesAtTheSmallestScaleThatIsWideEnough) {
    const Bytes jpeg = encode_jpeg(ramp(640, 480), 80);
    EXPECT_EQ(decode_jpeg(jpeg, 160, 1)->width, 160);
    EXPECT_EQ(decode_jpeg(jpeg, 161, 1)->width, 240);
    EXPECT_EQ(decode_jpeg(jpeg, 320, 3)->channels, 3);
    EXPECT_EQ(decode_jpeg(jpeg, 5000, 3)->width, 640);
}

TEST(Jpeg, RefusesEveryCutAndWhatIsTooLarge) {
    const Bytes jpeg = encode_jpeg(ramp(160, 120), 80);
    for (std::size_t size = 0; size + 2 < jpeg.size(); size += 13) {
        EXPECT_FALSE(decode_jpeg(ByteView(jpeg).first(size), 160, 3).ok()) << size;
    }
    EXPECT_EQ(decode_jpeg(Bytes(kJpegBytesMax + 1), 160, 3).error().code, Code::kLimit);
    Bytes wide = jpeg;
    // The height stands 5 bytes behind the SOF0 marker, the width 7.
    for (std::size_t i = 0; i + 9 < wide.size(); ++i) {
        if (wide[i] == 0xFF && wide[i + 1] == 0xC0) {
            wide[i + 7] = 0xFF;
            break;
        }
    }
    EXPECT_EQ(decode_jpeg(wide, 160, 3).error().code, Code::kLimit);
}

TEST(Jpeg, SurvivesAnyFlippedByte) {
    const Bytes jpeg = encode_jpeg(ramp(64, 48), 70);
    FakeRandom random(3);
    for (int i = 0; i < 2000; ++i) {
        Bytes damaged = jpeg;
        for (int flips = 0; flips < 3; ++flips) {
            damaged[random.below(damaged.size())] = static_cast<std::uint8_t>(random.below(256));
        }
        const auto image = decode_jpeg(damaged, 32, 3);
        if (image.ok()) {
            EXPECT_LE(image->width, kJpegSideMax);
        }
    }
}

TEST(Image, KeepsProportionsWhenFitting) {
    const Image tall = fit(ramp(480, 848), 320, 240);
    EXPECT_EQ(tall.width, 320);
    EXPECT_EQ(tall.height, 240);
    EXPECT_EQ(tall.row(120)[0], 0);  // a bar
    EXPECT_EQ(fit(ramp(640, 480), 320, 240).pixels, resize(ramp(640, 480), 320, 240).pixels);
}

TEST(Image, MeasuresFlatAndBusyPictures) {
    Image flat = Image::make(160, 120, 1);
    std::fill(flat.pixels.begin(), flat.pixels.end(), std::uint8_t{100});
    EXPECT_DOUBLE_EQ(statistics(flat).mean, 100);
    EXPECT_DOUBLE_EQ(statistics(flat).deviation, 0);
    EXPECT_GT(statistics(to_luma(ramp(160, 120))).laplacian, 1);
    EXPECT_DOUBLE_EQ(difference(flat, flat), 0);
    EXPECT_DOUBLE_EQ(difference(flat, Image::make(160, 120, 1)), 100);
    EXPECT_DOUBLE_EQ(difference(flat, Image::make(80, 60, 1)), 255);
}

TEST(Mjpeg, IsTakenApartAtItsMarkers) {
    const Bytes one = encode_jpeg(ramp(64, 48), 70);
    Bytes stream = to_bytes("junk");
    append(stream, one);
    append(stream, as_bytes("between"));
    append(stream, one);
    append(stream, ByteView(one).first(one.size() / 2));  // torn
    const auto spans = split_mjpeg(stream);
    ASSERT_EQ(spans.size(), 2U);
    EXPECT_EQ(spans[0], (Span{4, one.size()}));
    EXPECT_EQ(spans[1], (Span{4 + one.size() + 7, one.size()}));
    EXPECT_TRUE(split_mjpeg({}).empty());
    EXPECT_TRUE(split_mjpeg(Bytes{0xFF}).empty());
}

}  // namespace
}  // namespace assay::proctor
