// assay-keys as a filter takes no more memory for a large file than for a small one.
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "tests/crypto/keys/keys_program.h"

namespace assay::keys {

namespace {

class KeysMemory : public KeysProgram {
  protected:
    /// KiB that `assay-keys decrypt` had in memory at most.
    long peak(const std::string& file) {
        const std::string program = test::program("assay-keys").string();
        const std::string identity = (folder_.path() / "identity").string();
        const std::string in = (folder_.path() / file).string();
        const pid_t child = ::fork();
        if (child == 0) {
            const int nothing = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
            ::dup2(nothing, STDOUT_FILENO);
            ::execl(program.c_str(), program.c_str(), "decrypt", "--identity", identity.c_str(),
                    "--in", in.c_str(), nullptr);
            ::_exit(127);
        }
        int status = 0;
        rusage usage{};
        EXPECT_EQ(::wait4(child, &status, 0, &usage), child);
        EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
        return usage.ru_maxrss;
    }
};

TEST_F(KeysMemory, DoesNotHangOnTheSizeOfTheFile) {
    make_ring("alice", "--age age");
    ASSERT_EQ(keys("ring export alice.keys --key age --out identity --pin-fd 3"), 0) << err_;
    const std::string encrypt = "encrypt --to " + key("alice", "age") + " --in ";
    ASSERT_EQ(shell("head -c 1000000 /dev/zero >small && head -c 200000000 /dev/zero >large"), 0);
    ASSERT_EQ(keys(encrypt + "small --out small.age"), 0) << err_;
    ASSERT_EQ(keys(encrypt + "large --out large.age"), 0) << err_;
    const long small = peak("small.age");
    const long large = peak("large.age");
    EXPECT_LE(large - small, 2048) << small << " and " << large << " KiB";
}

}  // namespace

}  // namespace assay::keys
