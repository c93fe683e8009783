#include "crypto/base/disk.h"

#include <gtest/gtest.h>

#include "crypto/base/fake_disk.h"
#include "tests/support/paths.h"

namespace assay {
namespace {

TEST(SystemDisk, KeepsWhatWasWritten) {
    const test::TempFolder folder;
    SystemDisk disk;
    const Path path = folder.path() / "a" / "b";
    ASSERT_TRUE(disk.make_folders(path.parent_path()).ok());
    ASSERT_TRUE(write_file(disk, path, as_bytes("first")).ok());
    ASSERT_TRUE(write_file(disk, path, as_bytes("second")).ok());
    EXPECT_EQ(to_string(read_file(disk, path, 100).value()), "second");
    EXPECT_EQ(read_file(disk, path, 5).error().code, Code::kLimit);
    EXPECT_EQ(disk.open(folder.path() / "none").error().code, Code::kNotFound);
    EXPECT_EQ(disk.create(path).error().code, Code::kConflict);
}

TEST(SystemDisk, NamesAFullDisk) {
    SystemDisk disk;
    auto full = disk.open("/dev/full");
    ASSERT_TRUE(full.ok());
    EXPECT_EQ((*full)->append(as_bytes("x")).error().code, Code::kFull);
}

TEST(FakeDisk, LosesOnlyWhatWasNotSynced) {
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        FakeDisk disk;
        FakeRandom random(seed);
        auto file = disk.create("/d/f").value();
        ASSERT_TRUE(file->append(as_bytes("durable")).ok());
        ASSERT_TRUE(file->sync().ok());
        ASSERT_TRUE(disk.sync_folder("/d").ok());
        ASSERT_TRUE(file->append(as_bytes("-maybe")).ok());
        disk.cut_power(random);
        const std::string after = to_string(read_file(disk, "/d/f", 100).value());
        EXPECT_EQ(after.substr(0, 7), "durable") << "seed " << seed;
        EXPECT_LE(after.size(), 13U);
    }
}

TEST(FakeDisk, AFailedSyncStaysFailed) {
    FakeDisk disk;
    auto file = disk.create("/f").value();
    ASSERT_TRUE(file->append(as_bytes("x")).ok());
    disk.fail_after(0);
    EXPECT_EQ(file->sync().error().code, Code::kIo);
    EXPECT_EQ(file->sync().error().code, Code::kIo);
}

TEST(WriteFile, LeavesTheOldOrTheNewBytesWhereverItFails) {
    for (std::uint64_t step = 0; step < 6; ++step) {
        FakeDisk disk;
        ASSERT_TRUE(write_file(disk, "/d/f", as_bytes("old")).ok());
        disk.fail_after(step);
        const bool written = write_file(disk, "/d/f", as_bytes("new")).ok();
        FakeRandom random(step);
        disk.cut_power(random);
        const std::string after = to_string(read_file(disk, "/d/f", 10).value());
        EXPECT_TRUE(after == "new" || (!written && after == "old")) << step << ' ' << after;
    }
}

}  // namespace
}  // namespace assay
