#include "terminal/proctor/script.h"

#include <array>
#include <charconv>
#include <cmath>

namespace assay::proctor {
namespace {

constexpr std::array<std::pair<std::string_view, Scene>, 19> kScenes = {{
    {"person", Scene::kPerson},   {"absent", Scene::kAbsent},   {"multiple", Scene::kMultiple},
    {"pass", Scene::kPass},       {"other", Scene::kOther},     {"away", Scene::kAway},
    {"covered", Scene::kCovered}, {"dark", Scene::kDark},       {"moved", Scene::kMoved},
    {"frozen", Scene::kFrozen},   {"loop", Scene::kLoop},       {"still", Scene::kStill},
    {"lost", Scene::kLost},       {"changed", Scene::kChanged}, {"drink", Scene::kDrink},
    {"chin", Scene::kChin},       {"up", Scene::kUp},           {"stretch", Scene::kStretch},
    {"light", Scene::kLight},
}};
constexpr double kSecondsMax = 86400;
constexpr std::size_t kFilmsMax = 32;

Error bad_line(std::size_t line) {
    return fail(Code::kInvalid, "proctor.script.line"_id, {{"line", std::to_string(line)}});
}

template <typename T>
bool read_number(std::string_view text, T& out, T min, T max) {
    const auto [stop, failed] = std::from_chars(text.data(), text.data() + text.size(), out);
    return failed == std::errc() && stop == text.data() + text.size() && out >= min && out <= max;
}

bool read_time(std::string_view text, milliseconds& out) {
    double seconds = 0;
    if (!read_number(text, seconds, 0.0, kSecondsMax)) {
        return false;
    }
    out = milliseconds(std::llround(seconds * 1000));
    return true;
}

/// Up to the space; `text` becomes what is behind it.
std::string_view next_word(std::string_view& text) {
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(word.size() + 1, text.size()));
    return word;
}

/// "t=60..80 absent"
bool read_cue(std::string_view line, Script& script) {
    std::string_view span = next_word(line);
    const std::size_t dots = span.find("..");
    Cue cue;
    if (dots == std::string_view::npos || !read_time(span.substr(2, dots - 2), cue.from) ||
        !read_time(span.substr(dots + 2), cue.to) || cue.from >= cue.to) {
        return false;
    }
    const std::string_view name = next_word(line);
    if (!line.empty() && !read_number(line, cue.amount, -1000, 1000)) {
        return false;
    }
    for (const auto& [word, scene] : kScenes) {
        if (word == name) {
            cue.scene = scene;
            script.cues.push_back(cue);
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
    const std::string_view word = next_word(line);
    if (line.empty()) {
        return false;
    }
    if (word == "person" || word == "other") {
        auto& films = word == "person" ? script.person : script.other;
        films.emplace_back(line);
        return films.size() <= kFilmsMax;
    }
    if (word == "empty") {
        script.empty = std::string(line);
        return true;
    }
    constexpr std::array<std::tuple<std::string_view, int Script::*, int, int>, 5> kNumbers = {{
        {"fps", &Script::fps, 1, 120},
        {"film-fps", &Script::film_fps, 1, 120},
        {"zoom", &Script::zoom, 100, 400},
        {"noise", &Script::noise, 0, 64},
        {"quality", &Script::quality, 20, 100},
    }};
    for (const auto& [name, member, min, max] : kNumbers) {
        if (word == name) {
            return read_number(line, script.*member, min, max);
        }
    }
    return word == "seed" &&
           read_number(line, script.seed, std::uint64_t{0}, std::uint64_t{1} << 62U);
}

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

Cue Script::at(milliseconds time) const {
    for (const Cue& cue : cues) {
        if (time >= cue.from && time < cue.to) {
            return cue;
        }
    }
    return {};
}

}  // namespace assay::proctor
