// What the camera program costs, for scripts/bench proctor: prints JSON with figures by name.
//   assay-proctor-figures MODELS PROGRAM           all of them
//   assay-proctor-figures MODELS PROGRAM hold S    only lets the program watch for S seconds
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <optional>
#include <thread>

#include <sys/resource.h>
#include <unistd.h>

#include "crypto/age.h"
#include "crypto/random.h"
#include "terminal/platform/proctor_process.h"
#include "terminal/proctor/jpeg.h"
#include "terminal/proctor/watch.h"
#include "tests/support/paths.h"
#include "tests/terminal/proctor/drawn_person.h"

namespace {

using namespace assay;
using namespace assay::proctor;
using std::chrono::seconds;

constexpr int kFps = 15;
constexpr int kFilmSeconds = 4;
constexpr seconds kProcessWatched{
    45};  ///< the loop of the film is a finding; its clip is over then
constexpr seconds kEmptyLoop{20};
constexpr int kAnalyses = 2000;
constexpr seconds kVirtual{3 * 3600};

/// A drawn person; in its last quarter nobody, if wanted.
Path draw_film(const Path& folder, bool leaves) {
    const Path path = folder / (leaves ? "leaves.mjpeg" : "sits.mjpeg");
    std::ofstream out(path, std::ios::binary);
    FakeRandom random(1);
    for (int i = 0; i < kFps * kFilmSeconds; ++i) {
        Image image = Image::make(640, 480, 3);
        test::draw_room(image);
        if (!leaves || i < kFps * kFilmSeconds * 3 / 4) {
            test::draw_person(image, test::pose_at(i * 1.0 / kFps));
        }
        test::add_noise(image, random, 3);
        const Bytes jpeg = encode_jpeg(image, 85);
        out.write(reinterpret_cast<const char*>(jpeg.data()),
                  static_cast<std::streamsize>(jpeg.size()));
    }
    return path;
}

std::string looped(const Path& film, int fps) {
    return "mjpeg:" + film.string() + "?fps=" + std::to_string(fps) + "&loop=1";
}

struct World {
    SystemDisk disk;
    SystemClock clock;
    SystemPause pause;
    crypto::SystemRandom random;
    crypto::AgeIdentity identity = crypto::AgeIdentity::generate(random);
    test::TempFolder folder;
    std::string models;
    std::string program;
    Path film = draw_film(folder.path(), false);

