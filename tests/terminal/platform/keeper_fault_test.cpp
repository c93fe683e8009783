#include "terminal/platform/keeper.h"

#include <csignal>
#include <filesystem>
#include <thread>

#include <gtest/gtest.h>
#include <unistd.h>

#include "crypto/random.h"
#include "tests/support/paths.h"

namespace assay::platform {
namespace {

/// The program that plays the kept process: tests/support/kept_part_main.cpp.
KeeperSettings played_part() {
    KeeperSettings settings;
    settings.program = test::program("assay-kept-part");
    return settings;
}

TEST(Keeper, HandsTheKeyToTheNextLifeWithinASecond) {
    const SystemClock clock;
    std::vector<std::string> lines;
    Log log = Log::to_function([&](const std::string& line) { lines.push_back(line); });
    const SteadyTime begun = clock.steady();
    const auto ended = Keeper(played_part(), clock, log).run();
    ASSERT_TRUE(ended.ok());
    EXPECT_EQ(*ended, 0);
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(lines[0], "platform.keeper.restart signal=9");
    EXPECT_LT(clock.steady() - begun, SteadyTime(10000));
}

TEST(Keeper, ReturnsTheExitCodeOfAProgramThatEndsByItself) {
    const SystemClock clock;
    Log log = Log::to_function([](const std::string&) {});
    EXPECT_EQ(*Keeper({"/bin/sh", {"-c", "exit 7"}}, clock, log).run(), 7);
}

TEST(Keeper, GivesUpOnAProgramThatCrashesAtOnceAgainAndAgain) {
    const SystemClock clock;
    Log log = Log::to_function([](const std::string&) {});
    KeeperSettings settings{"/bin/sh", {"-c", "kill -9 $$"}};
    settings.restart_after = settings.restart_after_max = std::chrono::milliseconds(1);
    settings.quick_crashes_max = 3;
    EXPECT_FALSE(Keeper(settings, clock, log).run().ok());
}

TEST(Keeper, EndsWithItsProgramWhenToldTo) {
    // As a library's threads are: older than the keeper, with no signal blocked.
    const std::jthread other([](const std::stop_token& over) {
        while (!over.stop_requested()) {
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
    });
    const SystemClock clock;
    Log log = Log::to_function([](const std::string&) {});
    const int us = ::getpid();
    KeeperSettings settings{"/bin/sh",
                            {"-c", "kill -TERM " + std::to_string(us) + "; exec sleep 30"}};
    const SteadyTime begun = clock.steady();
    const auto ended = Keeper(settings, clock, log).run();
    ASSERT_TRUE(ended.ok());
    EXPECT_EQ(*ended, 128 + SIGTERM);
    EXPECT_LT(clock.steady() - begun, SteadyTime(5000));
}

TEST(KeptKey, SaysSoWithoutAKeeper) { EXPECT_FALSE(KeptKey::connect(999).ok()); }

}  // namespace
}  // namespace assay::platform
