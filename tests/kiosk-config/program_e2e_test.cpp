// The program as a technician calls it, on a copy of a tree.
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <sys/wait.h>

#include "tests/support/paths.h"

namespace assay {
namespace {

namespace fs = std::filesystem;

int run(const std::string& arguments, const fs::path& output) {
    const std::string command =
        test::program("assay-kiosk").string() + " " + arguments + " >" + output.string() + " 2>&1";
    return WEXITSTATUS(std::system(command.c_str()));
}

TEST(AssayKiosk, AppliesVerifiesAndRevertsACopyAndLeavesThisMachineAlone) {
    test::TempFolder folder;
    const fs::path root = folder.path() / "machine";
    const fs::path out = folder.path() / "out";
    fs::create_directories(root / "etc");
    const std::string there = " --root " + root.string();
    EXPECT_EQ(run("verify" + there, out), 20);
    EXPECT_EQ(run("apply --desk 192.0.2.10:8443" + there, out), 0);
    EXPECT_EQ(run("verify --json" + there, out), 20);  // no programs are installed there
    EXPECT_EQ(run("revert" + there, out), 0);
    EXPECT_TRUE(fs::is_empty(root / "etc"));
    EXPECT_EQ(run("revert" + there, out), 15);  // nothing left to put back
    EXPECT_EQ(run("verify --root " + (folder.path() / "nope").string(), out), 10);
    EXPECT_EQ(run("apply --desk nonsense" + there, out), 2);
    EXPECT_EQ(run("apply --desk 192.0.2.10:8443", out), 13);  // refused: this machine
    EXPECT_EQ(run("revert", out), 13);
    EXPECT_EQ(run("list --language zh-CN", out), 0);
}

}  // namespace
}  // namespace assay
