#include "question-bank/render/style.h"

#include <gtest/gtest.h>

namespace assay::render {
namespace {

TEST(Style, KeepsPlainDeclarationsOfKnownProperties) {
    EXPECT_EQ(safe_style(" Text-Align : CENTER ; width:50%;color:#FF0000"),
              "text-align:center;width:50%;color:#ff0000");
    EXPECT_EQ(safe_style("text-emphasis: filled dot; margin: 0 -1.5em"),
              "text-emphasis:filled dot;margin:0 -1.5em");
}

TEST(Style, DropsEverythingElse) {
    for (const char* css :
         {"", ";;", "color", ":red", "position:fixed", "background:url(x)", "width:expression(1)",
          "color:\"red\"", "color:var(--x)", "behavior:url(x)", "content:'x'", "color:\\72 ed",
          "@import 'x'", "color:red}body{color:blue", "-moz-binding:url(x)", "color:/**/red",
          "display:none", "opacity:0", "font-family:x"}) {
        EXPECT_EQ(safe_style(css), "") << css;
    }
}

TEST(Style, LooksOnlyAtItsLimit) {
    EXPECT_EQ(safe_style(std::string(kStyleBytesMax, ' ') + ";color:red"), "");
}

}  // namespace
}  // namespace assay::render
