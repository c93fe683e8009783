#include "crypto/text/texts.h"

#include <cstdlib>

#include <gtest/gtest.h>

#include "tests/support/paths.h"

namespace assay::text {
namespace {

Texts shipped() {
    SystemDisk disk;
    const Path beside = locale_folder_beside(test::program("any"));
    return Texts::load(disk, beside).value();
}

TEST(Texts, SayAnErrorInTheLanguageOfTheCaller) {
    const Texts texts = shipped();
    const Error error = fail(Code::kInvalid, "base.hex.digit"_id, {{"position", "7"}});
    EXPECT_EQ(texts.say_error(Language::kEnglish, error),
              "error: The character at position 7 is not a lower-case hexadecimal digit.\n"
              "hint: Use only 0 to 9 and a to f.");
    EXPECT_EQ(texts.say_error(Language::kChinese, error),
              "错误：第 7 个位置的字符不是小写十六进制数字。\n"
              "提示：只能使用 0 到 9 和 a 到 f。");
}

/// What another program refused with `id`, as exchange.cpp hands it on.
Error relayed(const std::string& id) {
    return fail(Code::kRefused, "protocol.refused"_id, {{"reason", id}});
}

bool has_doubled_stop(const std::string& said) {
    for (const char* stop : {"。。", "？。", "！。", "：。", "!."}) {
        if (said.find(stop) != std::string::npos) {
            return true;
        }
    }
    return said.ends_with("..") && !said.ends_with("...");
}

TEST(Texts, SayARelayedRefusalWithOneStop) {
    SystemDisk disk;
    const Texts texts = shipped();
    const Path folder = locale_folder_beside(test::program("any"));
    for (const auto language : {Language::kChinese, Language::kEnglish}) {
        const char* const name = language == Language::kChinese ? "zh_CN" : "en";
        const auto all = load_catalogue(disk, folder, name);
        ASSERT_TRUE(all);
        for (const auto& [id, sentence] : all->sentences()) {
            if (id != "protocol.refused" && all->find(id + ".hint") != nullptr) {
                const Error refusal = relayed(id);
                EXPECT_EQ(texts.say(language, refusal.what), sentence);
                EXPECT_EQ(texts.hint(language, refusal), *all->find(id + ".hint"));
                EXPECT_FALSE(has_doubled_stop(texts.say_error(language, refusal))) << id;
            }
        }
    }
}

TEST(Texts, SayNoNextStepForARelayedReasonThatIsUnknownHere) {
    EXPECT_EQ(shipped().hint(Language::kEnglish, relayed("newer.program.reason")), "");
}

TEST(Texts, SayTheIdWhereThereIsNoSentence) {
    const Texts texts;
    const Error error = fail(Code::kIo, "base.disk.io"_id, {{"path", "/a"}});
    EXPECT_EQ(texts.say(Language::kChinese, error.what), "base.disk.io");
    EXPECT_EQ(texts.hint(Language::kChinese, error), "");
}

TEST(Texts, FailWhereTheFolderHoldsNoCatalogue) {
    SystemDisk disk;
    const test::TempFolder folder;
    EXPECT_EQ(Texts::load(disk, folder.path()).error().code, Code::kNotFound);
}

TEST(Fill, LeavesAnUnknownPlaceholderVisible) {
    EXPECT_EQ(fill("{a} and {b} and {", {{"a", "1"}}), "1 and {b} and {");
    EXPECT_EQ(fill("{{a}}", {{"a", "1"}}), "{1}");
    EXPECT_EQ(fill("", {}), "");
}

TEST(Fill, ChoosesTheWordThatGoesWithANumber) {
    EXPECT_EQ(fill("{n} {n|file|files}", {{"n", "1"}}), "1 file");
    EXPECT_EQ(fill("{n} {n|file|files}", {{"n", "0"}}), "0 files");
    EXPECT_EQ(fill("{m|file|files} {n|file}", {{"n", "1"}}), "{m|file|files} {n|file}");
}

TEST(Texts, SayAKindOfObjectInWords) {
    const Texts texts = shipped();
    const Error other = fail(Code::kInvalid, "record.statement.other-type"_id,
                             {{"object", "batch"}, {"found", "urn:assay:v1:key-list"}});
    EXPECT_EQ(texts.say(Language::kEnglish, other.what),
              "This file is something else: expected release batch, found key list.");
    EXPECT_EQ(texts.say(Language::kChinese, other.what), "这不是启封批次，而是密钥清单。");
}

TEST(Fill, NeverLooksInsideAnArgument) {
    EXPECT_EQ(fill("{a}{b}", {{"a", "{b}"}, {"b", "{a}"}}), "{b}{a}");
}

TEST(Language, IsChineseForEveryTagOfChinese) {
    for (const char* tag : {"zh", "zh-CN", "zh_CN.UTF-8", "ZH-Hans", "zh-TW"}) {
        EXPECT_EQ(language_from(tag), Language::kChinese) << tag;
    }
    for (const char* tag : {"", "z", "en", "en-GB", "C", "POSIX", "de"}) {
        EXPECT_EQ(language_from(tag), Language::kEnglish) << tag;
    }
    EXPECT_STREQ(language_tag(Language::kChinese), "zh-CN");
    EXPECT_STREQ(language_tag(Language::kEnglish), "en");
}

TEST(LocaleFolder, LiesBesideTheFolderOfTheExecutable) {
    EXPECT_EQ(locale_folder_beside("/opt/assay/bin/assay-bank"), Path("/opt/assay/share/locale"));
}

}  // namespace
}  // namespace assay::text
