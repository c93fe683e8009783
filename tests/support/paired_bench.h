#pragma once

#include <algorithm>
#include <chrono>
#include <ctime>
#include <vector>

#include <benchmark/benchmark.h>

namespace assay::test {

/// Runs ours and a reference in turns, so that both see the same machine, and leaves the median
/// time of each in the counters ours_ms and reference_ms, and of this process's processor time in
/// ours_cpu_ms and reference_cpu_ms: what a loaded machine disturbs less, where neither waits. The
/// benchmark uses manual time.
template <typename Ours, typename Reference>
void paired(benchmark::State& state, const Ours& ours, const Reference& reference) {
    struct Laps {
        std::vector<double> wall;
        std::vector<double> processor;
    };
    const auto lap = [](const auto& work, Laps& laps) {
        const auto from = std::chrono::steady_clock::now();
        const std::clock_t began = std::clock();
        work();
        laps.processor.push_back(static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC);
        laps.wall.push_back(
            std::chrono::duration<double>(std::chrono::steady_clock::now() - from).count());
    };
    const auto median = [](std::vector<double>& laps) {
        std::ranges::sort(laps);
        return laps.empty() ? 0 : laps[laps.size() / 2] * 1000;
    };
    Laps our_laps;
    Laps reference_laps;
    for (auto _ : state) {
        lap(ours, our_laps);
        lap(reference, reference_laps);
        state.SetIterationTime(our_laps.wall.back());
    }
    state.counters["ours_ms"] = median(our_laps.wall);
    state.counters["reference_ms"] = median(reference_laps.wall);
    state.counters["ours_cpu_ms"] = median(our_laps.processor);
    state.counters["reference_cpu_ms"] = median(reference_laps.processor);
}

}  // namespace assay::test
