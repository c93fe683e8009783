#include <cstdlib>

#include <gtest/gtest.h>

#include "tests/support/paths.h"

namespace assay::test {
namespace {

TEST(ServerProgram, PlansServesAndScoresASittingFromTheCommandLine) {
    const TempFolder folder;
    const std::string command =
        (repository() / "tests" / "server" / "cli" / "one-sitting").string() + " " +
        program("assay-server").parent_path().string() + " " + repository().string() + " " +
        folder.path().string();
    EXPECT_EQ(std::system(command.c_str()), 0);  // NOLINT(concurrency-mt-unsafe): one thread
}

TEST(ServerProgram, RunsUnderAServiceManagerAndComesBackFromABackup) {
    const TempFolder folder;
    const std::string command = (repository() / "tests" / "server" / "cli" / "operate").string() +
                                " " + program("assay-server").parent_path().string() + " " +
                                folder.path().string();
    EXPECT_EQ(std::system(command.c_str()), 0);  // NOLINT(concurrency-mt-unsafe): one thread
}

TEST(ServerProgram, HasItsLogCosignedByWitnesses) {
    const TempFolder folder;
    const std::string command = (repository() / "tests" / "server" / "cli" / "witnessed").string() +
                                " " + program("assay-server").parent_path().string() + " " +
                                folder.path().string();
    EXPECT_EQ(std::system(command.c_str()), 0);  // NOLINT(concurrency-mt-unsafe): one thread
}

}  // namespace
}  // namespace assay::test
