// A slice of the campaign (scripts/soak proctor) on the shared clips: one session with every kind
// of event, whose misses would be no chance.
#include <filesystem>

#include <gtest/gtest.h>

#include "tests/support/paths.h"
#include "tests/terminal/proctor/campaign/tally.h"

namespace assay::proctor {
namespace {

constexpr std::uint64_t kSeed = 3;
constexpr std::size_t kMissesMax = 1;
constexpr int kBesidesMax = 1;

TEST(CampaignConformance, FindsTheEventsOfASessionAndFewOthers) {
    const auto data = test::conformance_data();
    if (!data || !std::filesystem::exists(*data / "vision/clips")) {
        GTEST_SKIP() << test::conformance_skip_reason();
    }
    const Path vision = *data / "vision";
    SystemDisk disk;
    test::TempFolder folder;
    const auto detector = open_yunet(disk, vision / "models");
    const auto embedder = open_mobileface(disk, vision / "models");
    ASSERT_TRUE(detector.ok() && embedder.ok());
    const auto people = campaign::make_films(disk, vision, folder.path(), **detector);
    ASSERT_FALSE(people.empty());
    const campaign::Plan plan = campaign::plan_with_everything(people, kSeed);
    const campaign::Outcome outcome =
        campaign::sit(plan, {disk, {detector->get(), embedder->get()}, {}});
    EXPECT_TRUE(outcome.ordered);
    campaign::Recall recall;
    recall.add(kSeed, plan, outcome);
    std::size_t missed = 0;
    for (const auto& [name, row] : recall.rows()) {
        missed += row.found < row.played ? 1 : 0;
    }
    EXPECT_LE(missed, kMissesMax);
    EXPECT_LE(recall.besides(), kBesidesMax);
}

}  // namespace
}  // namespace assay::proctor
