#include "terminal/proctor/watchdog.h"

#include <gtest/gtest.h>

#include "tests/support/local_listener.h"
#include "tests/support/paths.h"

namespace assay::proctor {
namespace {

TEST(Watchdog, TellsTheManagerThatTheProcessLives) {
    const test::TempFolder folder;
    const Path path = folder.path() / "notify";
    const test::LocalListener manager(path, SOCK_DGRAM);
    const auto watchdog = Watchdog::open(path.native());
    ASSERT_TRUE(watchdog.ok()) << to_string(watchdog.error());
    watchdog->alive();
    EXPECT_EQ(manager.datagram(), "WATCHDOG=1");
}

TEST(Watchdog, IsSilentWhereNobodyAsked) {
    const auto watchdog = Watchdog::open("");
    ASSERT_TRUE(watchdog.ok());
    watchdog->alive();
}

TEST(Watchdog, SaysSoWhereNobodyListens) {
    const test::TempFolder folder;
    EXPECT_EQ(Watchdog::open((folder.path() / "nobody").native()).error().code, Code::kUnavailable);
    EXPECT_EQ(Watchdog::open("@assay-nobody-listens-here").error().code, Code::kUnavailable);
    EXPECT_EQ(Watchdog::open(std::string(300, 'x')).error().code, Code::kUnavailable);
}

}  // namespace
}  // namespace assay::proctor
