// The scripts that people call by hand say what they are for, and refuse what they do not know.
#include <gtest/gtest.h>

#include "tests/support/paths.h"
#include "tests/support/shell.h"

namespace assay {
namespace {

using test::Ended;

class EveryScript : public testing::TestWithParam<const char*> {
  protected:
    Ended run(const std::string& arguments) const {
        return test::shell("cd " + folder_.path().string() + " && " +
                           (test::repository() / "scripts" / GetParam()).string() + " " +
                           arguments);
    }
    test::TempFolder folder_;
};

TEST_P(EveryScript, ShowsItsHelp) {
    for (const char* const word : {"--help", "-h"}) {
        const Ended told = run(word);
        EXPECT_EQ(told.code, 0) << told.err;
        EXPECT_NE(told.out.find(std::string("usage: scripts/") + GetParam()), std::string::npos)
            << told.out;
        EXPECT_EQ(told.err, "");
    }
}

TEST_P(EveryScript, RefusesWhatItDoesNotKnow) {
    for (const char* const words : {"--no-such-option", "no-such-thing another"}) {
        const Ended told = run(words);
        EXPECT_EQ(told.code, 2) << words << told.out << told.err;
        EXPECT_EQ(told.out, "");
        EXPECT_NE(told.err.find("error: "), std::string::npos) << told.err;
    }
}

INSTANTIATE_TEST_SUITE_P(House, EveryScript,
                         testing::Values("bench", "demo", "lint", "setup", "soak", "test"));

TEST(Soak, RefusesANumberThatIsNone) {
    const std::string soak = (test::repository() / "scripts/soak").string();
    for (const char* const words : {"repeat --count", "repeat --count many", "repeat --seed -1"}) {
        EXPECT_EQ(test::shell(soak + " " + words).code, 2) << words;
    }
}

}  // namespace
}  // namespace assay
