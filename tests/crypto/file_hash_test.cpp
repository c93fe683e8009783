#include "crypto/file_hash.h"

#include <gtest/gtest.h>

#include "crypto/base/fake_disk.h"
#include "crypto/hash.h"

namespace assay::crypto {
namespace {

TEST(FileHash, IsThatOfTheBytesWhateverTheirNumber) {
    FakeDisk disk;
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, (std::size_t{1} << 20U) - 1,
                                   std::size_t{1} << 20U, (std::size_t{2} << 20U) + 1}) {
        Bytes bytes(size);
        for (std::size_t at = 0; at < size; ++at) {
            bytes[at] = static_cast<std::uint8_t>(at % 251);
        }
        ASSERT_TRUE(write_file(disk, "file", bytes).ok());
        const auto file = disk.open("file");
        ASSERT_TRUE(file.ok());
        const auto found = sha256(**file);
        ASSERT_TRUE(found.ok());
        EXPECT_EQ(*found, sha256(bytes)) << size;
    }
}

}  // namespace
}  // namespace assay::crypto
