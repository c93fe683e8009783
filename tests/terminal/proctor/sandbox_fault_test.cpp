#include "terminal/proctor/sandbox.h"

#include <cerrno>
#include <csignal>
#include <functional>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace assay::proctor {
namespace {

/// What became of a forked process that closes the sandbox and then does this: the exit code that
/// it gave, or minus the signal that ended it.
int inside(const std::function<int()>& act) {
    const pid_t child = ::fork();
    if (child == 0) {
        const bool closed = limit_process().ok() && close_sandbox().ok();
        ::_exit(closed ? act() : 99);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

class Sandbox : public ::testing::Test {
  protected:
    void SetUp() override {
#ifdef __SANITIZE_ADDRESS__
        GTEST_SKIP() << "the sanitizer needs system calls and address space of its own";
#endif
    }
};

TEST_F(Sandbox, LetsACameraLoopRead) {
    EXPECT_EQ(inside([] {
                  char byte = 0;
                  const int file = ::open("/proc/self/stat", O_RDONLY);
                  return file >= 0 && ::read(file, &byte, 1) == 1 ? 0 : 1;
              }),
              0);
}

TEST_F(Sandbox, LetsNoFileBeMadeOrEmptied) {
    EXPECT_EQ(inside([] {
                  const int made = ::open("/tmp/assay-sandbox-test", O_RDWR | O_CREAT, 0600);
                  return made < 0 && errno == EPERM ? 0 : 1;
              }),
              0);
    EXPECT_EQ(inside([] { return ::open("/dev/null", O_WRONLY) < 0 && errno == EPERM ? 0 : 1; }),
              0);
    EXPECT_EQ(inside([] { return ::mkdir("/tmp/assay-sandbox-test", 0700) != 0 ? 0 : 1; }), 0);
}

TEST_F(Sandbox, EndsTheProcessThatReachesForTheNetworkOrAProgram) {
    EXPECT_EQ(inside([] { return ::socket(AF_INET, SOCK_STREAM, 0) < 0 ? 0 : 1; }), -SIGSYS);
    EXPECT_EQ(inside([] { return ::execl("/bin/true", "true", nullptr); }), -SIGSYS);
}

TEST_F(Sandbox, StartsNoProcess) {
    EXPECT_EQ(inside([] {
                  const pid_t child = ::fork();
                  if (child == 0) {
                      ::_exit(0);
                  }
                  return child < 0 && errno == EPERM ? 0 : 1;
              }),
              0);
}

}  // namespace
}  // namespace assay::proctor
