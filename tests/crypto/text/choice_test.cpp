#include "crypto/text/choice.h"

#include <map>
#include <vector>

#include <gtest/gtest.h>

namespace assay::text {
namespace {

std::string chosen(const std::vector<const char*>& arguments,
                   const std::map<std::string, std::string>& variables = {},
                   std::string_view otherwise = "none") {
    return chosen_tag(
        arguments,
        [&](const char* name) {
            const auto found = variables.find(name);
            return found == variables.end() ? std::string() : found->second;
        },
        otherwise);
}

TEST(ChosenTag, TakesTheOptionBeforeTheEnvironment) {
    EXPECT_EQ(chosen({"p", "--language", "en"}, {{"LC_ALL", "zh_CN.UTF-8"}}), "en");
    EXPECT_EQ(chosen({"p", "list", "--language=zh-CN"}, {{"LC_ALL", "en"}}), "zh-CN");
}

TEST(ChosenTag, PassesOverALanguageThatNobodySpeaksHere) {
    EXPECT_EQ(chosen({"p", "--language", "xx"}, {{"LC_ALL", "zh_CN.UTF-8"}}), "zh_CN.UTF-8");
    for (const char* const known : {"zh", "zh-CN", "ZH_cn.UTF-8", "en", "en-GB"}) {
        EXPECT_TRUE(names_language(known)) << known;
    }
    for (const char* const other : {"", "xx", "zhx", "e", "english", "-en", "C"}) {
        EXPECT_FALSE(names_language(other)) << other;
    }
}

TEST(ChosenTag, TakesTheFirstVariableThatSaysSomething) {
    EXPECT_EQ(chosen({"p"}, {{"LC_ALL", "zh_CN"}, {"LANG", "en"}}), "zh_CN");
    EXPECT_EQ(chosen({"p"}, {{"LC_ALL", ""}, {"LC_MESSAGES", "de"}, {"LANG", "en"}}), "de");
    EXPECT_EQ(chosen({"p"}, {{"LC_ALL", "C.UTF-8"}, {"LANG", "zh_CN.UTF-8"}}), "zh_CN.UTF-8");
}

TEST(ChosenTag, IsTheOtherwiseWhereNobodyChose) {
    EXPECT_EQ(chosen({"p"}, {{"LANG", "POSIX"}}, "zh-CN"), "zh-CN");
    EXPECT_EQ(chosen({}), "none");
    EXPECT_EQ(chosen({"p", "--language"}), "none");  // the option without a value says nothing
    EXPECT_EQ(chosen({"p", "--languages", "x"}), "none");
}

}  // namespace
}  // namespace assay::text
