#pragma once

#include <cstdint>

#include "crypto/base/fake_disk.h"
#include "tests/support/campaign.h"

namespace assay::sitting::test {

/// The seeds of a random test: ASSAY_COUNT says how many, ASSAY_SEED where they begin (and, alone,
/// runs one). A failure prints its seed.
struct Seeds {
    std::uint64_t first = 0;
    std::uint64_t count = 0;
};

using assay::test::number_from;

inline Seeds seeds(std::uint64_t count) {
    const std::uint64_t first = number_from("ASSAY_SEED", UINT64_MAX);
    return first == UINT64_MAX ? Seeds{0, number_from("ASSAY_COUNT", count)}
                               : Seeds{first, number_from("ASSAY_COUNT", 1)};
}

/// How a program under test syncs: the two wrong ways must be found.
enum class Sync { kTrue, kNone, kSwapped };

inline void spoil(FakeDisk& disk, Sync sync) {
    disk.ignore_syncs(sync == Sync::kNone);
    disk.swap_syncs(sync == Sync::kSwapped);
    disk.tear_sectors(true);
}

}  // namespace assay::sitting::test
