#include "terminal/proctor/drawing.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace assay::proctor {
namespace {

constexpr double kDegrees = 3.14159265358979 / 180;
// A head in distances of the eyes.
constexpr double kHeadWide = 1.25;
constexpr double kHeadHigh = 1.8;
constexpr double kHeadDeep = 1.0;
constexpr double kNoseLength = 0.45;
constexpr double kHeadMiddle = 0.35;  ///< below the eyes
constexpr double kNoseBeforeEyes = 0.54;
// What moves along when it turns, and where that fades out.
constexpr double kTurnWide = 1.7;
constexpr double kTurnHigh = 2.3;
constexpr double kTurnEdge = 0.22;
constexpr double kTurnStep = 0.5;  ///< pixels of the head
// A person, painted over.
constexpr double kBodyFrom = 1.5;  ///< below the eyes
constexpr double kHeadHalf = 2.0;
constexpr double kBodyHalf = 4.9;

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

/// Middle and unit of a head in pixels.
struct Head {
    double x, y, d;
};
/// A point of the head after a turn: across, and towards us.
struct Turned {
    double across, near;
};
Turned turned(double along, double other, bool side, double degrees) {
    const double u = side ? along : other;
    const double v = side ? other : along;
    const double s = std::sin(degrees * kDegrees);
    const double c = std::cos(degrees * kDegrees);
    // Hair and neck give way less and less, and the picture around stays.
    const double edge = std::hypot(u / kTurnWide, v / kTurnHigh);
    const double part = std::clamp((1 - edge) / kTurnEdge, 0.0, 1.0);
    const double z = depth(u, v);
    return {along + part * (along * (c - 1) + z * s), part * (z * c - along * s)};
}

/// One row or column of the head, drawn point by point; the nearer one hides the other.
template <typename From, typename To>
void turn_line(double other, double reach, bool side, const Head& head, double degrees, From from,
               To to) {
    const int most = static_cast<int>(reach * head.d);
    const auto half = static_cast<std::ptrdiff_t>(most);
    std::vector<double> nearest(static_cast<std::size_t>(2 * half + 1), -1e9);
    const int steps = static_cast<int>(2 * reach * head.d / kTurnStep);
    Turned last = turned(-reach, other, side, degrees);
    double last_along = -reach;
    for (int step = 0; step <= steps; ++step) {
        const double along = -reach + step * kTurnStep / head.d;
        const Turned now = turned(along, other, side, degrees);
        const int first = static_cast<int>(std::ceil(std::min(last.across, now.across) * head.d));
        const int end = static_cast<int>(std::floor(std::max(last.across, now.across) * head.d));
        for (int at = std::max(first, -most); at <= std::min(end, most); ++at) {
            const double wide = (now.across - last.across) * head.d;
            const double part = wide == 0 ? 0 : (at - last.across * head.d) / wide;
            double& hidden = nearest[static_cast<std::size_t>(at + half)];
            const double near = last.near + (now.near - last.near) * part;
            if (near > hidden) {
                hidden = near;
                to(at, from(last_along + (along - last_along) * part));
            }
        }
        last = now;
        last_along = along;
    }
}

using Pixel = std::array<std::uint8_t, 3>;

void put(Image& image, double x, double y, const Pixel& pixel) {
    const auto px = static_cast<int>(std::lround(x));
    const auto py = static_cast<int>(std::lround(y));
    if (px >= 0 && py >= 0 && px < image.width && py < image.height) {
        std::copy(pixel.begin(), pixel.end(), image.at(px, py));
    }
}

Pixel pixel_of(const Image& image, double x, double y) {
    Pixel out{};
    copy_between(image, x, y, out.data());
    return out;
}

void turn_rows(Image& image, const Head& head, double degrees) {
    const Image from = image;
    const int high = static_cast<int>(kTurnHigh * head.d);
    for (int row = -high; degrees != 0 && row <= high; ++row) {
        turn_line(
            row / head.d, kTurnWide, true, head, degrees,
            [&](double u) { return pixel_of(from, head.x + u * head.d, head.y + row); },
            [&](int at, const Pixel& pixel) { put(image, head.x + at, head.y + row, pixel); });
    }
}

void turn_columns(Image& image, const Head& head, double degrees) {
    const Image from = image;
    const int wide = static_cast<int>(kTurnWide * head.d);
    for (int column = -wide; degrees != 0 && column <= wide; ++column) {
        turn_line(
            column / head.d, kTurnHigh, false, head, degrees,
            [&](double v) { return pixel_of(from, head.x + column, head.y + v * head.d); },
            [&](int at, const Pixel& pixel) { put(image, head.x + column, head.y + at, pixel); });
    }
}

/// Mean of a few pixels of a row, where a person ends.
double wall_at(const Image& image, int x, int y, int channel) {
    const int first = std::clamp(x - 3, 0, image.width - 7);
    double sum = 0;
    for (int i = 0; i < 7; ++i) {
        sum += image.row(y)[3 * (first + i) + channel];
    }
    return sum / 7;
}

}  // namespace

FacePlace place_of(const std::array<Point, 5>& p, int width, int height) {
    FacePlace out;
    out.x = (p[0].x + p[1].x) / 2 * width;
    out.y = (p[0].y + p[1].y) / 2 * height;
    out.eyes = std::hypot((p[1].x - p[0].x) * width, (p[1].y - p[0].y) * height);
    out.mouth_y = (p[3].y + p[4].y) / 2 * height;
    const double yaw = yaw_of({0, 0, 0, 0, 0, p}, static_cast<double>(width) / height);
    out.turn = std::atan(yaw / kNoseBeforeEyes) / kDegrees;
    return out;
}

FacePlace Cut::map(const FacePlace& face) const {
    return {(face.x - left) * scale, (face.y - top) * scale, face.eyes * scale,
            (face.mouth_y - top) * scale, face.turn};
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
    const Head head{face.x, face.y + kHeadMiddle * face.eyes, face.eyes};
    turn_rows(image, head, sideways);
    turn_columns(image, head, -up);
}

void paint_over_person(Image& image, const FacePlace& face) {
    const double d = face.eyes;
    const Image from = image;
    for (int y = std::max(0, static_cast<int>(face.y - 2.2 * d)); y < image.height; ++y) {
        const double wide = (y < face.y + kBodyFrom * d ? kHeadHalf : kBodyHalf) * d;
        const int left = std::max(1, static_cast<int>(face.x - wide));
        const int right = std::min(image.width - 2, static_cast<int>(face.x + wide));
        for (int x = left; x < right; ++x) {
            const double part = static_cast<double>(x - left) / (right - left);
            for (int c = 0; c < 3; ++c) {
                const double l = wall_at(from, left, y, c);
                const double r = wall_at(from, right, y, c);
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

void lighten_to(Image& image, double mean) {
    const double now = statistics(to_luma(image)).mean;
    lighten(image, now > 0 ? mean / now : 1);
}

}  // namespace assay::proctor
