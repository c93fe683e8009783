// What the real disk says of things that are not the file that was meant.
#include <filesystem>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "crypto/base/disk.h"
#include "tests/support/paths.h"

namespace assay {
namespace {

class RealDisk : public testing::Test {
  protected:
    Path at(const char* name) const { return folder_.path() / name; }
    std::string read(const char* name) {
        const auto bytes = read_file(disk_, at(name), 100);
        return bytes.ok() ? "read" : std::string(bytes.error().what.id.text());
    }

    test::TempFolder folder_;
    SystemDisk disk_;
};

TEST_F(RealDisk, SaysOfEachWrongKindWhatItIsAndNeverWaits) {
    std::filesystem::create_directory(at("folder"));
    std::filesystem::create_symlink("loop", at("loop"));
    std::filesystem::create_symlink("nowhere", at("dangling"));
    ASSERT_EQ(::mkfifo(at("pipe").c_str(), 0600), 0);
    EXPECT_EQ(read("folder"), "base.disk.folder");
    EXPECT_EQ(read("loop"), "base.disk.loop");
    EXPECT_EQ(read("dangling"), "base.disk.not-found");
    EXPECT_EQ(read("pipe"), "base.disk.not-a-file");
    EXPECT_FALSE(disk_.open(at("pipe")).ok());
    ASSERT_TRUE(write_file(disk_, at("file"), {}).ok());
    EXPECT_EQ(read("file"), "read");
    EXPECT_EQ(read("file/below"), "base.disk.not-found");
}

TEST_F(RealDisk, NamesTheFolderThatIsMissingAndNotTheFileBesideTheFile) {
    const Status missing = write_file(disk_, at("no/file"), {});
    ASSERT_FALSE(missing.ok());
    EXPECT_EQ(to_string(missing.error()),
              "not-found base.disk.no-folder folder=" + at("no").string());
    std::filesystem::create_directory(at("taken"));
    const Status taken = write_file(disk_, at("taken"), {});
    ASSERT_FALSE(taken.ok());
    EXPECT_EQ(to_string(taken.error()).find(".new"), std::string::npos) << to_string(taken.error());
    EXPECT_EQ(*disk_.list(folder_.path()), std::vector<std::string>{"taken"});
}

}  // namespace
}  // namespace assay
