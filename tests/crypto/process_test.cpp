#include "crypto/process.h"

#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/resource.h>

namespace assay::crypto {

TEST(Process, KnowsTheAnswersOfEveryPrimitive) {
    const Status status = self_test();
    EXPECT_TRUE(status.ok()) << to_string(status.error());
}

TEST(Process, StartsOrWarnsAboutMemoryOnly) {
    const Status status = start_process();
    EXPECT_TRUE(status.ok() || status.error().code == Code::kUnavailable);
    // What holds keys is in no core file, and no process of the same person looks into it.
    rlimit cores{};
    ASSERT_EQ(::getrlimit(RLIMIT_CORE, &cores), 0);
    EXPECT_EQ(cores.rlim_cur, 0U);
    EXPECT_EQ(cores.rlim_max, 0U);
    EXPECT_EQ(::prctl(PR_GET_DUMPABLE), 0);
}

}  // namespace assay::crypto
