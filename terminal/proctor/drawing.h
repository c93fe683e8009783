#pragma once

#include <array>

#include "terminal/proctor/face_detector.h"
#include "terminal/proctor/image.h"

// What scripts draw over real pictures, where no clip holds it. README.md says which scenes.
namespace assay::proctor {

/// A face in pixels.
struct FacePlace {
    double x = 0;  ///< between the eyes
    double y = 0;
    double eyes = 0;  ///< their distance
    double mouth_y = 0;
    double turn = 0;  ///< to the side, in degrees, as the nose tells
};
FacePlace place_of(const std::array<Point, 5>& points, int width, int height);

/// The part of a 640x480 picture that is shown large.
struct Cut {
    double left = 0;
    double top = 0;
    double scale = 1;
    FacePlace map(const FacePlace& face) const;
};
/// `zoom` percent large, with that person where a webcam has one.
Cut cut_around(const FacePlace& face, int width, int height, int zoom);
/// At the image's own size.
Image zoomed(const Image& image, const Cut& cut);
/// Turned by so many degrees: to the side, or up. A head is a ball with a nose, seen from afar;
/// what turns behind it is hidden, what comes to the front is stretched.
void turn_head(Image& image, const FacePlace& face, double sideways, double up);
/// Nobody there: the wall beside the person goes on behind.
void paint_over_person(Image& image, const FacePlace& face);
/// Head and shoulders of another picture, so large, with its eyes at (x, y).
void paste_head(Image& image, const Image& from, const FacePlace& face, double x, double y,
                double scale);
/// A filled ellipse with a soft edge.
struct Blob {
    double x, y, wide, high;
    std::array<int, 3> colour;  ///< blue, green, red
};
void draw_blob(Image& image, const Blob& blob);
/// The same picture from a camera that points elsewhere.
Image shifted(const Image& image, int right, int down);
/// All bytes times this.
void lighten(Image& image, double gain);
/// So dark or light that its luma has this mean.
void lighten_to(Image& image, double mean);

}  // namespace assay::proctor
