#include "question-bank/table/pictures.h"

#include <gmock/gmock.h>

#include "crypto/base/fake_disk.h"
#include "tests/question-bank/table/zip_of.h"

namespace assay::table {
namespace {

using test::zip_of;
using testing::ElementsAre;

const std::string kJpeg = "\xFF\xD8\xFF rest";
const std::string kPng = "\x89PNG\r\n\x1A\n rest";

TEST(Pictures, AreFoundInAZipByTheirStem) {
    const auto pictures = Pictures::from_zip(
        zip_of({{"photos/2026001.JPG", kJpeg},
                {"photos/__MACOSX/._2026001.JPG", "x"},
                {"\xD5\xC5\xC8\xFD.png", kPng},  // 张三 as Chinese Windows packs it
                {"readme.txt", "no"}}));
    ASSERT_TRUE(pictures.ok());
    EXPECT_THAT(pictures->stems(), ElementsAre("2026001", "张三"));
    EXPECT_STREQ(pictures->find(" 2026001 ")->media_type, "image/jpeg");
    EXPECT_STREQ(pictures->find("张三")->media_type, "image/png");
    EXPECT_EQ(pictures->find("readme").error().code, Code::kNotFound);
}

TEST(Pictures, AreFoundInAFolder) {
    FakeDisk disk;
    ASSERT_TRUE(disk.make_folders("/photos").ok());
    ASSERT_TRUE(write_file(disk, "/photos/a.jpg", as_bytes(kJpeg)).ok());
    ASSERT_TRUE(write_file(disk, "/photos/b.png", as_bytes("GIF89a")).ok());
    ASSERT_TRUE(write_file(disk, "/photos/A.PNG", as_bytes(kPng)).ok());
    const auto pictures = Pictures::from_folder(disk, "/photos");
    ASSERT_TRUE(pictures.ok());
    EXPECT_EQ(pictures->find("a").error().code, Code::kConflict);
    EXPECT_EQ(pictures->find("b").error().code, Code::kInvalid);
}

TEST(Pictures, AreRefusedAboveTheirLimit) {
    const auto pictures =
        Pictures::from_zip(zip_of({{"a.jpg", kJpeg + std::string(kPictureBytesMax, 'x')}}));
    EXPECT_EQ(pictures->find("a").error().code, Code::kLimit);
    EXPECT_EQ(Pictures::from_zip(to_bytes("no zip")).error().code, Code::kInvalid);
}

}  // namespace
}  // namespace assay::table
