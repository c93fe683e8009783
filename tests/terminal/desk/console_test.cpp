#include "terminal/desk/console.h"

#include <gtest/gtest.h>

#include "crypto/base/disk.h"
#include "tests/support/paths.h"
#include "tests/terminal/desk/room_fixture.h"

namespace assay::desk {
namespace {

class DeskConsole : public testing::Test, protected RoomFixture {
  protected:
    void SetUp() override {
        StationConfig station_config;
        station_config.room = {folder.path() / "desk", sitting, room_id, 60,
                               std::chrono::minutes(30)};
        station_config.first_keys = key_list;
        station = Station::start({real, wall, random, log}, desk, station_config).value();
        ASSERT_TRUE(station->room().take_sitting(bundle).ok());
        console.emplace(*station, real, [this] { return Result<crypto::Pin>(pin()); });
    }
    std::string said(const std::string& line) { return console->run(line); }

    test::TempFolder folder;
    SystemDisk real;
    SystemClock wall;
    std::unique_ptr<Station> station;
    std::optional<Console> console;
};

TEST_F(DeskConsole, RunsARoom) {
    EXPECT_NE(said("code").find("\"id\":\"desk.room.not-open\""), std::string::npos);
    EXPECT_EQ(said("open"), "{\"ok\":true}");
    EXPECT_EQ(said("code").rfind("{\"ok\":true,\"code\":\"ASSAY-ROOM-1 ", 0), 0U);
    EXPECT_EQ(said("start"), "{\"ok\":true}");
    EXPECT_NE(said("extra 02 300 power was out").find("\"id\":\"desk.off.absent\""),
              std::string::npos);
    EXPECT_NE(said("credit 02 power was out").find("\"id\":\"desk.off.absent\""),
              std::string::npos);
    EXPECT_EQ(said("message ten minutes left"), "{\"ok\":true}");
    const std::string view = said("view");
    EXPECT_NE(view.find("\"started\":true"), std::string::npos);
    EXPECT_NE(view.find("\"seen\":\"never\""), std::string::npos);
    EXPECT_EQ(said("seal"), "{\"ok\":true}");
    EXPECT_EQ(said("quit"), "{\"ok\":true}");
    EXPECT_TRUE(console->finished());
}

TEST_F(DeskConsole, ExportsWhatWaitsForTheServer) {
    ASSERT_EQ(said("open"), "{\"ok\":true}");
    const auto stick = folder.path() / "stick";
    EXPECT_EQ(said("export " + stick.string()), "{\"ok\":true,\"files\":1,\"uploads\":0}");
    EXPECT_EQ(said("retry"), "{\"ok\":true,\"count\":0}");
    const auto names = real.list(stick).value();
    ASSERT_EQ(names.size(), 1U);
    EXPECT_TRUE(names[0].ends_with("-room-opening.dsse.json")) << names[0];
    EXPECT_TRUE(station->room().next_pending().has_value());
}

TEST_F(DeskConsole, ExportsToNoStickThatIsNotThere) {
    const Path missing = folder.path() / "not-mounted";
    const std::string refused = said("export " + (missing / "stick").string());
    EXPECT_NE(refused.find("\"ok\":false"), std::string::npos) << refused;
    EXPECT_NE(refused.find("desk.export.parent"), std::string::npos) << refused;
    EXPECT_FALSE(real.exists(missing));
    EXPECT_NE(said("export " + (folder.path() / "stick/").string()).find("\"ok\":true"),
              std::string::npos);
}

TEST_F(DeskConsole, RefusesWhatItDoesNotUnderstand) {
    for (const char* line :
         {"", "dance", "extra 02", "extra 02 -5 reason", "extra 99 60 reason", "move 01 nowhere",
          "seal 01=happy", "seal 01", "release-offline", "open now"}) {
        EXPECT_EQ(said(line).rfind("{\"ok\":false,", 0), 0U) << line;
    }
}

TEST(DeskShares, AreReadAsWordsOrRowsOfNumbers) {
    const auto shares =
        read_shares(as_bytes("alpha beta gamma\r\n\ndelta epsilon\n"
                             "0001 0002 0003 0004\n0005 0006 0007 0008\n\n"
                             "0009 0010 0011 0012\n"));
    ASSERT_TRUE(shares.ok());
    ASSERT_EQ(shares->size(), 4U);
    EXPECT_EQ(as_text((*shares)[2].view()), "0001 0002 0003 0004 0005 0006 0007 0008");
    EXPECT_EQ(as_text((*shares)[3].view()), "0009 0010 0011 0012");
    EXPECT_FALSE(read_shares(as_bytes(" \n")).ok());
}

}  // namespace
}  // namespace assay::desk
