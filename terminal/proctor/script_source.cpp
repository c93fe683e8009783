#include "terminal/proctor/script_source.h"

#include <algorithm>
#include <cmath>

#include "terminal/proctor/film.h"
#include "terminal/proctor/jpeg.h"

namespace assay::proctor {
namespace {

constexpr std::size_t kLoopPicturesMax = 600;
constexpr std::array<int, 3> kSkin = {130, 160, 215};

/// A sensor's noise, drawn once and shown from another place each time.
class Noise {
  public:
    Noise(FakeRandom& random, int most) : most_(most) {
        if (most_ > 0) {
            plane_.resize(std::size_t{kFilmWidth} * kFilmHeight * 3 + kShiftMax);
            random.fill(plane_);
            for (std::uint8_t& each : plane_) {
                each = static_cast<std::uint8_t>(each % (2 * most_ + 1));
            }
        }
    }
    void add(Image& image, FakeRandom& random) const {
        if (most_ == 0) {
            return;
        }
        const std::uint8_t* noise = plane_.data() + random.below(kShiftMax);
        const int most = most_;
        for (std::size_t i = 0; i < image.pixels.size(); ++i) {
            const int value = image.pixels[i] + noise[i] - most;
            image.pixels[i] = static_cast<std::uint8_t>(std::clamp(value, 0, 255));
        }
    }

  private:
    static constexpr std::size_t kShiftMax = 100000;
    int most_;
    Bytes plane_;
};

/// Somebody at (x, y) of the picture who is so much larger or smaller than the person.
struct Stand {
    double x, y, scale;
};

class ScriptSource final : public FrameSource {
  public:
    ScriptSource(Script script, Films person, Films other, std::optional<Image> empty,
                 const SourcePorts& ports)
        : script_(std::move(script)),
          person_(std::move(person)),
          other_(std::move(other)),
          empty_(std::move(empty)),
          ports_(ports),
          start_(ports.clock.steady()),
          random_(script_.seed),
          noise_(random_, script_.noise) {}

    Result<std::optional<Frame>> next(milliseconds wait) override {
        const SteadyTime frame_time(1000 / script_.fps);
        if (ports_.clock.steady() - last_ < frame_time) {
            ports_.pause.pause(std::min<milliseconds>(wait, frame_time));
        }
        const SteadyTime now = ports_.clock.steady();
        if (now - last_ < frame_time) {
            return std::optional<Frame>();
        }
        const double passed =
            static_cast<double>(std::min<std::int64_t>((now - last_).count(), 1000));
        last_ = now;
        const Cue cue = script_.at(now - start_);
        changed_ = cue.scene == Scene::kChanged;
        if (cue.scene == Scene::kLost) {
            ports_.pause.pause(wait);
            return std::optional<Frame>();
        }
        if (cue.scene != Scene::kFrozen || jpeg_.empty()) {
            jpeg_ = film(cue, now - start_, passed * script_.film_fps / 1000);
        }
        return std::optional<Frame>(Frame{PixelFormat::kJpeg, kFilmWidth, kFilmHeight, jpeg_, now});
    }
    std::string identity() const override { return changed_ ? "script:other" : "script"; }

  private:
    Bytes film(const Cue& cue, milliseconds time, double pictures) {
        Image image;
        if (cue.scene == Scene::kLoop) {
            image = looped(cue, time);
        } else if (cue.scene == Scene::kStill && still_from_ == cue.from) {
            image = still_;
        } else {
            image = scene(cue, time, pictures);
            remember(cue, image);
        }
        noise_.add(image, random_);
        return encode_jpeg(image, script_.quality);
    }

