#include <algorithm>
#include <cmath>
#include <complex>

#include "crypto/base/check.h"
#include "terminal/proctor/face_embedder.h"

namespace assay::proctor {
namespace {

using Place = std::complex<double>;

/// Where the five points lie in a picture of 112 x 112; the usual ones of face comparison.
const std::array<Place, 5> kPlaces = {Place(38.2946, 51.6963), Place(73.5318, 51.5014),
                                      Place(56.0252, 71.7366), Place(41.5493, 92.3655),
                                      Place(70.7299, 92.2041)};

/// Scale, turn and shift that bring the aligned places closest to the picture's: w = a z + b.
struct Similarity {
    Place a;
    Place b;
};

Similarity fit_places(const std::array<Place, 5>& from, const std::array<Place, 5>& to) {
    Place from_mean = 0;
    Place to_mean = 0;
    for (std::size_t i = 0; i < from.size(); ++i) {
        from_mean += from[i] / 5.0;
        to_mean += to[i] / 5.0;
    }
    Place cross = 0;
    double square = 0;
    for (std::size_t i = 0; i < from.size(); ++i) {
        cross += std::conj(from[i] - from_mean) * (to[i] - to_mean);
        square += std::norm(from[i] - from_mean);
    }
    const Place a = cross / square;
    return {a, to_mean - a * from_mean};
}

std::uint8_t between(const Image& image, double x, double y, int channel) {
    x = std::clamp(x, 0.0, image.width - 1.001);
    y = std::clamp(y, 0.0, image.height - 1.001);
    const int x0 = static_cast<int>(x);
    const int y0 = static_cast<int>(y);
    const double fx = x - x0;
    const double fy = y - y0;
    const auto at = [&](int px, int py) {
        return static_cast<double>(image.row(py)[px * image.channels + channel]);
    };
    const double top = at(x0, y0) * (1 - fx) + at(x0 + 1, y0) * fx;
    const double bottom = at(x0, y0 + 1) * (1 - fx) + at(x0 + 1, y0 + 1) * fx;
    return static_cast<std::uint8_t>(std::lround(top * (1 - fy) + bottom * fy));
}

}  // namespace

Image align_face(const Image& image, const Face& face) {
    ASSAY_CHECK(image.channels == 3 && image.width > 1 && image.height > 1);
    std::array<Place, 5> seen;
    for (std::size_t i = 0; i < seen.size(); ++i) {
        seen[i] = Place(face.points[i].x * image.width, face.points[i].y * image.height);
    }
    const Similarity map = fit_places(kPlaces, seen);
    Image out = Image::make(kAlignedSide, kAlignedSide, 3);
    for (int y = 0; y < kAlignedSide; ++y) {
        for (int x = 0; x < kAlignedSide; ++x) {
            const Place from = map.a * Place(x, y) + map.b;
            for (int c = 0; c < 3; ++c) {
                out.at(x, y)[c] = between(image, from.real(), from.imag(), c);
            }
        }
    }
    return out;
}

double cosine(const Embedding& a, const Embedding& b) {
    ASSAY_CHECK(a.size() == b.size());
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        sum += static_cast<double>(a[i]) * static_cast<double>(b[i]);
    }
    return sum;
}

Embedding mean_of(const std::vector<Embedding>& all) {
    ASSAY_CHECK(!all.empty());
    Embedding out(all.front().size());
    for (const Embedding& each : all) {
        for (std::size_t i = 0; i < out.size(); ++i) {
            out[i] += each[i];
        }
    }
    const auto length = static_cast<float>(std::sqrt(cosine(out, out)));
    for (float& value : out) {
        value = length > 0 ? value / length : 0;
    }
    return out;
}

}  // namespace assay::proctor
