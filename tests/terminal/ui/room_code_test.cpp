#include "terminal/ui/room_code.h"

#include <gtest/gtest.h>

#include "crypto/record/enrolment.h"

namespace assay::terminal_ui {
namespace {

std::string code() {
    record::RoomCode out;
    out.desk_key.bytes.fill(0x7f);
    out.secret.bytes.fill(0xa0);
    return out.text();
}

TEST(RoomCodeTyped, IsReadWithBlanksAnywhereAndInCapitals) {
    EXPECT_EQ(room_code_typed(code()), code());
    EXPECT_EQ(room_code_typed("  " + room_code_groups(code()) + "\n"), code());
    std::string loud = code();
    for (char& c : loud) {
        c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    EXPECT_EQ(room_code_typed(loud), code());
    EXPECT_EQ(room_code_typed(code().substr(13)), code());
    EXPECT_TRUE(record::RoomCode::from_text(room_code_typed(loud)).ok());
}

TEST(RoomCodeTyped, IsRefusedWhereADigitIsMissingOrTooMany) {
    EXPECT_FALSE(record::RoomCode::from_text(room_code_typed(code() + "0")).ok());
    EXPECT_FALSE(
        record::RoomCode::from_text(room_code_typed(code().substr(0, code().size() - 1))).ok());
    EXPECT_EQ(room_code_typed("hello"), "hello");
}

TEST(RoomCodeGroups, AreOfFourAndKeepTheirPlacesWhileSomebodyTypes) {
    EXPECT_EQ(room_code_groups("ASSAY-ROOM-1 7f7").substr(0, 27), "ASSAY-ROOM-1 7f7_ ____ ____");
    EXPECT_EQ(room_code_groups("").size(), room_code_groups(code()).size());
    EXPECT_EQ(room_code_groups(code()).substr(0, 22), "ASSAY-ROOM-1 7f7f 7f7f");
}

}  // namespace
}  // namespace assay::terminal_ui
