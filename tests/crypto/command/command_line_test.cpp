#include "crypto/command/command_line.h"

#include <array>

#include <gtest/gtest.h>

#include "tests/support/paths.h"

namespace assay::command {
namespace {

class Line : public testing::Test {
  protected:
    Line() {
        auto loaded = text::Texts::load(disk_, test::locale_folder());
        if (loaded.ok()) {
            texts_ = std::move(*loaded);
        }
    }

    Result<bool> parse(CommandLine& line, std::vector<std::string> words) {
        std::vector<char*> pointers{program_.data()};
        for (std::string& word : words) {
            pointers.push_back(word.data());
        }
        return line.parse(static_cast<int>(pointers.size()), pointers.data());
    }

    SystemDisk disk_;
    FakeRandom random_{1};
    SystemClock clock_;
    std::vector<std::string> logged_;
    Log log_ = Log::to_function([this](const std::string& line) { logged_.push_back(line); });
    text::Texts texts_;
    Session session_{disk_, random_, clock_, log_, texts_, text::Language::kChinese};
    std::string program_ = "assay-x";
};

TEST_F(Line, RunsNothingWhileItIsStillBeingRead) {
    CommandLine line(session_, "assay-x", "keys.help.program"_id);
    int runs = 0;
    line.command("go", "keys.help.program"_id, [&]() -> Result<int> { return ++runs; });
    const auto read = parse(line, {"go", "--language", "en"});
    ASSERT_TRUE(read.ok() && *read);
    EXPECT_EQ(runs, 0);
    EXPECT_EQ(*line.chosen()(), 1);
}

TEST_F(Line, NamesWhatIsMissingAndWhatItDoesNotKnow) {
    std::string out;
    const auto complaint = [&](const std::vector<std::string>& words) {
        CommandLine line(session_, "assay-x", "keys.help.program"_id);
        CLI::App& go =
            line.command("go", "keys.help.program"_id, []() -> Result<int> { return 0; });
        line.required(go, "--out", out, "keys.help.program"_id);
        const auto read = parse(line, words);
        return read.ok() ? std::string("read") : to_string(read.error());
    };
    EXPECT_EQ(complaint({}), "usage command.usage.command program=assay-x");
    EXPECT_EQ(complaint({"go"}), "usage command.usage.missing option=--out program=assay-x");
    EXPECT_EQ(complaint({"go", "--out", "a", "--what"}),
              "usage command.usage.unknown word=--what program=assay-x");
    EXPECT_EQ(complaint({"go", "--out"}).substr(0, 25), "usage command.usage.value");
    EXPECT_EQ(complaint({"go", "--out", "a"}), "read");
}

TEST_F(Line, SaysAnErrorWithItsNextStepAndALineForTheLog) {
    testing::internal::CaptureStderr();
    const int code = report(session_, fail(Code::kDenied, "crypto.age.passphrase"_id));
    const std::string said = testing::internal::GetCapturedStderr();
    EXPECT_EQ(code, 12);
    EXPECT_NE(said.find('\n'), said.size() - 1) << said;  // a sentence and a next step
    ASSERT_EQ(logged_.size(), 1U);
    EXPECT_EQ(logged_.front(), "crypto.age.passphrase code=denied");
}

}  // namespace
}  // namespace assay::command
