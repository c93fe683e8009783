#include "crypto/process.h"

#include <gtest/gtest.h>

namespace assay::crypto {

TEST(Process, KnowsTheAnswersOfEveryPrimitive) {
    const Status status = self_test();
    EXPECT_TRUE(status.ok()) << to_string(status.error());
}

TEST(Process, StartsOrWarnsAboutMemoryOnly) {
    const Status status = start_process();
    EXPECT_TRUE(status.ok() || status.error().code == Code::kUnavailable);
}

}  // namespace assay::crypto
