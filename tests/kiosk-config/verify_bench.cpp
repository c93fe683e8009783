// All rows looked at in the copy of a machine that is a kiosk, beside reading the same files alone.
#include <array>
#include <fstream>

#include <benchmark/benchmark.h>

#include "kiosk-config/kiosk.h"
#include "tests/support/paths.h"

namespace assay::kiosk {
namespace {

Path files() { return test::repository() / "kiosk-config/files"; }

bool lies_in_files(StepKind kind) { return kind == StepKind::kFile || kind == StepKind::kDesk; }

/// What the steps need before they can be applied.
void prepare(const Path& root) {
    for (const Measure& measure : measures()) {
        for (const Step& step : measure.steps) {
            if (step.kind == StepKind::kProgram || step.kind == StepKind::kNoSwap) {
                std::filesystem::create_directories((root / step.path).parent_path());
                std::ofstream(root / step.path) << "";
            }
        }
    }
}

class Applied {
  public:
    Applied() : tree_((prepare(folder_.path()), folder_.path())), kiosk_(tree_, files()) {
        ASSAY_CHECK(kiosk_.apply(*Desk::parse("192.0.2.10:8443")).ok());
    }
    const Kiosk& kiosk() const { return kiosk_; }
    Path root() const { return folder_.path(); }

  private:
    test::TempFolder folder_;
    Tree tree_;
    Kiosk kiosk_;
};

void verify_of_the_tree(benchmark::State& state) {
    const Applied machine;
    for (auto _ : state) {
        const auto rows = machine.kiosk().verify();
        ASSAY_CHECK(rows.ok() && rows->size() == measures().size());
        benchmark::DoNotOptimize(rows);
    }
}

void read_of_the_same_files(benchmark::State& state) {
    const Applied machine;
    SystemDisk disk;
    for (auto _ : state) {
        for (const Measure& measure : measures()) {
            for (const Step& step : measure.steps) {
                const std::array sides{files() / step.path, machine.root() / step.path};
                for (const Path& side : sides) {
                    if (lies_in_files(step.kind)) {
                        benchmark::DoNotOptimize(read_file(disk, side, kConfigBytesMax));
                    }
                }
            }
        }
    }
}

BENCHMARK(verify_of_the_tree)->Unit(benchmark::kMicrosecond);
BENCHMARK(read_of_the_same_files)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace assay::kiosk
