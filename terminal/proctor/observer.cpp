#include "terminal/proctor/observer.h"

#include <algorithm>
#include <cmath>

#include "terminal/proctor/jpeg.h"

namespace assay::proctor {
namespace {

constexpr int kRosterWidth = 640;
constexpr int kYawCropWidth = kSecondPassWidth;
constexpr int kYawCropHeight = kSecondPassWidth * 3 / 4;
constexpr int kLitWidth = 40;
constexpr int kLitHeight = 30;

/// FNV-1a: equal pictures give equal values; nobody gains by a collision that raises a finding.
std::uint64_t hash_of(ByteView bytes) {
    std::uint64_t hash = 1469598103934665603ULL;
    for (const std::uint8_t byte : bytes) {
        hash = (hash ^ byte) * 1099511628211ULL;
    }
    return hash;
}

}  // namespace

void Observer::lost() {
    last_luma_ = {};
    loop_finder_.clear();
    background_.interrupt();
}

Observation Observer::observe(const Frame& frame, SteadyTime now, bool last_pass) {
    Observation seen;
    seen.at = now;
    auto luma = to_image(frame, kFirstPassWidth, 1);
    if (!luma.ok()) {
        return seen;
    }
    seen.frame = true;
    seen.raw_hash = hash_of(frame.data);
    seen.picture = statistics(*luma);
    // The first frame after a break moved as much as any: not still, not absent.
    seen.change = difference(*luma, last_luma_);
    aspect_ = static_cast<double>(luma->width) / luma->height;
    const bool fine =
        seen.picture.mean >= kDarkMeanMax && seen.picture.deviation >= kCoveredDeviationMax;
    if (fine) {
        seen.moved = background_.take(now, *luma, person_);
        lit_ = resize(*luma, kLitWidth, kLitHeight);
    } else {
        background_.interrupt();
        seen.like_lit = lit_.empty() ? 0 : correlation(resize(*luma, kLitWidth, kLitHeight), lit_);
    }
    seen.loop = loop_finder_.take(now, *luma);
    last_luma_ = std::move(*luma);
    if (models_.detector != nullptr) {
        look(frame, last_pass, seen);
    }
    return seen;
}

std::vector<Face> Observer::faces_at(const Frame& frame, int width) {
    const auto image = to_image(frame, width, 3);
    return image.ok() ? models_.detector->detect(*image) : std::vector<Face>();
}

/// Of a face that was found `width` wide.
double Observer::careful_yaw(const Frame& frame, const Face& face, int width) {
    const double coarse = yaw_of(face, aspect_);
    if (std::abs(coarse) < kYawLookAgain && face.width * width >= kYawFacePixelsMin) {
        return coarse;
    }
    const auto whole = to_image(frame, kLastPassWidth, 3);
    if (!whole.ok()) {
        return coarse;
    }
    const double high = kYawCropHigh * face.height * whole->height;
    const double wide = high * kYawCropWidth / kYawCropHeight;
    const Image part =
        cut_out(*whole, static_cast<int>((face.x + face.width / 2) * whole->width - wide / 2),
                static_cast<int>((face.y + face.height / 2) * whole->height - high / 2),
                std::max(1, static_cast<int>(wide)), std::max(1, static_cast<int>(high)));
    const Image near = fit(part, kYawCropWidth, kYawCropHeight);
    const std::vector<Face> found = models_.detector->detect(near);
    const auto off_middle = [](const Face& each) {
        return std::hypot(each.x + each.width / 2 - 0.5, each.y + each.height / 2 - 0.5);
    };
    const auto same = std::min_element(
        found.begin(), found.end(),
        [&](const Face& a, const Face& b) { return off_middle(a) < off_middle(b); });
    return same == found.end() ? coarse
                               : yaw_of(*same, static_cast<double>(near.width) / near.height);
}

void Observer::look(const Frame& frame, bool last_pass, Observation& seen) {
    bool wide = seen.at - last_wide_ >= kSecondFaceEvery;
    std::vector<Face> found;
    if (!wide) {
        found = faces_at(frame, kFirstPassWidth);
    }
    if (found.empty()) {
        last_wide_ = wide ? seen.at : last_wide_;
        wide = true;
        found = faces_at(frame, kSecondPassWidth);
    }
    int width = wide ? kSecondPassWidth : kFirstPassWidth;
    if (found.empty() && last_pass) {
        width = kLastPassWidth;
        found = faces_at(frame, width);
        std::erase_if(found, [](const Face& face) {
            return face.score < kLastPassScoreMin || face.width > kLastPassFaceMax;
        });
    }
    const FacesSeen faces = faces_.take(seen.at, found, wide);
    faces_now_ = faces.count;
    seen.faces = faces.count;
    seen.second_score = faces.second_score;
    seen.second_since = faces.since;
    seen.second_unsure = faces.unsure;
    if (faces.main && faces.count == 1) {
        seen.yaw = careful_yaw(frame, *faces.main, width);
    }
    if (identity_wanted_) {
        compare(frame, faces, wide, seen);
    }
    if (faces.main) {
        last_face_ = seen.at;
        person_ = faces.main;
    }
}

bool Observer::is_sample(const Face& face, const Observation& seen) const {
    return face.score >= kSampleScoreMin && seen.yaw && std::abs(*seen.yaw) < kSampleYawMax &&
           face.width * kLastPassWidth >= kSampleFacePixelsMin && seen.picture.mean > kDimMeanMax;
}

void Observer::compare(const Frame& frame, const FacesSeen& faces, bool wide, Observation& seen) {
    if (faces.main && last_face_ && seen.at - *last_face_ > kInterruptedAfter) {
        identity_.interrupt();
    }
    // Points of the small pass are too coarse to align by.
    const bool due = wide && models_.embedder != nullptr && identity_.due(seen.at);
    if (due && faces.count == 1 && is_sample(*faces.main, seen)) {
        const auto image = to_image(frame, kLastPassWidth, 3);
        if (image.ok()) {
            identity_.take(seen.at, models_.embedder->embed(*image, *faces.main));
        }
    }
    seen.unverified = identity_.unverified(seen.at, faces.main.has_value());
    if (faces.main) {
        seen.mismatch = identity_.mismatch();
        seen.mismatch_after = identity_.raise_after();
    }
}

Status Observer::take_roster(ByteView jpeg) {
    if (!identity_wanted_ || models_.embedder == nullptr || models_.detector == nullptr) {
        return fail(Code::kRefused, "proctor.roster.unwanted"_id);
    }
    ASSAY_TRY(const Image image, decode_jpeg(jpeg, kRosterWidth, 3));
    const int height = std::max(2, kSecondPassWidth * image.height / image.width);
    const std::vector<Face> faces =
        models_.detector->detect(resize(image, kSecondPassWidth, height));
    if (faces.size() != 1) {
        return fail(Code::kInvalid, "proctor.roster.face"_id,
                    {{"faces", std::to_string(faces.size())}});
    }
    identity_.set_roster(models_.embedder->embed(image, faces.front()));
    return Ok();
}

}  // namespace assay::proctor
