// Draws what a camera would see of a person who does not exist: the demo's camera film.
//   assay-draw-camera FILE [SECONDS] [CUES...]      a cue is FROM..TO=absent|covered|two
#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include "terminal/proctor/jpeg.h"
#include "tests/terminal/proctor/drawn_person.h"

namespace {

using namespace assay;
using namespace assay::proctor;

constexpr int kFps = 10;
constexpr int kSecondsMax = 3600;

struct Cue {
    int from = 0;
    int to = 0;
    std::string what;
};

bool read_cue(const char* text, Cue& cue) {
    char what[16] = {};
    if (std::sscanf(text, "%d..%d=%15s", &cue.from, &cue.to, what) != 3) {
        return false;
    }
    cue.what = what;
    return cue.what == "absent" || cue.what == "covered" || cue.what == "two";
}

Image draw(double seconds, const std::string& what) {
    Image image = Image::make(640, 480, 3);
    if (what == "covered") {
        return image;
    }
    test::draw_room(image);
    test::Pose pose = test::pose_at(seconds);
    if (what == "two") {
        test::Pose other = test::pose_at(seconds + 5);
        other.x += 170;
        other.size = pose.size = 70;
        pose.x -= 130;
        test::draw_person(image, other);
    }
    if (what != "absent") {
        test::draw_person(image, pose);
    }
    return image;
}

}  // namespace

int main(int argc, char** argv) {
    const int seconds = argc > 2 ? std::atoi(argv[2]) : 30;
    std::vector<Cue> cues(static_cast<std::size_t>(std::max(0, argc - 3)));
    bool good = argc >= 2 && seconds > 0 && seconds <= kSecondsMax;
    for (int i = 3; i < argc; ++i) {
        good = good && read_cue(argv[i], cues[static_cast<std::size_t>(i - 3)]);
    }
    if (!good) {
        std::fprintf(stderr, "usage: %s FILE [SECONDS] [FROM..TO=absent|covered|two]...\n",
                     argv[0]);
        return 2;
    }
    std::ofstream out(argv[1], std::ios::binary);
    FakeRandom random(7);
    for (int i = 0; i < seconds * kFps; ++i) {
        std::string what;
        for (const Cue& cue : cues) {
            what = i >= cue.from * kFps && i < cue.to * kFps ? cue.what : what;
        }
        Image image = draw(static_cast<double>(i) / kFps, what);
        test::add_noise(image, random, 3);
        const Bytes jpeg = encode_jpeg(image, 75);
        out.write(reinterpret_cast<const char*>(jpeg.data()),
                  static_cast<std::streamsize>(jpeg.size()));
    }
    return out.good() ? 0 : 1;
}
