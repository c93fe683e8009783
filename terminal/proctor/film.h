#pragma once

#include <optional>

#include "crypto/base/disk.h"
#include "crypto/base/random.h"
#include "terminal/proctor/drawing.h"
#include "terminal/proctor/script.h"

namespace assay::proctor {

inline constexpr int kFilmWidth = 640;
inline constexpr int kFilmHeight = 480;
inline constexpr std::uint64_t kFilmBytesMax = 128U << 20U;

/// Where most people are before a webcam.
inline constexpr FacePlace kUsualFace{320, 190, 60, 250};

/// One picture of a film, 640x480, and where the face is, if a file FILE.faces says so.
struct FilmPicture {
    Image image;
    std::optional<FacePlace> face;
};

/// Films of one person, played as somebody who sits there: cut, turned round and shifted by
/// chance, so that nothing comes back at a constant lag.
class Films {
  public:
    /// Beside each FILE may lie FILE.faces: a line a picture, ten numbers (eyes, nose, corners of
    /// the mouth; parts of width and height) or "-".
    static Result<Films> load(Disk& disk, const std::vector<std::string>& paths,
                              const Script& script);
    /// The picture some time after the last one.
    FilmPicture play(double film_pictures, FakeRandom& random);
    /// Where the person usually is: in the first picture with a known face; turned as they mostly
    /// are.
    FacePlace usual_face() const { return usual_.value_or(kUsualFace); }
    /// The room without the person: the wall beside them, over where they usually are. Nothing
    /// where no face is known.
    const std::optional<Image>& room() const { return room_; }

  private:
    struct Film {
        std::vector<Bytes> jpegs;
        std::vector<std::optional<FacePlace>> faces;
    };
    Result<FilmPicture> picture(const Film& film, std::size_t index) const;
    void settle(int zoom);
    void hop(FakeRandom& random);

    std::vector<Film> films_;
    std::optional<FacePlace> usual_;
    std::optional<Image> room_;
    Cut cut_;
    std::vector<std::vector<std::optional<FilmPicture>>> cache_;
    std::size_t film_ = 0;
    double place_ = 0;
    double direction_ = 1;
    double until_hop_ = 0;
};

}  // namespace assay::proctor
