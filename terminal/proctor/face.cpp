#include <algorithm>
#include <cmath>

#include "terminal/proctor/face_detector.h"

namespace assay::proctor {

double yaw_of(const Face& face, double aspect) {
    const auto& [right, left, nose, mouth_right, mouth_left] = face.points;
    const double dx = (left.x - right.x) * aspect;
    const double dy = left.y - right.y;
    const double square = dx * dx + dy * dy;
    if (square <= 0) {
        return 0;
    }
    const double nx = (nose.x - (left.x + right.x) / 2) * aspect;
    const double ny = nose.y - (left.y + right.y) / 2;
    return (nx * dx + ny * dy) / square;
}

double overlap(const Face& a, const Face& b) {
    const double wide = std::min(a.x + a.width, b.x + b.width) - std::max(a.x, b.x);
    const double high = std::min(a.y + a.height, b.y + b.height) - std::max(a.y, b.y);
    if (wide <= 0 || high <= 0) {
        return 0;
    }
    const double both = wide * high;
    return both / (a.width * a.height + b.width * b.height - both);
}

}  // namespace assay::proctor
