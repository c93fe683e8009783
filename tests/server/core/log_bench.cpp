// Leaves made durable in the central log, a batch at a time, beside hashing the same leaves.
#include <benchmark/benchmark.h>

#include "crypto/random.h"
#include "server/core/central_log.h"
#include "tests/support/paired_bench.h"
#include "tests/support/paths.h"

namespace assay::server_core {
namespace {

constexpr std::size_t kLeafBytes = 1'024;

void append_durable(benchmark::State& state) {
    const test::TempFolder folder;
    SystemDisk disk;
    crypto::SystemRandom random;
    const auto log = CentralLog::open(folder.path() / "log", "assay-log/bench",
                                      crypto::SigningKey::generate(random), disk)
                         .value();
    const auto count = static_cast<std::size_t>(state.range(0));
    std::vector<Bytes> leaves(count, Bytes(kLeafBytes));
    for (Bytes& leaf : leaves) {
        random.fill(leaf);
    }
    const std::vector<ByteView> views(leaves.begin(), leaves.end());
    test::paired(
        state, [&] { ASSAY_CHECK(log->append(views).ok()); },
        [&] {
            for (const ByteView leaf : views) {
                benchmark::DoNotOptimize(tlog::leaf_hash(leaf));
            }
        });
}
BENCHMARK(append_durable)->Arg(256)->Arg(1'024)->Arg(4'096)->UseManualTime();

}  // namespace
}  // namespace assay::server_core
