#include "terminal/proctor/faces.h"

#include <algorithm>

namespace assay::proctor {
namespace {

constexpr double kSamePlace = 0.3;        ///< overlap of one face in two looks
constexpr double kPosterPlace = 0.4;      ///< overlap with a poster that makes a face the poster
constexpr double kPosterMoveMax = 0.015;  ///< of the picture's side, over half a minute
constexpr double kPosterPart = 0.6;       ///< of the looks
constexpr int kStaysLooks = 3;            ///< a second face for so many seconds is no passer-by
constexpr std::size_t kTracksMax = 16;

bool counts(const Face& face) {
    return face.width >= kSecondFaceWidthMin && face.score >= kSecondFaceScoreMin;
}

}  // namespace

bool Faces::Track::still() const {
    return right - left <= kPosterMoveMax && bottom - top <= kPosterMoveMax;
}

void Faces::learn(SteadyTime at, const std::vector<Face>& found) {
    if (found.empty()) {
        return;
    }
    first_ = first_.value_or(at);
    ++looks_;
    for (const Face& face : found) {
        if (!counts(face)) {
            continue;
        }
        auto track = std::find_if(tracks_.begin(), tracks_.end(), [&](const Track& each) {
            return overlap(each.last, face) >= kSamePlace;
        });
        if (track == tracks_.end()) {
            if (tracks_.size() >= kTracksMax) {
                continue;
            }
            track = tracks_.insert(tracks_.end(), Track{});
            track->since = at;
        }
        const double x = face.x + face.width / 2;
        const double y = face.y + face.height / 2;
        track->last = face;
        track->left = std::min(track->left, x);
        track->right = std::max(track->right, x);
        track->top = std::min(track->top, y);
        track->bottom = std::max(track->bottom, y);
        track->width = std::max(track->width, face.width);
        ++track->looks;
    }
    if (at - *first_ >= kPostersLearnt) {
        settle();
    }
}

void Faces::settle() {
    settled_ = true;
    // The person is the track that was seen most; of equals the largest.
    std::sort(tracks_.begin(), tracks_.end(), [this](const Track& a, const Track& b) {
        const bool a_there = a.looks >= kPosterPart * looks_;
        const bool b_there = b.looks >= kPosterPart * looks_;
        if (a_there != b_there) {
            return a_there;
        }
        return a.still() != b.still() ? b.still() : a.width > b.width;
    });
    for (std::size_t i = 1; i < tracks_.size(); ++i) {
        const Track& track = tracks_[i];
        if (track.still() && track.looks >= kPosterPart * looks_) {
            posters_.push_back(track.last);
        } else if (track.looks >= kStaysLooks && overlap(track.last, tracks_[0].last) <= 0) {
            kept_back_ = std::min(kept_back_.value_or(track.since), track.since);
        }
    }
    tracks_.clear();
}

bool Faces::is_poster(const Face& face) const {
    return std::any_of(posters_.begin(), posters_.end(),
                       [&](const Face& poster) { return overlap(poster, face) >= kPosterPlace; });
}

FacesSeen Faces::take(SteadyTime at, const std::vector<Face>& found, bool small_too) {
    FacesSeen seen;
    if (!settled_ && small_too) {
        learn(at, found);
        if (settled_ && kept_back_) {
            seen.since = kept_back_;
        }
    }
    std::vector<Face> faces;
    std::copy_if(found.begin(), found.end(), std::back_inserter(faces),
                 [this](const Face& face) { return !is_poster(face); });
    std::sort(faces.begin(), faces.end(),
              [](const Face& a, const Face& b) { return a.width > b.width; });
    for (const Face& face : faces) {
        if (seen.count == 0 || counts(face)) {
            ++seen.count;
            seen.second_score = std::min(seen.second_score, face.score);
        }
    }
    if (!faces.empty()) {
        seen.main = faces.front();
    }
    seen.unsure = !settled_ && seen.count > 1;
    return seen;
}

}  // namespace assay::proctor
