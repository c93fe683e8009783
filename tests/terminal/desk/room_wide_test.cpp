#include "terminal/desk/room_wide.h"

#include <gtest/gtest.h>

namespace assay::desk {
namespace {

RoomView room(std::size_t here, std::size_t dark) {
    RoomView view;
    view.candidates.resize(here);
    for (std::size_t i = 0; i < here; ++i) {
        view.candidates[i].seen = Seen::kHere;
        view.candidates[i].findings = {"LOOK_AWAY"};
        if (i < dark) {
            view.candidates[i].findings.emplace_back("CAM_DARK");
        }
    }
    return view;
}

TEST(RoomWide, IsOneLineWhereMostOfTheRoomHasIt) {
    const RoomView view = room(5, 4);
    const auto wide = room_wide(view);
    ASSERT_EQ(wide.size(), 1U);
    EXPECT_EQ(wide[0].code, "CAM_DARK");
    EXPECT_EQ(wide[0].count, 4U);
    EXPECT_EQ(wide[0].of, 5U);
    EXPECT_EQ(own_findings(view.candidates[0], wide), std::vector<std::string>{"LOOK_AWAY"});
}

TEST(RoomWide, IsNothingWhereFewHaveIt) {
    EXPECT_TRUE(room_wide(room(5, 2)).empty());
    EXPECT_TRUE(room_wide(room(2, 2)).empty()) << "two of two may be chance";
    EXPECT_TRUE(room_wide(room(10, 5)).empty());
}

TEST(RoomWide, NeverHidesWhatOnlyAPersonDoes) {
    EXPECT_TRUE(room_wide(room(5, 0)).empty()) << "all look away, and each row says so";
}

TEST(RoomWide, CountsOnlyWhoSitsThere) {
    RoomView view = room(6, 3);
    EXPECT_TRUE(room_wide(view).empty());
    view.candidates[3].seen = Seen::kNever;
    view.candidates[4].package = Digest{};
    ASSERT_EQ(room_wide(view).size(), 1U);
    EXPECT_EQ(room_wide(view)[0].of, 4U);
}

}  // namespace
}  // namespace assay::desk
