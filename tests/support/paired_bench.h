#pragma once

#include <algorithm>
#include <chrono>
#include <vector>

#include <benchmark/benchmark.h>

namespace assay::test {

/// Runs ours and a reference in turns, so that both see the same machine, and leaves the median
/// time of each in the counters ours_ms and reference_ms. The benchmark uses manual time.
template <typename Ours, typename Reference>
void paired(benchmark::State& state, const Ours& ours, const Reference& reference) {
    const auto lap = [](const auto& work) {
        const auto from = std::chrono::steady_clock::now();
        work();
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - from).count();
    };
    const auto median = [](std::vector<double>& laps) {
        std::ranges::sort(laps);
        return laps.empty() ? 0 : laps[laps.size() / 2] * 1000;
    };
    std::vector<double> our_laps;
    std::vector<double> reference_laps;
    for (auto _ : state) {
        our_laps.push_back(lap(ours));
        reference_laps.push_back(lap(reference));
        state.SetIterationTime(our_laps.back());
    }
    state.counters["ours_ms"] = median(our_laps);
    state.counters["reference_ms"] = median(reference_laps);
}

}  // namespace assay::test
