#include "tests/terminal/proctor/campaign/films.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "terminal/proctor/file_source.h"
#include "terminal/proctor/film.h"
#include "terminal/proctor/jpeg.h"

namespace assay::proctor::campaign {
namespace {

struct Source {
    const char* person;
    const char* file;
};

constexpr Source kSources[] = {
    {"a", "clips/person_a_again.mkv"},   {"a", "clips/person_a_brother.mkv"},
    {"a", "clips/person_a_help.mkv"},    {"a", "clips/person_a_no.mkv"},
    {"a", "clips/person_a_student.mkv"}, {"a", "clips/person_a_yes.mkv"},
    {"b", "clips/person_b_book.mkv"},    {"b", "clips/person_b_learn.mkv"},
    {"b", "clips/person_b_school.mkv"},  {"b", "clips/person_b_walk.mkv"},
    {"c", "clips/center_focus.mp4"},     {"c", "clips/center_left_center.mp4"},
    {"d", "stills/obama_1.jpg"},         {"d", "stills/obama_2.jpg"},
    {"e", "stills/biden_1.jpg"},         {"e", "stills/biden_2.jpg"},
    {"f", "stills/astronaut.png"},
};

bool convert(const Path& from, const Path& to) {
    const std::string command = "ffmpeg -nostdin -v error -y -i '" + from.string() +
                                "' -vf 'fps=15,scale=640:480:force_original_aspect_ratio=decrease,"
                                "pad=640:480:-1:-1' -q:v 2 -pix_fmt yuvj420p -f mjpeg '" +
                                to.string() + "'";
    return std::system(command.c_str()) == 0;
}

void write_faces(Disk& disk, const Path& film, FaceDetector& detector) {
    const auto bytes = read_file(disk, film, kFilmBytesMax);
    std::ofstream out(film.string() + ".faces");
    if (!bytes.ok()) {
        return;
    }
    for (const Span& span : split_mjpeg(*bytes)) {
        const auto image = decode_jpeg(ByteView(*bytes).subspan(span.from, span.size), 640, 3);
        const auto faces = image.ok() ? detector.detect(*image) : std::vector<Face>();
        const Face* best = nullptr;
        for (const Face& face : faces) {
            best = best == nullptr || face.score > best->score ? &face : best;
        }
        if (best == nullptr) {
            out << "-\n";
            continue;
        }
        for (const Point& point : best->points) {
            out << point.x << ' ' << point.y << ' ';
        }
        out << '\n';
    }
}

}  // namespace

std::vector<Person> make_films(Disk& disk, const Path& vision, const Path& folder,
                               FaceDetector& detector) {
    std::vector<Person> people;
    int number = 0;
    for (const Source& source : kSources) {
        const Path film =
            folder / (std::string(source.person) + std::to_string(number++) + ".mjpeg");
        if (!convert(vision / source.file, film)) {
            return {};
        }
        write_faces(disk, film, detector);
        if (people.empty() || people.back().name != source.person) {
            const bool webcam = source.person[0] <= 'b';
            people.push_back({source.person, {}, webcam ? 190 : 100, source.person[0] <= 'c'});
        }
        people.back().films.push_back(film.string());
    }
    return people;
}

}  // namespace assay::proctor::campaign
