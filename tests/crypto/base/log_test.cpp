#include "crypto/base/log.h"

#include <gtest/gtest.h>

namespace assay {
namespace {

TEST(Log, KeepsAnEventOnOneLine) {
    std::string line;
    Log log = Log::to_function([&](const std::string& text) { line = text; });
    log.info("base.disk.full"_id, {{"path", "/a b\nc"}, {"cause", "x"}});
    EXPECT_EQ(line, "base.disk.full path=\"/a b?c\" cause=x");
    log.error(fail(Code::kFull, "base.disk.full"_id, {{"path", "p"}}));
    EXPECT_EQ(line, "base.disk.full code=full path=p");
}

}  // namespace
}  // namespace assay