    record::ProctorPolicy policy() const {
        record::ProctorPolicy out;
        out.camera = record::CameraPolicy::kRequired;
        out.identity = true;
        out.source = looped(film, kFps);
        out.models = models;
        out.recipient = identity.recipient().text();
        return out;
    }
};

/// The real process on a film, until the time is over. Its last word about itself.
record::ProctorHealth watch_process(World& world, seconds length) {
    platform::ProctorSettings settings;
    settings.program = world.program;
    settings.policy = world.policy();
    platform::ProctorProcess process(settings, world.clock);
    record::ProctorHealth last;
    for (const SteadyTime end = world.clock.steady() + length; world.clock.steady() < end;) {
        for (const record::ProctorMessage& message : process.drain()) {
            const auto* health = std::get_if<record::ProctorHealth>(&message);
            last = health != nullptr ? *health : last;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    return last;
}

double cpu_seconds() {
    rusage spent{};
    ::getrusage(RUSAGE_SELF, &spent);
    const auto of = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
    };
    return of(spent.ru_utime) + of(spent.ru_stime);
}

/// Percent of a core: takes every frame, decodes four a second as the analysis does, looks at none.
double empty_loop(World& world) {
    auto source = open_source(looped(world.film, kFps), {world.clock, world.pause, world.disk});
    if (!source.ok()) {
        return 0;
    }
    const double before = cpu_seconds();
    const SteadyTime begun = world.clock.steady();
    SteadyTime next = begun;
    while (world.clock.steady() - begun < kEmptyLoop) {
        const auto frame = (*source)->next(milliseconds(50));
        if (frame.ok() && frame->has_value() && world.clock.steady() >= next) {
            next += kAnalysisEvery;
            static_cast<void>(to_image(**frame, kFirstPassWidth, 1).ok());
            static_cast<void>(to_image(**frame, kFirstPassWidth, 3).ok());
        }
    }
    return 100 * (cpu_seconds() - before) / static_cast<double>(kEmptyLoop.count());
}

struct OwnedModels {
    std::unique_ptr<FaceDetector> detector;
    std::unique_ptr<FaceEmbedder> embedder;
    Models models() const { return {detector.get(), embedder.get()}; }
};

std::optional<OwnedModels> open_models(World& world) {
    auto detector = open_yunet(world.disk, world.models);
    auto embedder = open_mobileface(world.disk, world.models);
    if (!detector.ok() || !embedder.ok()) {
        return std::nullopt;
    }
    return OwnedModels{std::move(*detector), std::move(*embedder)};
}

/// Milliseconds, 99 of 100: with samples of identity, and spells in which all passes look in vain.
double analysis_p99(World& world, const Models& models) {
    FakeClock clock;
    FakePause pause(clock);
    const Path film = draw_film(world.folder.path(), true);
    auto source = open_source(looped(film, 1), {clock, pause, world.disk});
    Observer observer(models, true);
    Analysis analysis;
    std::vector<double> took;
    while (source.ok() && took.size() < kAnalyses) {
        clock.advance(kAnalysisEvery);
        const auto frame = (*source)->next(kAnalysisEvery);
        if (!frame.ok() || !frame->has_value()) {
            continue;
        }
        const auto before = std::chrono::steady_clock::now();
        const SteadyTime now = clock.steady();
        static_cast<void>(
            analysis.step(observer.observe(**frame, now, analysis.wants_last_pass(now))));
        took.push_back(
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - before)
                .count());
    }
    std::sort(took.begin(), took.end());
    return took.empty() ? 0 : took[took.size() * 99 / 100];
}

double resident_mib() {
    std::ifstream statm("/proc/self/statm");
    double whole = 0;
    double resident = 0;
    statm >> whole >> resident;
    return resident * static_cast<double>(::sysconf(_SC_PAGESIZE)) / (1 << 20);
}

struct Long {
    double growth_mib = 0;  ///< from the end of the first hour to that of the third
    double store_mib = 0;
};

/// Three hours of virtual time with real sealing.
Long three_hours(World& world, const Models& models) {
    FakeClock clock;
    FakePause pause(clock);
    std::uint64_t stored = 0;
    WatchPorts ports{clock,
                     [&] { return open_source(looped(world.film, 5), {clock, pause, world.disk}); },
                     models,
                     [&](ByteView plain) {
                         return crypto::age_encrypt(world.random, plain,
                                                    world.identity.recipient());
                     },
                     [] { return Usage{}; },
                     [&](const record::ProctorMessage& message) {
                         const auto* segment = std::get_if<record::ProctorSegment>(&message);
                         stored += segment != nullptr ? segment->sealed.size() : 0;
                     }};
    Watch watch(world.policy(), {}, std::move(ports));
    watch.start();
    const SteadyTime begun = clock.steady();
    double first_hour = 0;
    while (clock.steady() - begun < kVirtual) {
        watch.tick(milliseconds(200));
        clock.advance(milliseconds(5));
        if (first_hour == 0 && clock.steady() - begun >= kVirtual / 3) {
            first_hour = resident_mib();
        }
    }
    watch.finish();
    return {resident_mib() - first_hour, static_cast<double>(stored) / (1 << 20)};
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3 && argc != 5) {
        std::fprintf(stderr, "usage: %s MODELS PROGRAM [hold SECONDS]\n", argv[0]);
        return 2;
    }
    World world;
    world.models = argv[1];
    world.program = argv[2];
    if (argc == 5) {
        watch_process(world, seconds(std::atoi(argv[4])));
        return 0;
    }
    const auto models = open_models(world);
    if (!models) {
        std::fprintf(stderr, "error: no models in %s\n", argv[1]);
        return 1;
    }
    const record::ProctorHealth health = watch_process(world, kProcessWatched);
    std::fprintf(stderr, "process: %u permille of a core, %u KiB, %u analyses a minute\n",
                 health.cpu_permille, health.resident_kib, health.frames_per_minute);
    const double empty = empty_loop(world);
    std::fprintf(stderr, "empty loop: %.2f %% of a core\n", empty);
    const double p99 = analysis_p99(world, models->models());
    std::fprintf(stderr, "one analysis, 99 of 100: %.2f ms\n", p99);
    const Long hours = three_hours(world, models->models());
    std::printf(
        "{\"cpu_percent\": %.2f, \"empty_percent\": %.2f, \"resident_mib\": %.1f, \"p99_ms\": "
        "%.2f, "
        "\"growth_mib\": %.2f, \"store_mib\": %.1f}\n",
        health.cpu_permille / 10.0, empty, health.resident_kib / 1024.0, p99, hours.growth_mib,
        hours.store_mib);
    return 0;
}
