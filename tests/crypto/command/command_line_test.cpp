#include "crypto/command/command_line.h"

#include <array>

#include <gtest/gtest.h>
#include <unistd.h>

#include "crypto/base/fake_disk.h"
#include "crypto/command/new_file.h"
#include "crypto/command/option_value.h"
#include "crypto/command/pin.h"
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
    EXPECT_EQ(complaint({"go", "--out"}),
              "usage command.usage.no-value option=--out program=assay-x");
    EXPECT_EQ(complaint({"go", "--out", "a"}), "read");
    // What is unknown before what is missing, in the order it was typed.
    EXPECT_EQ(complaint({"nosuch"}), "usage command.usage.unknown word=nosuch program=assay-x");
    EXPECT_EQ(complaint({"--nosuch"}), "usage command.usage.unknown word=--nosuch program=assay-x");
    EXPECT_EQ(complaint({"go", "--nosuch"}),
              "usage command.usage.unknown word=--nosuch program=assay-x");
    EXPECT_EQ(complaint({"go", "--out", "a", "--what", "b.sig"}),
              "usage command.usage.unknown word=--what b.sig program=assay-x");
}

TEST_F(Line, HelpsInOneLanguage) {
    CommandLine line(session_, "assay-x", "keys.help.program"_id);
    double scale = 1;
    std::string name;
    bool one = false;
    CLI::App& root = line.root();
    CLI::Option* const flag = line.flag(root, "--one", one, "keys.help.program"_id);
    line.option(root, "--scale", scale, "keys.help.program"_id)->check(CLI::Range(1.0, 4.0));
    line.option(root, "--name", name, "keys.help.program"_id)->needs(flag);
    line.option(root, "--other", name, "keys.help.program"_id)->excludes(flag);
    const std::string help = root.help();
    for (const char* english : {"Needs", "Excludes", "TEXT", "FLOAT", "1.000", " in ["}) {
        EXPECT_EQ(help.find(english), std::string::npos) << english << " in " << help;
    }
    EXPECT_NE(help.find("1 到 4"), std::string::npos) << help;
}

TEST_F(Line, SaysOfEachKindOfMistakeWhatItIs) {
    std::string folder;
    std::string theme;
    bool one = false;
    bool other = false;
    int count = 0;
    const auto complaint = [&](std::vector<std::string> words) {
        CommandLine line(session_, "assay-x", "keys.help.program"_id);
        CLI::App& go =
            line.command("go", "keys.help.program"_id, []() -> Result<int> { return 0; });
        line.required(go, "folder", folder, "keys.help.program"_id);
        line.option(go, "--count", count, "keys.help.program"_id)->check(CLI::Range(1, 3));
        line.option(go, "--any", count, "keys.help.program"_id);
        line.option(go, "--theme", theme, "keys.help.program"_id)
            ->check(CLI::IsMember({"light", "dark"}));
        CLI::Option* const first = line.flag(go, "--one", one, "keys.help.program"_id);
        line.flag(go, "--other", other, "keys.help.program"_id)->excludes(first);
        line.option(go, "--with", theme, "keys.help.program"_id)->needs(first);
        words.insert(words.begin(), "go");
        const auto read = parse(line, words);
        const std::string said = read.ok() ? "read" : to_string(read.error());
        return said.substr(0, said.find(" program="));
    };
    EXPECT_EQ(complaint({}), "usage command.usage.operand operand=folder");
    EXPECT_EQ(complaint({"f", "--any", "x"}), "usage command.usage.value option=--any value=x");
    EXPECT_EQ(complaint({"f", "--count", "7"}),
              "usage command.usage.range option=--count lowest=1 highest=3");
    EXPECT_EQ(complaint({"f", "--theme", "pink"}),
              "usage command.usage.allowed option=--theme allowed={light,dark}");
    EXPECT_EQ(complaint({"f", "--one", "--other"}),
              "usage command.usage.excludes option=--one other=--other");
    EXPECT_EQ(complaint({"f", "--with", "x"}),
              "usage command.usage.needs option=--with other=--one");
    EXPECT_EQ(complaint({"f", "--language", "xx"}), "usage command.usage.language language=xx");
    EXPECT_EQ(complaint({"f", "--count", "2", "--language", "zh_CN.UTF-8"}), "read");
}

