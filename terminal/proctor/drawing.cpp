#include "terminal/proctor/drawing.h"

#include <algorithm>
#include <cmath>

namespace assay::proctor {
namespace {

constexpr double kDegrees = 3.14159265358979 / 180;
// A head in distances of the eyes.
constexpr double kHeadWide = 1.25;
constexpr double kHeadHigh = 1.8;
constexpr double kHeadDeep = 1.0;
constexpr double kNoseLength = 0.45;

std::uint8_t byte_of(double value) {
    return static_cast<std::uint8_t>(std::clamp(value, 0.0, 255.0));
}

double depth(double u, double v) {
    const double ball = 1 - u * u / (kHeadWide * kHeadWide) - v * v / (kHeadHigh * kHeadHigh);
    const double nose = std::exp(-u * u / 0.065 - (v - 0.2) * (v - 0.2) / 0.18);
    return ball <= 0 ? 0 : kHeadDeep * std::sqrt(ball) + kNoseLength * nose;
}

void copy_between(const Image& from, double x, double y, std::uint8_t* out) {
    x = std::clamp(x, 0.0, from.width - 1.001);
    y = std::clamp(y, 0.0, from.height - 1.001);
    const int x0 = static_cast<int>(x);
    const int y0 = static_cast<int>(y);
    const double fx = x - x0;
    const double fy = y - y0;
    const std::uint8_t* a = from.row(y0) + std::ptrdiff_t{3} * x0;
    const std::uint8_t* b = from.row(y0 + 1) + std::ptrdiff_t{3} * x0;
    for (int c = 0; c < 3; ++c) {
        const double top = a[c] * (1 - fx) + a[c + 3] * fx;
        const double bottom = b[c] * (1 - fx) + b[c + 3] * fx;
        out[c] = static_cast<std::uint8_t>(top * (1 - fy) + bottom * fy);
    }
}

/// Rows and columns of a part of the image, cut to it.
struct Part {
    int left, right, top, bottom;
};
Part part_of(const Image& image, double x, double y, double wide, double high) {
    return {std::max(0, static_cast<int>(x - wide)),
            std::min(image.width, static_cast<int>(x + wide) + 1),
            std::max(0, static_cast<int>(y - high)),
            std::min(image.height, static_cast<int>(y + high) + 1)};
}

}  // namespace

FacePlace place_of(const std::array<Point, 5>& p, int width, int height) {
    FacePlace out;
    out.x = (p[0].x + p[1].x) / 2 * width;
    out.y = (p[0].y + p[1].y) / 2 * height;
    out.eyes = std::hypot((p[1].x - p[0].x) * width, (p[1].y - p[0].y) * height);
    out.mouth_y = (p[3].y + p[4].y) / 2 * height;
    return out;
}

FacePlace Cut::map(const FacePlace& face) const {
    return {(face.x - left) * scale, (face.y - top) * scale, face.eyes * scale,
            (face.mouth_y - top) * scale};
}

Cut cut_around(const FacePlace& face, int width, int height, int zoom) {
    const double scale = zoom / 100.0;
    const double y = face.y + 1.5 * face.eyes;
    return {std::clamp(face.x - width / scale / 2, 0.0, width * (1 - 1 / scale)),
            std::clamp(y - height / scale / 2, 0.0, height * (1 - 1 / scale)), scale};
}

Image zoomed(const Image& image, const Cut& cut) {
    Image out = Image::make(image.width, image.height, 3);
    for (int y = 0; y < out.height; ++y) {
        for (int x = 0; x < out.width; ++x) {
            copy_between(image, cut.left + x / cut.scale, cut.top + y / cut.scale, out.at(x, y));
        }
    }
    return out;
}

void turn_head(Image& image, const FacePlace& face, double sideways, double up) {
    const double d = face.eyes;
    const double cx = face.x;
    const double cy = face.y + 0.35 * d;
    const Image from = image;
    const double s = std::sin(sideways * kDegrees);
    const double c = std::cos(sideways * kDegrees);
    const double s_up = std::sin(-up * kDegrees);
    const double c_up = std::cos(-up * kDegrees);
    const Part part = part_of(image, cx, cy, 1.6 * d, 2.1 * d);
    for (int y = part.top; y < part.bottom; ++y) {
        for (int x = part.left; x < part.right; ++x) {
            const double u1 = (x - cx) / d;
            const double v1 = (y - cy) / d;
            if (u1 * u1 / 2.56 + v1 * v1 / 4.41 >= 1) {
                continue;
            }
            double u = u1;
            double v = v1;
            for (int round = 0; round < 6; ++round) {
                const double z = depth(u, v);
                u = 0.5 * u + 0.5 * (u1 - z * s) / c;
                v = 0.5 * v + 0.5 * (v1 - z * s_up) / c_up;
            }
            copy_between(from, cx + u * d, cy + v * d, image.at(x, y));
        }
    }
}

void paint_over_person(Image& image, const FacePlace& face) {
    const double d = face.eyes;
    const Image from = image;
    for (int y = std::max(0, static_cast<int>(face.y - 2.2 * d)); y < image.height; ++y) {
        const double wide = y < face.y + 1.8 * d ? 2.0 * d : 4.2 * d;
        const int left = std::max(1, static_cast<int>(face.x - wide));
        const int right = std::min(image.width - 2, static_cast<int>(face.x + wide));
        for (int x = left; x < right; ++x) {
            const double part = static_cast<double>(x - left) / (right - left);
            for (int c = 0; c < 3; ++c) {
                const double l = from.row(y)[3 * (left - 1) + c];
                const double r = from.row(y)[3 * (right + 1) + c];
                image.at(x, y)[c] = byte_of(l * (1 - part) + r * part);
            }
        }
    }
}

void paste_head(Image& image, const Image& from, const FacePlace& face, double x, double y,
                double scale) {
    const double d = face.eyes * scale;
    const Part part = part_of(image, x, y + 0.6 * d, 2.0 * d, 2.8 * d);
    for (int py = part.top; py < part.bottom; ++py) {
        for (int px = part.left; px < part.right; ++px) {
            const double u = (px - x) / (1.75 * d);
            const double v = (py - y - 0.6 * d) / (2.5 * d);
            const double part_of_edge = u * u + v * v;
            if (part_of_edge >= 1) {
                continue;
            }
            std::array<std::uint8_t, 3> pixel{};
            copy_between(from, face.x + (px - x) / scale, face.y + (py - y) / scale, pixel.data());
            const double weight = std::min(1.0, 6 * (1 - part_of_edge));
            for (std::size_t c = 0; c < 3; ++c) {
                std::uint8_t& out = image.at(px, py)[c];
                out = byte_of(pixel[c] * weight + out * (1 - weight));
            }
        }
    }
}

void draw_blob(Image& image, const Blob& blob) {
    const Part part = part_of(image, blob.x, blob.y, blob.wide, blob.high);
    for (int y = part.top; y < part.bottom; ++y) {
        for (int x = part.left; x < part.right; ++x) {
            const double u = (x - blob.x) / blob.wide;
            const double v = (y - blob.y) / blob.high;
            const double inside = 1 - u * u - v * v;
            if (inside <= 0) {
                continue;
            }
            const double weight = std::min(1.0, 5 * inside);
            const double shade = 0.8 + 0.25 * inside;
            for (std::size_t c = 0; c < 3; ++c) {
                std::uint8_t& out = image.at(x, y)[c];
                out = byte_of(blob.colour[c] * shade * weight + out * (1 - weight));
            }
        }
    }
}

Image shifted(const Image& image, int right, int down) {
    Image out = Image::make(image.width, image.height, 3);
    for (int y = 0; y < out.height; ++y) {
        const int from_y = std::clamp(y - down, 0, image.height - 1);
        for (int x = 0; x < out.width; ++x) {
            const int from_x = std::clamp(x - right, 0, image.width - 1);
            std::copy_n(image.row(from_y) + std::ptrdiff_t{3} * from_x, 3, out.at(x, y));
        }
    }
    return out;
}

void lighten(Image& image, double gain) {
    std::array<std::uint8_t, 256> table{};
    for (std::size_t i = 0; i < table.size(); ++i) {
        table[i] = byte_of(static_cast<double>(i) * gain);
    }
    for (std::uint8_t& pixel : image.pixels) {
        pixel = table[pixel];
    }
}

}  // namespace assay::proctor
