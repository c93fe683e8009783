#pragma once

#include <cstdint>

#include "crypto/base/bytes.h"

namespace assay::proctor {

/// Rows without padding, 1 (luma) or 3 (blue, green, red) bytes a pixel.
struct Image {
    int width = 0;
    int height = 0;
    int channels = 1;
    Bytes pixels;

    /// Black.
    static Image make(int width, int height, int channels);
    std::size_t row_bytes() const {
        return static_cast<std::size_t>(width) * static_cast<std::size_t>(channels);
    }
    const std::uint8_t* row(int y) const {
        return pixels.data() + static_cast<std::size_t>(y) * row_bytes();
    }
    std::uint8_t* row(int y) { return pixels.data() + static_cast<std::size_t>(y) * row_bytes(); }
    /// The first byte of a pixel.
    std::uint8_t* at(int x, int y) {
        return row(y) + static_cast<std::size_t>(x) * static_cast<std::size_t>(channels);
    }
    bool empty() const { return pixels.empty(); }
};

/// The mean of each target pixel's source pixels when smaller, the nearest one when larger.
Image resize(const Image& image, int width, int height);
/// Scaled to fit, with black bars, so that the proportions stay.
Image fit(const Image& image, int width, int height);
/// The part of the image that begins there, at most so large, at least a pixel.
Image cut_out(const Image& image, int left, int top, int width, int height);
/// 1 channel, by the usual weights.
Image to_luma(const Image& image);
/// YUYV (two pixels in four bytes) of exactly width * height * 2 bytes, at most `width_want` wide:
/// every n-th pixel. `channels` 1 or 3.
Image from_yuyv(ByteView data, int width, int height, int width_want, int channels);

/// What the picture looks like as a whole, of a luma image.
struct PictureStatistics {
    double mean = 0;
    double deviation = 0;
    double laplacian = 0;  ///< variance of the Laplacian: fine detail
};
PictureStatistics statistics(const Image& luma);

/// How alike two luma images of one size are whatever their light, -1 to 1; 0 where one is flat.
double correlation(const Image& a, const Image& b);
/// Mean absolute difference of two luma images of one size; 255 where the sizes differ.
double difference(const Image& a, const Image& b);

}  // namespace assay::proctor
