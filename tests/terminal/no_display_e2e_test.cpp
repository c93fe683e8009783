#include <cstdlib>

#include <gtest/gtest.h>
#include <sys/wait.h>

#include "crypto/base/disk.h"
#include "tests/support/paths.h"

namespace assay::test {
namespace {

// The process that is kept must end with a code of its own: a crash would be started again.
TEST(Terminal, SaysOnceThatThereIsNoDisplayAndEnds) {
    const TempFolder folder;
    const Path said = folder.path() / "said";
    const std::string line = "env -u DISPLAY -u WAYLAND_DISPLAY timeout 30 " +
                             program("assay-terminal").string() + " --language en --folder " +
                             (folder.path() / "terminal").string() + " --desk 127.0.0.1:9 2> " +
                             said.string();
    const int status = std::system(line.c_str());  // NOLINT(concurrency-mt-unsafe): one thread
    ASSERT_TRUE(WIFEXITED(status));
    SystemDisk disk;
    const std::string text = to_string(read_file(disk, said, 65536).value());
    EXPECT_EQ(WEXITSTATUS(status), 17) << text;
    const std::string sentence = "error: There is no display to show a window on.";
    const std::size_t first = text.find(sentence);
    EXPECT_NE(first, std::string::npos) << text;
    EXPECT_EQ(text.find(sentence, first + 1), std::string::npos) << text;
    EXPECT_EQ(text.find("platform.keeper"), std::string::npos) << text;
    EXPECT_EQ(text.find("Gtk"), std::string::npos) << text;
}

}  // namespace
}  // namespace assay::test
