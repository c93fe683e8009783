// A leaf appended to a log in memory beside the two hashes that no log can do without.
#include <benchmark/benchmark.h>

#include "crypto/base/fake_disk.h"
#include "crypto/base/random.h"
#include "crypto/tlog/log.h"
#include "tests/support/paired_bench.h"

namespace assay::tlog {

namespace {

/// Leaves a lap: long enough to time.
constexpr int kLeaves = 1000;

void Append(benchmark::State& state) {
    FakeRandom random(1);
    FakeDisk disk;
    Log log = Log::open("/log", "log.example", crypto::SigningKey::generate(random), disk).value();
    const Bytes payload(1024, 7);
    Digest left = leaf_hash(payload);
    bool good = true;
    test::paired(
        state,
        [&] {
            for (int i = 0; i < kLeaves; ++i) {
                good = log.append(payload).ok() && good;
            }
            // In memory: the batch is dropped where a program would commit it.
            if (log.pending() + kLeaves > kPendingLeavesMax / 2) {
                log.discard();
            }
        },
        [&] {
            for (int i = 0; i < kLeaves; ++i) {
                left = node_hash(left, leaf_hash(payload));
            }
            benchmark::DoNotOptimize(left);
        });
    if (!good) {
        state.SkipWithError("the log refused a leaf");
    }
}
BENCHMARK(Append)->UseManualTime();

}  // namespace

}  // namespace assay::tlog
