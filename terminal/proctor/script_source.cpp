#include "terminal/proctor/script_source.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "crypto/base/random.h"
#include "terminal/proctor/file_source.h"
#include "terminal/proctor/jpeg.h"

namespace assay::proctor {
namespace {

constexpr int kWidth = 640;
constexpr int kHeight = 480;
constexpr int kQuality = 85;

constexpr std::array<std::pair<std::string_view, Scene>, 8> kScenes = {{
    {"person", Scene::kPerson},
    {"absent", Scene::kAbsent},
    {"multiple", Scene::kMultiple},
    {"covered", Scene::kCovered},
    {"dark", Scene::kDark},
    {"frozen", Scene::kFrozen},
    {"lost", Scene::kLost},
    {"changed", Scene::kChanged},
}};

Error bad_line(std::size_t line) {
    return fail(Code::kInvalid, "proctor.script.line"_id, {{"line", std::to_string(line)}});
}

template <typename T>
bool read_number(std::string_view text, T& out, T max) {
    const auto [stop, failed] = std::from_chars(text.data(), text.data() + text.size(), out);
    return failed == std::errc() && stop == text.data() + text.size() && out <= max;
}

/// "t=60..80 absent"
bool read_cue(std::string_view line, Script& script) {
    const std::size_t dots = line.find("..");
    const std::size_t space = line.find(' ');
    if (dots == std::string_view::npos || space == std::string_view::npos || dots > space) {
        return false;
    }
    unsigned from = 0;
    unsigned to = 0;
    if (!read_number(line.substr(2, dots - 2), from, 86400U) ||
        !read_number(line.substr(dots + 2, space - dots - 2), to, 86400U) || from >= to) {
        return false;
    }
    for (const auto& [word, scene] : kScenes) {
        if (word == line.substr(space + 1)) {
            script.cues.push_back({std::chrono::seconds(from), std::chrono::seconds(to), scene});
            return true;
        }
    }
    return false;
}

bool read_line(std::string_view line, Script& script) {
    if (line.empty() || line.front() == '#') {
        return true;
    }
    if (line.substr(0, 2) == "t=") {
        return read_cue(line, script);
    }
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos) {
        return false;
    }
    const std::string_view word = line.substr(0, space);
    const std::string_view value = line.substr(space + 1);
    if (word == "person" || word == "empty") {
        (word == "person" ? script.person : script.empty) = std::string(value);
        return true;
    }
    if (word == "fps") {
        return read_number(value, script.fps, 120) && script.fps >= 1;
    }
    if (word == "noise") {
        return read_number(value, script.noise, 64) && script.noise >= 0;
    }
    return word == "seed" && read_number(value, script.seed, std::uint64_t{1} << 62U);
}

/// Pictures of one file, fitted once and kept as JPEG.
class Film {
  public:
    static Result<Film> load(Disk& disk, const std::string& path) {
        Film film;
        ASSAY_TRY(film.bytes_, read_file(disk, path, kScriptFilmBytesMax));
        film.spans_ = split_mjpeg(film.bytes_);
        if (film.spans_.empty()) {
            return fail(Code::kInvalid, "proctor.source.empty"_id, {{"path", path}});
        }
        return film;
    }
    Result<Image> picture(std::size_t index) const {
        const Span& span = spans_[index % spans_.size()];
        ASSAY_TRY(const Image image,
                  decode_jpeg(ByteView(bytes_).subspan(span.from, span.size), kWidth, 3));
        return fit(image, kWidth, kHeight);
    }

  private:
    Bytes bytes_;
    std::vector<Span> spans_;
};

/// A wall with a window's light on it and a shelf: detail, and nobody.
Image drawn_wall() {
    Image image = Image::make(kWidth, kHeight, 3);
    for (int y = 0; y < kHeight; ++y) {
        for (int x = 0; x < kWidth; ++x) {
            const int light = 110 + x / 12 - y / 16;
            const bool shelf = (y / 8) % 15 == 0 || ((x / 20) % 7 == 0 && y > 300);
            const int value = shelf ? light / 2 : light;
            std::uint8_t* pixel = image.at(x, y);
            pixel[0] = static_cast<std::uint8_t>(value);
            pixel[1] = static_cast<std::uint8_t>(value + 6);
            pixel[2] = static_cast<std::uint8_t>(value + 12);
        }
    }
    return image;
}

Image side_by_side(const Image& image) {
    const Image half = fit(image, kWidth / 2, kHeight);
    Image out = Image::make(kWidth, kHeight, 3);
    for (int y = 0; y < kHeight; ++y) {
        std::copy_n(half.row(y), half.row_bytes(), out.row(y));
        std::copy_n(half.row(y), half.row_bytes(), out.row(y) + half.row_bytes());
    }
    return out;
}

class ScriptSource final : public FrameSource {
  public:
    ScriptSource(Script script, Film person, std::optional<Film> empty, const SourcePorts& ports)
        : script_(std::move(script)),
          person_(std::move(person)),
          empty_(std::move(empty)),
          ports_(ports),
          start_(ports.clock.steady()),
          noise_(script_.seed) {}

