// assay-bank preview in a real Chromium: see preview.mjs, which prints a line a check.
#include <cstdlib>
#include <filesystem>

#include <gtest/gtest.h>

#include "tests/support/paths.h"

namespace assay::bank {
namespace {

TEST(PreviewInABrowser, ShowsTheSampleAndWhatResponsesCountFor) {
    if (!std::filesystem::exists("/usr/bin/chromium")) {
        GTEST_SKIP() << "no chromium here";
    }
    const auto repository = assay::test::repository();
    const char* shots = std::getenv("ASSAY_SCREENSHOTS");
    const std::string command =
        "node '" + (repository / "tests/question-bank/cli/preview.mjs").string() + "' '" +
        assay::test::program("assay-bank").string() + "' '" +
        (repository / "question-bank/sample").string() + "' " + (shots == nullptr ? "" : shots);
    EXPECT_EQ(std::system(command.c_str()), 0);  // NOLINT(concurrency-mt-unsafe): one thread
}

}  // namespace
}  // namespace assay::bank
