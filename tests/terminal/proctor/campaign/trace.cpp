#include "tests/terminal/proctor/campaign/trace.h"

#include <cstdio>
#include <fstream>

#include "terminal/proctor/script_source.h"

namespace assay::proctor::campaign {
namespace {

double seconds_of(milliseconds time) { return static_cast<double>(time.count()) / 1000; }

void print(milliseconds at, Scene scene, const Observation& seen) {
    std::printf("%8.2f scene %2d faces %d yaw %6.2f mean %5.1f dev %5.1f lap %6.1f change %5.2f",
                seconds_of(at), static_cast<int>(scene), seen.faces.value_or(-1),
                seen.yaw.value_or(9), seen.picture.mean, seen.picture.deviation,
                seen.picture.laplacian, seen.change);
    std::printf(" moved %d loop %d other %d\n", seen.moved ? static_cast<int>(*seen.moved) : -1,
                static_cast<int>(seen.loop.met.value_or(false)),
                static_cast<int>(seen.mismatch.met.value_or(false)));
}

void write_frame(const Path& folder, milliseconds at, const Frame& frame) {
    std::ofstream out(folder / (std::to_string(at.count()) + ".jpg"), std::ios::binary);
    out.write(reinterpret_cast<const char*>(frame.data.data()),
              static_cast<std::streamsize>(frame.data.size()));
}

}  // namespace

void trace(const Plan& plan, const Sitter& sitter, milliseconds from, milliseconds to,
           const Path& folder) {
    FakeClock clock;
    FakePause pause(clock);
    const SteadyTime start = clock.steady();
    auto source = make_scripted(plan.script, {clock, pause, sitter.disk});
    if (!source.ok()) {
        return;
    }
    Observer observer(sitter.models, true);
    Analysis analysis;
    while (clock.steady() - start < to) {
        const auto frame = (*source)->next(kAnalysisEvery);
        const SteadyTime now = clock.steady();
        const milliseconds at = now - start;
        if (!frame.ok() || !frame->has_value()) {
            clock.advance(milliseconds(10));
            continue;
        }
        const Observation seen = observer.observe(**frame, now, analysis.wants_last_pass(now));
        if (at >= from) {
            print(at, plan.script.at(at).scene, seen);
            if (!folder.empty()) {
                write_frame(folder, at, **frame);
            }
        }
        for (const Event& event : analysis.step(seen)) {
            std::printf("%8.2f %s %s onset %.2f\n", seconds_of(at),
                        std::string(record::word(event.code)).c_str(),
                        std::string(record::word(event.phase)).c_str(),
                        seconds_of(event.onset - start));
        }
    }
}

}  // namespace assay::proctor::campaign
