#include "terminal/proctor/film.h"

#include <algorithm>
#include <cmath>
#include <sstream>

#include "terminal/proctor/file_source.h"
#include "terminal/proctor/jpeg.h"

namespace assay::proctor {
namespace {

constexpr std::size_t kPicturesMax = 600;  ///< of a person, each a megabyte once it was played
constexpr std::size_t kFacesBytesMax = 1U << 20U;

double chance(FakeRandom& random) { return static_cast<double>(random.below(10000)) / 10000; }

std::vector<std::optional<FacePlace>> read_faces(Disk& disk, const std::string& path,
                                                 std::size_t count) {
    std::vector<std::optional<FacePlace>> out(count);
    const auto text = read_file(disk, path + ".faces", kFacesBytesMax);
    if (!text.ok()) {
        return out;
    }
    std::istringstream lines(to_string(*text));
    std::string line;
    for (std::size_t i = 0; i < count && std::getline(lines, line); ++i) {
        std::istringstream numbers(line);
        std::array<Point, 5> points{};
        for (Point& point : points) {
            numbers >> point.x >> point.y;
        }
        if (numbers) {
            out[i] = place_of(points, kFilmWidth, kFilmHeight);
        }
    }
    return out;
}

}  // namespace

Result<Films> Films::load(Disk& disk, const std::vector<std::string>& paths, const Script& script) {
    Films out;
    std::size_t pictures = 0;
    for (const std::string& path : paths) {
        ASSAY_TRY(const Bytes bytes, read_file(disk, path, kFilmBytesMax));
        Film film;
        for (const Span& span : split_mjpeg(bytes)) {
            film.jpegs.push_back(to_bytes(ByteView(bytes).subspan(span.from, span.size)));
        }
        pictures += film.jpegs.size();
        if (film.jpegs.empty() || pictures > kPicturesMax) {
            return fail(Code::kInvalid, "proctor.source.empty"_id, {{"path", path}});
        }
        film.faces = read_faces(disk, path, film.jpegs.size());
        out.cache_.emplace_back(film.jpegs.size());
        out.films_.push_back(std::move(film));
    }
    out.settle(script.zoom);
    return out;
}

/// What holds for all of a person's films: where they are, the cut, and the room behind.
void Films::settle(int zoom) {
    const Film* first = nullptr;
    std::size_t index = 0;
    std::vector<double> turns;
    for (const Film& film : films_) {
        for (std::size_t i = 0; i < film.faces.size(); ++i) {
            if (film.faces[i]) {
                index = first == nullptr ? i : index;
                first = first == nullptr ? &film : first;
                turns.push_back(film.faces[i]->turn);
            }
        }
    }
    FacePlace usual = first == nullptr ? kUsualFace : *first->faces[index];
    if (first != nullptr) {
        std::sort(turns.begin(), turns.end());
        usual.turn = turns[turns.size() / 2];
        auto whole = picture(*first, index);  // before the cut: there is wall on both sides
        if (whole.ok()) {
            paint_over_person(whole->image, usual);
            room_ = std::move(whole->image);
        }
    }
    // Around one place, or the room would swim with the head.
    cut_ = cut_around(usual, kFilmWidth, kFilmHeight, zoom);
    usual_ = cut_.map(usual);
    room_ = room_ && zoom > 100 ? std::optional(zoomed(*room_, cut_)) : std::move(room_);
}

Result<FilmPicture> Films::picture(const Film& film, std::size_t index) const {
    ASSAY_TRY(const Image image, decode_jpeg(film.jpegs[index], kFilmWidth, 3));
    FilmPicture out{fit(image, kFilmWidth, kFilmHeight), film.faces[index]};
    if (cut_.scale > 1) {
        out.image = zoomed(out.image, cut_);
        out.face = out.face ? std::optional(cut_.map(*out.face)) : std::nullopt;
    }
    return out;
}

void Films::hop(FakeRandom& random) {
    const double size = static_cast<double>(films_[film_].jpegs.size());
    until_hop_ = size * (0.3 + 1.2 * chance(random));
    if (random.below(2) == 0) {
        direction_ = -direction_;
        return;
    }
    film_ = random.below(films_.size());
    direction_ = random.below(2) == 0 ? 1 : -1;
    direction_ *= 0.7 + 0.5 * chance(random);
    place_ = chance(random) * static_cast<double>(films_[film_].jpegs.size());
}

FilmPicture Films::play(double film_pictures, FakeRandom& random) {
    until_hop_ -= film_pictures;
    if (until_hop_ <= 0) {
        hop(random);
    }
    place_ += direction_ * film_pictures;
    const double last = static_cast<double>(films_[film_].jpegs.size()) - 1;
    if (place_ < 0 || place_ > last) {
        direction_ = place_ < 0 ? std::abs(direction_) : -std::abs(direction_);
        place_ = std::clamp(place_ < 0 ? -place_ : 2 * last - place_, 0.0, last);
    }
    const auto index = static_cast<std::size_t>(std::lround(place_));
    auto& kept = cache_[film_][index];
    if (!kept) {
        auto made = picture(films_[film_], index);
        kept = made.ok() ? std::move(*made)
                         : FilmPicture{Image::make(kFilmWidth, kFilmHeight, 3), std::nullopt};
    }
    return *kept;
}

}  // namespace assay::proctor
