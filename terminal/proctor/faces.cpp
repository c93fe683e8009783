#include "terminal/proctor/faces.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace assay::proctor {
namespace {

constexpr double kSamePlace = 0.3;        ///< overlap of one face in two looks
constexpr double kPosterPlace = 0.4;      ///< overlap with a poster that makes a face the poster
constexpr double kPosterMoveMax = 0.015;  ///< of the picture's side, over half a minute
constexpr double kPosterPart = 0.6;       ///< of the looks
constexpr int kStaysLooks = 3;            ///< a second face for so many seconds is no passer-by
constexpr std::size_t kTracksMax = 16;    ///< a bit each in Look::tracks

Point middle_of(const Face& face) { return {face.x + face.width / 2, face.y + face.height / 2}; }

/// On the clothes of whoever has the other face.
bool is_print(const Face& face, const Face& person) {
    const Point here = middle_of(face);
    const Point there = middle_of(person);
    const double down = (here.y - there.y) / person.height;
    return std::abs(here.x - there.x) <= kPrintAsideMax * person.width && down >= kPrintDownMin &&
           down <= kPrintDownMax;
}

bool counts(const Face& face) {
    return face.width >= kSecondFaceWidthMin && face.score >= kSecondFaceScoreMin;
}

}  // namespace

bool Faces::Track::still() const {
    return right - left <= kPosterMoveMax && bottom - top <= kPosterMoveMax;
}

Faces::Track& Faces::track_of(const Face& face) {
    const auto known = std::find_if(tracks_.begin(), tracks_.end(), [&](const Track& each) {
        return overlap(each.last, face) >= kSamePlace;
    });
    if (known != tracks_.end()) {
        return *known;
    }
    Track track;
    track.bit = 1U << tracks_.size();
    tracks_.push_back(track);
    return tracks_.back();
}

void Faces::learn(SteadyTime at, const std::vector<Face>& found) {
    if (found.empty()) {
        return;
    }
    first_ = first_.value_or(at);
    Look look{at, 0};
    for (const Face& face : found) {
        if (!counts(face) || tracks_.size() >= kTracksMax) {
            continue;
        }
        Track& track = track_of(face);
        const double x = face.x + face.width / 2;
        const double y = face.y + face.height / 2;
        track.last = face;
        track.left = std::min(track.left, x);
        track.right = std::max(track.right, x);
        track.top = std::min(track.top, y);
        track.bottom = std::max(track.bottom, y);
        track.width = std::max(track.width, face.width);
        ++track.looks;
        look.tracks |= track.bit;
    }
    looks_.push_back(look);
    if (at - *first_ >= kPostersLearnt) {
        settle();
    }
}

std::optional<SteadyTime> Faces::second_face(unsigned posters) const {
    std::optional<SteadyTime> since;
    int together = 0;
    for (const Look& look : looks_) {
        if (std::popcount(look.tracks & ~posters) >= 2) {
            since = since.value_or(look.at);
            ++together;
        }
    }
    return together >= kStaysLooks ? since : std::nullopt;
}

void Faces::settle() {
    settled_ = true;
    const double mostly = kPosterPart * static_cast<double>(looks_.size());
    // The person is the track that was seen most; of equals the largest.
    std::sort(tracks_.begin(), tracks_.end(), [mostly](const Track& a, const Track& b) {
        if ((a.looks >= mostly) != (b.looks >= mostly)) {
            return a.looks >= mostly;
        }
        return a.still() != b.still() ? b.still() : a.width > b.width;
    });
    unsigned posters = 0;
    for (std::size_t i = 1; i < tracks_.size(); ++i) {
        if (tracks_[i].still() && tracks_[i].looks >= mostly) {
            posters_.push_back(tracks_[i].last);
            posters |= tracks_[i].bit;
        }
    }
    kept_back_ = second_face(posters);
    tracks_.clear();
    looks_.clear();
}

bool Faces::is_poster(const Face& face) const {
    return std::any_of(posters_.begin(), posters_.end(),
                       [&](const Face& poster) { return overlap(poster, face) >= kPosterPlace; });
}

/// The largest, or whose body bears it; later the one that is where the person mostly was.
const Face* Faces::person_of(const std::vector<Face>& faces) const {
    const Face* person = nullptr;
    for (const Face& face : faces) {
        const auto far = [this](const Face& each) {
            const Point here = middle_of(each);
            return std::hypot(here.x - home_->x, here.y - home_->y);
        };
        const bool nearer = person == nullptr || (settled_ && home_ ? far(face) < far(*person)
                                                                    : face.width > person->width);
        person = nearer ? &face : person;
    }
    for (const Face& face : faces) {
        person = !settled_ && is_print(*person, face) ? &face : person;
    }
    return person;
}

void Faces::follow(const Face& person) {
    const Point now = middle_of(person);
    const double part = settled_ ? kHomeFollows : kHomeFollowsFirst;
    home_ = home_.value_or(now);
    home_->x += part * (now.x - home_->x);
    home_->y += part * (now.y - home_->y);
}

FacesSeen Faces::take(SteadyTime at, std::vector<Face> found, bool small_too) {
    FacesSeen seen;
    std::erase_if(found, [this](const Face& face) { return is_poster(face); });
    const Face* const largest = person_of(found);
    if (largest != nullptr) {
        seen.main = *largest;
        follow(*seen.main);
        std::erase_if(found, [&](const Face& face) { return is_print(face, *seen.main); });
    }
    if (!settled_ && small_too) {
        learn(at, found);
        seen.since = settled_ ? kept_back_ : std::nullopt;
    }
    for (const Face& face : found) {
        const bool person = overlap(face, *seen.main) >= kSamePlace;
        if (person || counts(face)) {
            ++seen.count;
            seen.second_score =
                person ? seen.second_score : std::min(seen.second_score, face.score);
        }
    }
    seen.unsure = !settled_ && seen.count > 1;
    return seen;
}

}  // namespace assay::proctor