    /// What a loop shows again later, and what a still goes on showing.
    void remember(const Cue& cue, const Image& image) {
        if (cue.scene == Scene::kStill) {
            still_from_ = cue.from;
            still_ = image;
        }
        const bool needed = std::any_of(script_.cues.begin(), script_.cues.end(),
                                        [](const Cue& c) { return c.scene == Scene::kLoop; });
        if (needed) {
            past_.push_back({last_ - start_, encode_jpeg(image, 95)});
            past_.erase(past_.begin(),
                        past_.size() > kLoopPicturesMax ? past_.begin() + 1 : past_.begin());
        }
    }

    /// The last `amount` seconds before the cue, again and again.
    Image looped(const Cue& cue, milliseconds time) const {
        const auto length = std::chrono::seconds(cue.amount > 0 ? cue.amount : 4);
        const milliseconds from = cue.from - length;
        const milliseconds wanted = from + (time - cue.from) % milliseconds(length);
        const Past* best = nullptr;
        for (const Past& past : past_) {
            if (best == nullptr ||
                std::chrono::abs(past.at - wanted) < std::chrono::abs(best->at - wanted)) {
                best = &past;
            }
        }
        const auto image = best == nullptr ? Result<Image>(Image::make(kFilmWidth, kFilmHeight, 3))
                                           : decode_jpeg(best->jpeg, kFilmWidth, 3);
        return image.ok() ? *image : Image::make(kFilmWidth, kFilmHeight, 3);
    }

    Image scene(const Cue& cue, milliseconds time, double pictures) {
        FilmPicture shown = person_.play(pictures, random_);
        const FacePlace face = shown.face.value_or(person_.usual_face());
        const double into =
            static_cast<double>((time - cue.from).count()) /
            static_cast<double>(std::max<std::int64_t>(1, (cue.to - cue.from).count()));
        draw(cue, face, into, pictures, shown.image);
        // A table is never quite still.
        sway_ = std::clamp(sway_ + static_cast<int>(random_.below(3)) - 1, -1, 1);
        return sway_ == 0 ? shown.image : shifted(shown.image, sway_, 0);
    }

    void draw(const Cue& cue, const FacePlace& face, double into, double pictures, Image& image) {
        const double d = face.eyes;
        switch (cue.scene) {
            case Scene::kAbsent:
                leave(face, image);
                break;
            case Scene::kOther:
                leave(face, image);
                swap(image, pictures);
                break;
            case Scene::kMultiple:
                join(image,
                     {face.x < 320 ? face.x + 3.9 * d : face.x - 3.9 * d, face.y + 0.2 * d, 0.85});
                break;
            case Scene::kPass:
                join(image, {-80 + 800 * into, face.y - 0.8 * d, 0.7});
                break;
            case Scene::kAway:
                // From where the person mostly looks; what the film's head does is taken off.
                turn_head(
                    image, face,
                    (cue.amount != 0 ? cue.amount : 45) - (face.turn - person_.usual_face().turn),
                    0);
                break;
            case Scene::kUp:
                turn_head(image, face, 6 * std::sin(6 * into), cue.amount != 0 ? cue.amount : 22);
                break;
            case Scene::kCovered:
                cover(image, cue.amount);
                break;
            case Scene::kDark:
                lighten_to(image, cue.amount != 0 ? cue.amount : 12);
                break;
            case Scene::kMoved:
                image = shifted(image, cue.amount != 0 ? cue.amount : 90, cue.amount / 3);
                break;
            case Scene::kLight:
                lighten(image, 1 + 0.01 * (cue.amount != 0 ? cue.amount : 25) *
                                       std::sin(3.14159265 * into));
                break;
            default:
                gesture(cue.scene, face, into, image);
        }
    }

