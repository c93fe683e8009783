// The proctor's table: recall, onset and false alarms on scripted sessions in virtual time.
//   assay-proctor-campaign DATA recall COUNT SEED | benign HOURS SEED | faces
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <map>

#include "tests/support/paths.h"
#include "tests/terminal/proctor/campaign/session.h"

namespace {

using namespace assay;
using namespace assay::proctor;
using namespace assay::proctor::campaign;

struct Row {
    int played = 0;
    int found = 0;
    std::vector<double> onset_errors;
};

double median(std::vector<double> values) {
    if (values.empty()) {
        return NAN;
    }
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

std::string name_of(record::FindingCode code) { return std::string(record::word(code)); }

double seconds_of(milliseconds time) { return static_cast<double>(time.count()) / 1000; }

/// The finding that tells of it: raised while it lasted, or a little later.
const Raised* found(const Truth& truth, const Outcome& outcome) {
    for (const Raised& raised : outcome.raised) {
        const bool then =
            raised.raised >= truth.from && raised.raised <= truth.to + milliseconds(3000);
        if (raised.code == truth.code && then) {
            return &raised;
        }
    }
    return nullptr;
}

struct World {
    SystemDisk disk;
    test::TempFolder folder;
    std::unique_ptr<FaceDetector> detector;
    std::unique_ptr<FaceEmbedder> embedder;
    std::vector<Person> people;
    Models models() const { return {detector.get(), embedder.get()}; }
};

void run_recall(World& world, int count, std::uint64_t seed) {
    std::map<std::string, Row> rows;
    std::map<std::string, int> others;
    double played = 0;
    for (int i = 0; i < count; ++i) {
        const Plan plan = plan_with_everything(world.people, seed + static_cast<std::uint64_t>(i));
        const Outcome outcome = sit(plan, {world.disk, world.models(), {}});
        played += seconds_of(plan.length);
        std::vector<const Raised*> explained;
        for (const Truth& truth : plan.truths) {
            Row& row = rows[name_of(truth.code)];
            ++row.played;
            const Raised* raised = found(truth, outcome);
            if (raised == nullptr) {
                std::fprintf(stderr, "seed %d: %s missed at %.0f s\n", static_cast<int>(seed) + i,
                             name_of(truth.code).c_str(), seconds_of(truth.from));
                continue;
            }
            ++row.found;
            row.onset_errors.push_back(std::abs(seconds_of(raised->onset - truth.from)));
            explained.push_back(raised);
        }
        for (const Raised& raised : outcome.raised) {
            if (std::find(explained.begin(), explained.end(), &raised) == explained.end()) {
                ++others[name_of(raised.code)];
                std::fprintf(stderr, "seed %d: %s besides at %.1f..%.1f s, scene %d\n",
                             static_cast<int>(seed) + i, name_of(raised.code).c_str(),
                             seconds_of(raised.onset), seconds_of(raised.raised),
                             static_cast<int>(plan.script.at(raised.onset).scene));
            }
        }
        std::fprintf(stderr, "session %d of %d\n", i + 1, count);
    }
    std::printf("%-18s %7s %7s %7s %10s %8s\n", "kind", "played", "found", "recall", "onset err",
                "besides");
    for (const auto& [code, row] : rows) {
        std::printf("%-18s %7d %7d %6.0f%% %8.2f s %8d\n", code.c_str(), row.played, row.found,
                    100.0 * row.found / row.played, median(row.onset_errors), others[code]);
        others.erase(code);
    }
    for (const auto& [code, many] : others) {
        std::printf("%-18s besides %d\n", code.c_str(), many);
    }
    std::printf(
        "{\"campaign\":\"proctor-recall\",\"sessions\":%d,\"first_seed\":%llu,"
        "\"virtual_seconds\":%.0f}\n",
        count, static_cast<unsigned long long>(seed), played);
}

void run_benign(World& world, int hours, std::uint64_t seed) {
    std::map<std::string, int> raised_of;
    int medium = 0;
    int any = 0;
    int windows = 0;
    int flagged = 0;
    std::vector<double> medians;
    for (int i = 0; i < hours; ++i) {
        const Plan plan = plan_benign(world.people, seed + static_cast<std::uint64_t>(i), 3600);
        const Outcome outcome = sit(plan, {world.disk, world.models(), {}});
        for (const Raised& raised : outcome.raised) {
            ++raised_of[name_of(raised.code)];
            ++any;
            medium += raised.weight >= record::FindingWeight::kMedium ? 1 : 0;
            flagged += raised.code == record::FindingCode::kIdMismatch ? 1 : 0;
            const Cue cue = plan.script.at(raised.onset);
            std::fprintf(stderr, "seed %d: %s at %.1f..%.1f s, scene %d\n",
                         static_cast<int>(seed) + i, name_of(raised.code).c_str(),
                         seconds_of(raised.onset), seconds_of(raised.raised),
                         static_cast<int>(cue.scene));
        }
        windows += static_cast<int>(plan.length.count() / 60000);
        medians.insert(medians.end(), outcome.medians.begin(), outcome.medians.end());
        std::fprintf(stderr, "hour %d of %d: %llu s covered, %.1f MiB\n", i + 1, hours,
                     static_cast<unsigned long long>(outcome.covered_seconds),
                     static_cast<double>(outcome.used_bytes) / (1 << 20));
    }
    std::sort(medians.begin(), medians.end());
    std::printf(
        "false alarms in %d h: %d of any kind (%.2f an hour), %d of medium or more (%.2f)\n", hours,
        any, 1.0 * any / hours, medium, 1.0 * medium / hours);
    for (const auto& [code, many] : raised_of) {
        std::printf("  %s %d\n", code.c_str(), many);
    }
    std::printf(
        "the same person taken for another: %d in %d windows of a minute; least median "
        "cosine %.2f, 5th percentile %.2f\n",
        flagged, windows, medians.empty() ? NAN : medians.front(),
        medians.empty() ? NAN : medians[medians.size() / 20]);
    std::printf(
        "{\"campaign\":\"proctor-benign\",\"hours\":%d,\"first_seed\":%llu,\"any\":%d,"
        "\"medium\":%d,\"flagged\":%d,\"windows\":%d}\n",
        hours, static_cast<unsigned long long>(seed), any, medium, flagged, windows);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 5) {
        std::fprintf(stderr, "usage: %s DATA recall COUNT SEED | DATA benign HOURS SEED\n",
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
    const int count = std::atoi(argv[3]);
    const auto seed = static_cast<std::uint64_t>(std::atoll(argv[4]));
    if (std::string(argv[2]) == "benign") {
        run_benign(world, count, seed);
    } else {
        run_recall(world, count, seed);
    }
    return 0;
}
