#include "terminal/proctor/image.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "crypto/base/check.h"

namespace assay::proctor {
namespace {

/// Mean of the source pixels [x0, x1) x [y0, y1), one channel.
std::uint8_t mean_of(const Image& image, int x0, int x1, int y0, int y1, int channel) {
    unsigned sum = 0;
    for (int y = y0; y < y1; ++y) {
        const std::uint8_t* row = image.row(y);
        for (int x = x0; x < x1; ++x) {
            sum += row[x * image.channels + channel];
        }
    }
    const auto count = static_cast<unsigned>((x1 - x0) * (y1 - y0));
    return static_cast<std::uint8_t>(sum / count);
}

std::uint8_t clamp_byte(int value) { return static_cast<std::uint8_t>(std::clamp(value, 0, 255)); }

/// BT.601, studio swing, in 8-bit fixed point.
void yuv_to_bgr(int y, int u, int v, std::uint8_t* out) {
    const int c = 298 * (y - 16);
    out[0] = clamp_byte((c + 516 * (u - 128) + 128) / 256);
    out[1] = clamp_byte((c - 100 * (u - 128) - 208 * (v - 128) + 128) / 256);
    out[2] = clamp_byte((c + 409 * (v - 128) + 128) / 256);
}

}  // namespace

Image Image::make(int width, int height, int channels) {
    ASSAY_CHECK(width > 0 && height > 0 && (channels == 1 || channels == 3));
    Image image{width, height, channels, {}};
    image.pixels.resize(image.row_bytes() * static_cast<std::size_t>(height));
    return image;
}

Image resize(const Image& image, int width, int height) {
    if (image.width == width && image.height == height) {
        return image;
    }
    Image out = Image::make(width, height, image.channels);
    for (int y = 0; y < height; ++y) {
        const int y0 = y * image.height / height;
        const int y1 = std::max(y0 + 1, (y + 1) * image.height / height);
        for (int x = 0; x < width; ++x) {
            const int x0 = x * image.width / width;
            const int x1 = std::max(x0 + 1, (x + 1) * image.width / width);
            for (int c = 0; c < image.channels; ++c) {
                out.row(y)[x * image.channels + c] = mean_of(image, x0, x1, y0, y1, c);
            }
        }
    }
    return out;
}

Image fit(const Image& image, int width, int height) {
    const double scale = std::min(static_cast<double>(width) / image.width,
                                  static_cast<double>(height) / image.height);
    const int w = std::clamp(static_cast<int>(std::lround(image.width * scale)), 1, width);
    const int h = std::clamp(static_cast<int>(std::lround(image.height * scale)), 1, height);
    Image inner = resize(image, w, h);
    if (w == width && h == height) {
        return inner;
    }
    Image out = Image::make(width, height, image.channels);
    const int left = (width - w) / 2;
    const int top = (height - h) / 2;
    for (int y = 0; y < h; ++y) {
        std::copy_n(inner.row(y), inner.row_bytes(), out.at(left, top + y));
    }
    return out;
}

Image cut_out(const Image& image, int left, int top, int width, int height) {
    const int x = std::clamp(left, 0, image.width - 1);
    const int y = std::clamp(top, 0, image.height - 1);
    Image out = Image::make(std::clamp(left + width - x, 1, image.width - x),
                            std::clamp(top + height - y, 1, image.height - y), image.channels);
    for (int row = 0; row < out.height; ++row) {
        std::copy_n(image.row(y + row) + std::ptrdiff_t{x} * image.channels, out.row_bytes(),
                    out.row(row));
    }
    return out;
}

Image to_luma(const Image& image) {
    if (image.channels == 1) {
        return image;
    }
    Image out = Image::make(image.width, image.height, 1);
    for (std::size_t i = 0; i < out.pixels.size(); ++i) {
        const std::uint8_t* p = image.pixels.data() + 3 * i;
        out.pixels[i] = static_cast<std::uint8_t>((29 * p[0] + 150 * p[1] + 77 * p[2]) / 256);
    }
    return out;
}

Image from_yuyv(ByteView data, int width, int height, int width_want, int channels) {
    ASSAY_CHECK(width > 0 && height > 0 && width_want > 0 && width % 2 == 0);
    ASSAY_CHECK(data.size() ==
                static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 2);
    const int step = std::max(1, width / width_want);
    Image out = Image::make(width / step, std::max(1, height / step), channels);
    for (int y = 0; y < out.height; ++y) {
        const std::uint8_t* row =
            data.data() + static_cast<std::size_t>(y * step) * static_cast<std::size_t>(width) * 2;
        for (int x = 0; x < out.width; ++x) {
            const int from = x * step;
            const std::uint8_t* pair = row + std::ptrdiff_t{from / 2} * 4;
            const int luma = pair[from % 2 == 0 ? 0 : 2];
            if (channels == 1) {
                out.row(y)[x] = static_cast<std::uint8_t>(luma);
            } else {
                yuv_to_bgr(luma, pair[1], pair[3], out.at(x, y));
            }
        }
    }
    return out;
}

PictureStatistics statistics(const Image& luma) {
    ASSAY_CHECK(luma.channels == 1 && !luma.empty());
    double sum = 0;
    double squares = 0;
    for (const std::uint8_t p : luma.pixels) {
        sum += p;
        squares += static_cast<double>(p) * p;
    }
    const auto count = static_cast<double>(luma.pixels.size());
    PictureStatistics out;
    out.mean = sum / count;
    out.deviation = std::sqrt(std::max(0.0, squares / count - out.mean * out.mean));
    double edge_sum = 0;
    double edge_squares = 0;
    double edges = 0;
    for (int y = 1; y + 1 < luma.height; ++y) {
        for (int x = 1; x + 1 < luma.width; ++x) {
            const int value = 4 * luma.row(y)[x] - luma.row(y)[x - 1] - luma.row(y)[x + 1] -
                              luma.row(y - 1)[x] - luma.row(y + 1)[x];
            edge_sum += value;
            edge_squares += static_cast<double>(value) * value;
            edges += 1;
        }
    }
    if (edges > 0) {
        const double mean = edge_sum / edges;
        out.laplacian = edge_squares / edges - mean * mean;
    }
    return out;
}

double correlation(const Image& a, const Image& b) {
    ASSAY_CHECK(a.pixels.size() == b.pixels.size() && a.channels == 1 && !a.empty());
    const double mean_a = statistics(a).mean;
    const double mean_b = statistics(b).mean;
    double both = 0;
    double square_a = 0;
    double square_b = 0;
    for (std::size_t i = 0; i < a.pixels.size(); ++i) {
        const double da = a.pixels[i] - mean_a;
        const double db = b.pixels[i] - mean_b;
        both += da * db;
        square_a += da * da;
        square_b += db * db;
    }
    return square_a > 0 && square_b > 0 ? both / std::sqrt(square_a * square_b) : 0;
}

double difference(const Image& a, const Image& b) {
    if (a.width != b.width || a.height != b.height || a.channels != b.channels || a.empty()) {
        return 255;
    }
    double sum = 0;
    for (std::size_t i = 0; i < a.pixels.size(); ++i) {
        sum += std::abs(a.pixels[i] - b.pixels[i]);
    }
    return sum / static_cast<double>(a.pixels.size());
}

}  // namespace assay::proctor