    Result<std::optional<Frame>> next(milliseconds wait) override {
        const SteadyTime frame_time(1000 / script_.fps);
        if (ports_.clock.steady() - last_ < frame_time) {
            ports_.pause.pause(std::min<milliseconds>(wait, frame_time));
        }
        const SteadyTime now = ports_.clock.steady();
        if (now - last_ < frame_time) {
            return std::optional<Frame>();
        }
        last_ = now;
        const Scene scene = script_.at(now - start_);
        changed_ = scene == Scene::kChanged;
        if (scene == Scene::kLost) {
            ports_.pause.pause(wait);
            return std::optional<Frame>();
        }
        if (scene != Scene::kFrozen || jpeg_.empty()) {
            ASSAY_TRY(Image image, picture(scene, now - start_));
            add_noise(image);
            jpeg_ = encode_jpeg(image, kQuality);
        }
        return std::optional<Frame>(Frame{PixelFormat::kJpeg, kWidth, kHeight, jpeg_, now});
    }
    std::string identity() const override { return changed_ ? "script:other" : "script"; }

  private:
    Result<Image> picture(Scene scene, SteadyTime time) const {
        const auto index = static_cast<std::size_t>(time.count() * script_.fps / 1000);
        if (scene == Scene::kAbsent) {
            return empty_ ? empty_->picture(index) : drawn_wall();
        }
        if (scene == Scene::kCovered) {
            Image image = Image::make(kWidth, kHeight, 3);
            std::fill(image.pixels.begin(), image.pixels.end(), std::uint8_t{12});
            return image;
        }
        ASSAY_TRY(Image image, person_.picture(index));
        if (scene == Scene::kDark) {
            for (std::uint8_t& pixel : image.pixels) {
                pixel = static_cast<std::uint8_t>(pixel / 8);
            }
        }
        return scene == Scene::kMultiple ? side_by_side(image) : image;
    }
    void add_noise(Image& image) {
        if (script_.noise == 0) {
            return;
        }
        Bytes random(image.pixels.size());
        noise_.fill(random);
        const int span = 2 * script_.noise + 1;
        for (std::size_t i = 0; i < random.size(); ++i) {
            const int value = image.pixels[i] + random[i] % span - script_.noise;
            image.pixels[i] = static_cast<std::uint8_t>(std::clamp(value, 0, 255));
        }
    }

    Script script_;
    Film person_;
    std::optional<Film> empty_;
    SourcePorts ports_;
    SteadyTime start_;
    SteadyTime last_{-1000000};
    FakeRandom noise_;
    Bytes jpeg_;
    bool changed_ = false;
};

}  // namespace

Result<Script> Script::parse(std::string_view text) {
    Script script;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        if (!read_line(text.substr(0, end), script)) {
            return bad_line(number);
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    if (script.person.empty()) {
        return bad_line(0);
    }
    return script;
}

Scene Script::at(milliseconds time) const {
    for (const Cue& cue : cues) {
        if (time >= cue.from && time < cue.to) {
            return cue.scene;
        }
    }
    return Scene::kPerson;
}

Result<std::unique_ptr<FrameSource>> make_scripted(const Script& script, const SourcePorts& ports) {
    ASSAY_TRY(Film person, Film::load(ports.disk, script.person));
    std::optional<Film> empty;
    if (!script.empty.empty()) {
        ASSAY_TRY(empty, Film::load(ports.disk, script.empty));
    }
    return std::unique_ptr<FrameSource>(
        std::make_unique<ScriptSource>(script, std::move(person), std::move(empty), ports));
}

Result<std::unique_ptr<FrameSource>> open_script(const std::string& path,
                                                 const SourcePorts& ports) {
    ASSAY_TRY(const Bytes text, read_file(ports.disk, path, kScriptBytesMax));
    ASSAY_TRY(const Script script, Script::parse(as_text(text)));
    return make_scripted(script, ports);
}

}  // namespace assay::proctor
