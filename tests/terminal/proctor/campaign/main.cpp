// The proctor's table: recall, onset and false alarms on scripted sessions in virtual time.
//   assay-proctor-campaign DATA play SESSIONS HOURS SEED: the last line is JSON, 1 where it fails
//   assay-proctor-campaign DATA trace SEED FROM TO [FOLDER]: what a session shows
#include <cstdio>
#include <cstdlib>

#include "tests/support/paths.h"
#include "tests/terminal/proctor/campaign/tally.h"
#include "tests/terminal/proctor/campaign/trace.h"

namespace {

using namespace assay;
using namespace assay::proctor;
using namespace assay::proctor::campaign;

constexpr std::uint64_t kBenignSeeds = 500;  ///< behind those of the sessions with events

struct World {
    SystemDisk disk;
    test::TempFolder folder;
    std::unique_ptr<FaceDetector> detector;
    std::unique_ptr<FaceEmbedder> embedder;
    std::vector<Person> people;
    Models models() const { return {detector.get(), embedder.get()}; }
};

/// Goals that do not hold.
int play(World& world, int sessions, int hours, std::uint64_t seed) {
    const Sitter sitter{world.disk, world.models(), {}};
    Recall recall;
    for (int i = 0; i < sessions; ++i) {
        const std::uint64_t own = seed + static_cast<std::uint64_t>(i);
        const Plan plan = plan_with_everything(world.people, own);
        recall.add(own, plan, sit(plan, sitter));
        std::fprintf(stderr, "session %d of %d\n", i + 1, sessions);
    }
    Benign benign;
    for (int i = 0; i < hours; ++i) {
        const std::uint64_t own = seed + kBenignSeeds + static_cast<std::uint64_t>(i);
        const Plan plan = plan_benign(world.people, own, 3600);
        benign.add(own, plan, sit(plan, sitter));
        std::fprintf(stderr, "hour %d of %d\n", i + 1, hours);
    }
    recall.print();
    benign.print();
    const int failed = recall.failed() + benign.failed();
    std::printf(
        "{\"campaign\":\"proctor\",\"sessions\":%d,\"first_seed\":%llu,\"kinds\":%s,"
        "\"benign\":%s,\"failed\":%d}\n",
        sessions, static_cast<unsigned long long>(seed), recall.json().c_str(),
        benign.json().c_str(), failed);
    return failed;
}

void run_trace(World& world, int argc, char** argv) {
    const auto seed = static_cast<std::uint64_t>(std::atoll(argv[3]));
    const int from = std::atoi(argv[4]);
    const int to = std::atoi(argv[5]);
    trace(plan_with_everything(world.people, seed), {world.disk, world.models(), {}},
          milliseconds(1000 * from), milliseconds(1000 * to), argc > 6 ? Path(argv[6]) : Path());
}

}  // namespace

int main(int argc, char** argv) {
    const std::string mode = argc > 2 ? argv[2] : "";
    if (argc < 6 || (mode != "play" && mode != "trace")) {
        std::fprintf(stderr,
                     "usage: %s DATA play SESSIONS HOURS SEED | DATA trace SEED FROM TO [FOLDER]\n",
                     argv[0]);
        return 2;
    }
    const Path vision = Path(argv[1]) / "vision";
    World world;
    auto detector = open_yunet(world.disk, vision / "models");
    auto embedder = open_mobileface(world.disk, vision / "models");
    if (!detector.ok() || !embedder.ok()) {
        std::fprintf(stderr, "no models in %s\n", vision.c_str());
        return 1;
    }
    world.detector = std::move(*detector);
    world.embedder = std::move(*embedder);
    world.people = make_films(world.disk, vision, world.folder.path(), *world.detector);
    if (world.people.empty()) {
        std::fprintf(stderr, "the clips could not be converted\n");
        return 1;
    }
    if (mode == "trace") {
        run_trace(world, argc, argv);
        return 0;
    }
    const int failed = play(world, std::atoi(argv[3]), std::atoi(argv[4]),
                            static_cast<std::uint64_t>(std::atoll(argv[5])));
    return failed == 0 ? 0 : 1;
}
