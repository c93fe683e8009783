#include "terminal/platform/local_socket.h"

#include <fstream>

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/support/local_listener.h"
#include "tests/support/paths.h"

namespace assay::platform {
namespace {

TEST(LocalSocket, ReachesWhoeverListens) {
    const test::TempFolder folder;
    const Path path = folder.path() / "s";
    EXPECT_FALSE(is_local_socket(path));
    const test::LocalListener listener(path, SOCK_STREAM);
    EXPECT_TRUE(is_local_socket(path));
    const auto mine = connect_local(path);
    ASSERT_TRUE(mine.ok()) << to_string(mine.error());
    const int theirs = listener.accept();
    EXPECT_EQ(::write(*mine, "x", 1), 1);
    char got = 0;
    EXPECT_EQ(::read(theirs, &got, 1), 1);
    EXPECT_EQ(got, 'x');
    ::close(theirs);
    ::close(*mine);
}

TEST(LocalSocket, SaysSoWhereNobodyListens) {
    const test::TempFolder folder;
    const Path path = folder.path() / "s";
    {
        const test::LocalListener gone(path, SOCK_STREAM);
    }
    EXPECT_TRUE(is_local_socket(path)) << "the name outlives who listened";
    EXPECT_EQ(connect_local(path).error().code, Code::kUnavailable);
    EXPECT_EQ(connect_local(folder.path() / std::string(200, 'x')).error().code,
              Code::kUnavailable);
}

TEST(LocalSocket, TakesNoFileForASocket) {
    const test::TempFolder folder;
    std::ofstream(folder.path() / "file") << "x";
    EXPECT_FALSE(is_local_socket(folder.path() / "file"));
    EXPECT_FALSE(is_local_socket(folder.path()));
    EXPECT_FALSE(is_local_socket({}));
}

}  // namespace
}  // namespace assay::platform
