#include "crypto/record/segment.h"

#include <gtest/gtest.h>

#include "crypto/record/tar.h"

namespace assay::record {
namespace {

SegmentContent clip() {
    SegmentContent content;
    content.index = {4, SegmentKind::kClip, 2, FindingCode::kFaceAbsent, {}};
    for (int i = 0; i < 3; ++i) {
        content.index.pictures.push_back({"", 1000 + i, WallTime{1772353800}, i == 0});
        content.jpegs.push_back(Bytes(100, static_cast<std::uint8_t>(i)));
    }
    return content;
}

TEST(Segment, ComesBackAsItWasPacked) {
    const auto read = read_segment(write_segment(clip()));
    ASSERT_TRUE(read.ok()) << to_string(read.error());
    SegmentContent want = clip();
    want.index.pictures[0].file = "0001.jpg";
    want.index.pictures[1].file = "0002.jpg";
    want.index.pictures[2].file = "0003.jpg";
    EXPECT_EQ(*read, want);
}

TEST(Segment, IsRefusedWhenIndexAndPicturesDisagree) {
    auto entries = *read_tar(write_segment(clip()));
    auto missing = entries;
    missing.pop_back();
    EXPECT_FALSE(read_segment(write_tar(missing)).ok());
    auto renamed = entries;
    renamed.back().name = "0009.jpg";
    EXPECT_FALSE(read_segment(write_tar(renamed)).ok());
    auto swapped = entries;
    std::swap(swapped[0], swapped[1]);
    EXPECT_FALSE(read_segment(write_tar(swapped)).ok());
    EXPECT_FALSE(read_segment(Bytes{1, 2, 3}).ok());
}

}  // namespace
}  // namespace assay::record