    /// Hands and cups; they come and go with a swing.
    static void gesture(Scene scene, const FacePlace& face, double into, Image& image) {
        const double d = face.eyes;
        const double raised = std::min(1.0, 4 * std::sin(3.14159265 * into));
        const double low = (1 - raised) * 3 * d;
        if (scene == Scene::kDrink) {
            draw_blob(image, {face.x + 0.1 * d,
                              face.mouth_y + 0.35 * d + low,
                              0.55 * d,
                              0.75 * d,
                              {200, 190, 180}});
            draw_blob(image,
                      {face.x + 0.7 * d, face.mouth_y + 0.6 * d + low, 0.4 * d, 0.6 * d, kSkin});
        } else if (scene == Scene::kChin) {
            draw_blob(image,
                      {face.x - 0.15 * d, face.mouth_y + 0.55 * d + low, 0.75 * d, 0.7 * d, kSkin});
        } else if (scene == Scene::kStretch) {
            draw_blob(image, {face.x - 1.9 * d, face.y - 0.4 * d + low, 0.45 * d, 2.6 * d, kSkin});
            draw_blob(image, {face.x + 1.9 * d, face.y - 0.4 * d + low, 0.45 * d, 2.6 * d, kSkin});
        }
    }

    void leave(const FacePlace& face, Image& image) const {
        if (empty_) {
            image = *empty_;
            return;
        }
        if (person_.room()) {
            image = *person_.room();
            return;
        }
        // Where the person is in this picture; a turned head has its eyes closer together.
        FacePlace whole = face;
        whole.eyes = std::max(face.eyes, person_.usual_face().eyes);
        paint_over_person(image, whole);
    }

    /// Somebody else on the same chair, in the same room.
    void swap(Image& image, double pictures) {
        const FilmPicture second = other_.play(pictures, random_);
        const FacePlace usual = person_.usual_face();
        if (second.face) {
            paste_head(image, second.image, *second.face, usual.x, usual.y,
                       usual.eyes / second.face->eyes);
        }
    }

    void join(Image& image, const Stand& stand) {
        const FilmPicture second = other_.play(script_.film_fps / 4.0, random_);
        if (second.face) {
            paste_head(image, second.image, *second.face, stand.x, stand.y, stand.scale);
        }
    }

    /// A hand, tape or cloth: flat, with the light falling off to one side.
    static void cover(Image& image, int shade) {
        for (int y = 0; y < image.height; ++y) {
            for (int x = 0; x < image.width; ++x) {
                const int value = (shade > 0 ? shade : 10) + x * 6 / image.width;
                std::fill_n(image.at(x, y), 3, static_cast<std::uint8_t>(value));
            }
        }
    }

    struct Past {
        milliseconds at;
        Bytes jpeg;
    };
    Script script_;
    Films person_;
    Films other_;
    std::optional<Image> empty_;
    SourcePorts ports_;
    SteadyTime start_;
    SteadyTime last_{-1000000};
    FakeRandom random_;
    Noise noise_;
    std::vector<Past> past_;
    std::optional<milliseconds> still_from_;
    Image still_;
    Bytes jpeg_;
    int sway_ = 0;
    bool changed_ = false;
};

}  // namespace

Result<std::unique_ptr<FrameSource>> make_scripted(const Script& script, const SourcePorts& ports) {
    ASSAY_TRY(Films person, Films::load(ports.disk, script.person, script));
    ASSAY_TRY(Films other,
              Films::load(ports.disk, script.other.empty() ? script.person : script.other, script));
    std::optional<Image> empty;
    if (!script.empty.empty()) {
        ASSAY_TRY(const Bytes jpeg, read_file(ports.disk, script.empty, kJpegBytesMax));
        ASSAY_TRY(const Image image, decode_jpeg(jpeg, kFilmWidth, 3));
        empty = fit(image, kFilmWidth, kFilmHeight);
    }
    return std::unique_ptr<FrameSource>(std::make_unique<ScriptSource>(
        script, std::move(person), std::move(other), std::move(empty), ports));
}

Result<std::unique_ptr<FrameSource>> open_script(const std::string& path,
                                                 const SourcePorts& ports) {
    ASSAY_TRY(const Bytes text, read_file(ports.disk, path, kScriptBytesMax));
    ASSAY_TRY(const Script script, Script::parse(as_text(text)));
    return make_scripted(script, ports);
}

}  // namespace assay::proctor