TEST(OptionValue, IsAWrongCommandLineAndNeverShowsASecret) {
    EXPECT_EQ(to_string(hex_value<MachineId>("--id", "x").error()),
              "usage command.value.hex option=--id value=x digits=32");
    EXPECT_EQ(to_string(key_value("--signer", "garbage").error()),
              "usage command.value.key option=--signer value=garbage");
    EXPECT_EQ(
        to_string(key_value("--signer", "ed25519:" + std::string(43, 'A') + "=").error()),
        "usage command.value.key option=--signer value=ed25519:" + std::string(43, 'A') + "=");
    EXPECT_EQ(to_string(recipient_value("--to", "AGE-SECRET-KEY-1QQ").error()),
              "usage command.value.recipient option=--to value=***");
    EXPECT_EQ(to_string(time_value("--not-before", "tomorrow").error()),
              "usage command.value.time option=--not-before value=tomorrow");
}

TEST(NewFile, IsWholeOrNotThereAndNeverWritesOverAnother) {
    FakeDisk disk;
    const Bytes content = to_bytes("content");
    ASSERT_TRUE(disk.make_folders("f").ok());
    ASSERT_TRUE(write_new(disk, "f/a", content).ok());
    EXPECT_EQ(*disk.list("f"), std::vector<std::string>{"a"});
    EXPECT_EQ(write_new(disk, "f/a", content).error().what.id, "base.disk.exists"_id);
    EXPECT_EQ(*disk.list("f"), std::vector<std::string>{"a"});
    ASSERT_TRUE(disk.create("f/b.new").ok());  // another program writes it, or was killed
    EXPECT_EQ(write_new(disk, "f/b", content).error().what.id, "command.new-file.left-over"_id);
    EXPECT_FALSE(disk.exists("f/b"));
    SystemDisk real;
    const test::TempFolder folder;
    for (const Path& path : {folder.path() / "nowhere/c", folder.path() / ""}) {
        EXPECT_EQ(to_string(write_new(real, path, content).error()).find(".new"),
                  std::string::npos);
    }
}

TEST(NewFiles, GoAwayWhereNotAllCouldBeWritten) {
    FakeDisk disk;
    ASSERT_TRUE(disk.make_folders("f").ok());
    ASSERT_TRUE(write_new(disk, "f/b", {}).ok());
    {
        NewFiles files(disk);
        EXPECT_TRUE(files.write("f/a", {}).ok());
        EXPECT_FALSE(files.write("f/b", {}).ok());
    }
    EXPECT_EQ(*disk.list("f"), std::vector<std::string>{"b"});
    {
        NewFiles files(disk);
        EXPECT_TRUE(files.write("f/a", {}).ok());
        files.keep();
    }
    EXPECT_TRUE(disk.exists("f/a"));
}

TEST_F(Line, CountsTheCharactersOfANewPinAndNotItsBytes) {
    const auto code = [&](const std::string& typed) {
        int ends[2] = {-1, -1};
        EXPECT_EQ(::pipe(ends), 0);
        EXPECT_EQ(::write(ends[1], typed.data(), typed.size()), static_cast<ssize_t>(typed.size()));
        ::close(ends[1]);
        PinSource source;
        source.fd = ends[0];
        const auto pin = read_new_pin(session_, source);
        ::close(ends[0]);
        return pin.ok() ? std::string("taken") : to_string(pin.error());
    };
    EXPECT_EQ(code("密码密码\n"), "refused command.pin.short limit=6");
    EXPECT_EQ(code("密码密码密码\n"), "taken");
    EXPECT_EQ(code("12345\n"), "refused command.pin.short limit=6");
    EXPECT_EQ(code("123456\n"), "taken");
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
