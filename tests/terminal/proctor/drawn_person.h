#pragma once

#include <algorithm>
#include <cmath>

#include "crypto/base/random.h"
#include "terminal/proctor/image.h"

// A person who does not exist, drawn with gradients: the demo's and the tests' camera picture. No
// photo, no model of anybody. YuNet takes it for a face (the conformance test says how surely).
namespace assay::test {

using proctor::Image;

struct Colour {
    double blue = 0;
    double green = 0;
    double red = 0;
};

/// Where the person is and what they do just now.
struct Pose {
    double x = 320;  ///< middle of the face
    double y = 225;
    double size = 92;  ///< half the width of the face
    double turn = 0;   ///< -1 to 1: looks left or right
    double blink = 0;  ///< 0 open, 1 shut
    double mouth = 0;  ///< 0 shut, 1 open
};

inline void mix(Image& image, int x, int y, const Colour& colour, double part) {
    std::uint8_t* pixel = image.row(y) + 3 * x;
    const double wanted[3] = {colour.blue, colour.green, colour.red};
    for (int c = 0; c < 3; ++c) {
        const double value = pixel[c] + (wanted[c] - pixel[c]) * std::clamp(part, 0.0, 1.0);
        pixel[c] = static_cast<std::uint8_t>(std::clamp(value, 0.0, 255.0));
    }
}

/// A soft ellipse; `soft` is the part of the radius over which it fades out.
inline void blob(Image& image, double cx, double cy, double rx, double ry, const Colour& colour,
                 double soft, double strength = 1) {
    const double reach = 1 + soft / 2;
    const int x1 = std::min(image.width - 1, static_cast<int>(cx + rx * reach + 1));
    const int y1 = std::min(image.height - 1, static_cast<int>(cy + ry * reach + 1));
    for (int y = std::max(0, static_cast<int>(cy - ry * reach)); y <= y1; ++y) {
        for (int x = std::max(0, static_cast<int>(cx - rx * reach)); x <= x1; ++x) {
            const double r = std::hypot((x - cx) / rx, (y - cy) / ry);
            mix(image, x, y, colour, strength * std::clamp((1 - r) / soft + 0.5, 0.0, 1.0));
        }
    }
}

inline void draw_room(Image& image) {
    for (int y = 0; y < image.height; ++y) {
        for (int x = 0; x < image.width; ++x) {
            const double light = 150 + 40.0 * x / image.width - 30.0 * y / image.height;
            const bool shelf = y > 60 && y < 180 && x > 470 && (y % 40 < 5 || x % 34 < 3);
            mix(image, x, y, {light * 0.92, light * 0.97, light}, shelf ? 0.55 : 1);
        }
    }
}

inline void draw_eye(Image& image, double x, double y, double s, const Pose& pose) {
    const double open = 1 - pose.blink;
    blob(image, x, y - s * 0.02, s * 0.27, s * 0.17, {95, 120, 165}, 0.8, 0.75);  // socket
    blob(image, x, y, s * 0.19, s * 0.085 * open + 0.5, {225, 228, 230}, 0.25);
    if (open > 0.3) {
        blob(image, x + s * 0.06 * pose.turn, y, s * 0.085, s * 0.085 * open, {35, 50, 70}, 0.25);
        blob(image, x + s * 0.06 * pose.turn, y, s * 0.04, s * 0.04, {8, 8, 10}, 0.3);
        blob(image, x + s * 0.03, y - s * 0.03, s * 0.018, s * 0.018, {250, 250, 250}, 0.4);
    }
    blob(image, x, y - s * 0.085 * open, s * 0.21, s * 0.028, {30, 35, 50}, 0.6, 0.9);  // lid
    blob(image, x, y - s * 0.25, s * 0.25, s * 0.05, {25, 32, 45}, 0.7, 0.9);           // brow
}

inline void draw_person(Image& image, const Pose& pose) {
    const double s = pose.size;
    const double x = pose.x;
    const double y = pose.y;
    const double shift = s * 0.18 * pose.turn;
    blob(image, x, y + s * 3.0, s * 2.3, s * 1.55, {110, 70, 50}, 0.12);        // jumper
    blob(image, x, y + s * 1.35, s * 0.48, s * 0.75, {115, 145, 195}, 0.2);     // neck
    blob(image, x, y + s * 1.12, s * 0.55, s * 0.3, {85, 110, 155}, 0.8, 0.6);  // its shadow
    blob(image, x, y - s * 0.25, s * 1.12, s * 1.28, {22, 25, 32}, 0.08);       // hair
    blob(image, x, y + s * 0.06, s * 0.92, s * 1.22, {135, 168, 220}, 0.1);     // face
    blob(image, x - s * 0.25, y - s * 0.1, s * 0.38, s * 0.6, {160, 192, 238}, 1.4, 0.55);
    blob(image, x + s * 0.62, y + s * 0.2, s * 0.18, s * 0.6, {90, 118, 170}, 1.2, 0.5);
    blob(image, x, y - s * 0.98, s * 0.8, s * 0.34, {24, 27, 34}, 0.4);  // fringe
    for (const double side : {-1.0, 1.0}) {
        draw_eye(image, x + shift + side * s * 0.37, y - s * 0.08, s, pose);
        blob(image, x + side * s * 0.45 + shift, y + s * 0.4, s * 0.28, s * 0.2, {130, 145, 225},
             1.2, 0.35);  // cheek
    }
    blob(image, x + shift * 1.3 - s * 0.02, y + s * 0.16, s * 0.075, s * 0.3, {170, 200, 242}, 1.0,
         0.7);  // ridge of the nose
    blob(image, x + shift * 1.3 + s * 0.11, y + s * 0.24, s * 0.06, s * 0.24, {95, 122, 172}, 1.2,
         0.6);
    blob(image, x + shift * 1.3, y + s * 0.4, s * 0.17, s * 0.1, {120, 150, 208}, 0.9, 0.8);
    for (const double side : {-1.0, 1.0}) {
        blob(image, x + shift * 1.3 + side * s * 0.085, y + s * 0.445, s * 0.045, s * 0.03,
             {50, 62, 95}, 0.7, 0.9);  // nostril
    }
    blob(image, x + shift, y + s * 0.72, s * 0.32, s * (0.075 + 0.08 * pose.mouth), {95, 90, 185},
         0.5);
    blob(image, x + shift, y + s * 0.715, s * 0.29, s * (0.018 + 0.07 * pose.mouth), {45, 40, 80},
         0.6);
    blob(image, x + shift, y + s * 0.9, s * 0.2, s * 0.06, {100, 130, 180}, 1.0, 0.6);
}

/// A sensor's noise, so that no two pictures are the same.
inline void add_noise(Image& image, FakeRandom& random, int most) {
    Bytes bytes(image.pixels.size());
    random.fill(bytes);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const int value = image.pixels[i] + bytes[i] % (2 * most + 1) - most;
        image.pixels[i] = static_cast<std::uint8_t>(std::clamp(value, 0, 255));
    }
}

/// What a person before a camera does, `seconds` into the sitting: breathes, blinks, looks about.
inline Pose pose_at(double seconds) {
    Pose pose;
    pose.x += 6 * std::sin(seconds * 0.7) + 2 * std::sin(seconds * 2.3);
    pose.y += 3 * std::sin(seconds * 1.1);
    pose.turn = 0.35 * std::sin(seconds * 0.4);
    pose.blink = std::fmod(seconds, 3.7) < 0.2 ? 1 : 0;
    pose.mouth = std::fmod(seconds, 11.0) < 0.8 ? 0.4 : 0;
    return pose;
}

}  // namespace assay::test
