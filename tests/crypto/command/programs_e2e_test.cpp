// What is the same in every program of the house: --help, --version, --language, complaints.
#include <algorithm>
#include <array>

#include <gtest/gtest.h>
#include <unistd.h>

#include "crypto/command/version.h"
#include "tests/support/paths.h"
#include "tests/support/shell.h"

namespace assay {
namespace {

using test::Ended;

class EveryProgram : public testing::TestWithParam<const char*> {
  protected:
    Ended run(const std::string& arguments, const std::string& environment = "LC_ALL=C") const {
        return test::shell("cd " + folder_.path().string() + " && env " + environment + " " +
                           test::program(GetParam()).string() + " " + arguments);
    }
    test::TempFolder folder_;
};

TEST_P(EveryProgram, ShowsItsHelpInTheLanguageThatWasChosen) {
    const Ended english = run("--help --language en");
    EXPECT_EQ(english.code, 0);
    EXPECT_NE(english.out.find("Usage: "), std::string::npos) << english.out;
    EXPECT_NE(english.out.find("--language"), std::string::npos) << english.out;
    for (const Ended& chinese :
         {run("--help --language zh-CN"), run("--help", "-u LC_ALL LANG=zh_CN.UTF-8"),
          run("--help", "LC_ALL=zh_CN.UTF-8 LANG=en_US.UTF-8")}) {
        EXPECT_EQ(chinese.code, 0);
        EXPECT_NE(chinese.out.find("用法"), std::string::npos) << chinese.out;
        EXPECT_EQ(chinese.out.find("show this help"), std::string::npos) << chinese.out;
    }
}

TEST_P(EveryProgram, SaysItsVersion) {
    const Ended said = run("--version");
    EXPECT_EQ(said.code, 0);
    EXPECT_EQ(said.out, std::string(GetParam()) + " " + command::version() + "\n");
}

TEST_P(EveryProgram, SaysThatMemoryCannotBeLockedAndGoesOn) {
    // Root locks what it likes until the right to do so is taken away.
    const std::string poor = "setpriv --bounding-set -ipc_lock ";
    const bool root = ::getuid() == 0;
    if (root && test::shell(poor + "true").code != 0) {
        GTEST_SKIP() << "setpriv cannot take the right to lock memory away here";
    }
    for (const auto& [language, warning] :
         {std::array{"en", "warning: "}, std::array{"zh-CN", "警告："}}) {
        const Ended told = test::shell((root ? poor : "") + "sh -c 'ulimit -l 0; exec " +
                                       test::program(GetParam()).string() +
                                       " --version --language " + language + "'");
        EXPECT_EQ(told.code, 0);
        EXPECT_EQ(told.err.find(warning), 0U) << told.err;
        EXPECT_NE(told.err.find("crypto.process.memory-lock"), std::string::npos) << told.err;
    }
}

TEST_P(EveryProgram, ComplainsOfAnUnknownWordWithANextStepAndALogLine) {
    for (const auto& [language, error, hint] :
         {std::array{"en", "error: ", "hint: "}, std::array{"zh-CN", "错误：", "提示："}}) {
        const Ended told = run(std::string("--language ") + language + " --no-such-word");
        EXPECT_EQ(told.code, 2);
        EXPECT_EQ(told.out, "");
        EXPECT_EQ(told.err.find(error), 0U) << told.err;
        EXPECT_NE(told.err.find(std::string("\n") + hint), std::string::npos) << told.err;
        EXPECT_NE(told.err.find(std::string(" ") + GetParam() + " error command.usage."),
                  std::string::npos)
            << told.err;
    }
}

TEST_P(EveryProgram, RefusesALanguageThatItDoesNotSpeakAndNamesThoseItDoes) {
    for (const char* const words : {"--language xx", "--help --language=english"}) {
        const Ended told = run(words);
        EXPECT_EQ(told.code, 2);
        EXPECT_EQ(told.out, "");
        EXPECT_NE(told.err.find("command.usage.language"), std::string::npos) << told.err;
        EXPECT_NE(told.err.find("--language zh-CN "), std::string::npos) << told.err;
    }
}

// What goes to a full disk or a closed descriptor is not there, whatever the command found out.
TEST_P(EveryProgram, NoticesThatItsReportCouldNotBeWritten) {
    for (const char* const where : {"/dev/full", "&-"}) {
        const Ended told = run(std::string("--help --language en >") + where);
        EXPECT_EQ(told.code, 19) << where;
        EXPECT_NE(told.err.find("error: Standard output"), std::string::npos) << told.err;
    }
}

INSTANTIATE_TEST_SUITE_P(House, EveryProgram,
                         testing::Values("assay-keys", "assay-bank", "assay-server", "assay-audit",
                                         "assay-kiosk", "assay-proctor", "assay-terminal",
                                         "assay-desk"),
                         [](const auto& tested) {
                             std::string name = tested.param;
                             name.erase(std::remove(name.begin(), name.end(), '-'), name.end());
                             return name;
                         });

}  // namespace
}  // namespace assay
