#include "crypto/base/escape.h"

#include <gtest/gtest.h>

namespace assay {
namespace {

TEST(Escaped, LeavesNothingThatEndsTextOrAnAttribute) {
    EXPECT_EQ(escaped("a<b>&\"'\n\t中"), "a&lt;b&gt;&amp;&quot;&#39;\n\t中");
    EXPECT_EQ(escaped(std::string_view("a\0b\r\x1f", 5)), "ab");
    EXPECT_EQ(escaped(""), "");
    std::string out = "kept<";
    append_escaped(out, "'");
    EXPECT_EQ(out, "kept<&#39;");
}

}  // namespace
}  // namespace assay
