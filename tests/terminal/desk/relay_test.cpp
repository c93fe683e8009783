#include "terminal/desk/relay.h"

#include <gtest/gtest.h>

#include "server/protocol/exchange.h"
#include "tests/terminal/desk/room_fixture.h"

namespace assay::desk {
namespace {

class DeskRelay : public testing::Test, protected RoomFixture {
  protected:
    void SetUp() override {
        open_desk();
        ASSERT_TRUE(room->adopt_keys(key_list).ok());
        ASSERT_TRUE(room->take_sitting(bundle).ok());
        ASSERT_TRUE(room->open_room(pin()).ok());
        ASSERT_TRUE(enrol(new_terminal(), "01").ok());
    }
    LinkReply answer(const LinkRequest& request) {
        if (request.path == "/v1/key-list") {
            return {200, {}, record::write_document(key_list)};
        }
        const auto said = record::read_document<protocol::StatementRequest>(request.body).value();
        taken.push_back(said.kind);
        if (said.kind == refuse) {
            const Error error = fail(Code::kConflict, "desk.package.second"_id);
            return {protocol::http_status(error.code), {}, protocol::write_refusal(error)};
        }
        const Digest statement =
            crypto::sha256(crypto::Envelope::parse(said.statement).value().payload);
        return {200, {}, record::write_document(protocol::ReceiptReply{statement, "proof"})};
    }
    bool pump() {
        UploadFolder uploads(disk, "/desk/uploads", random);
        return Relay(*room, uploads, disk, log).pump(server);
    }

    std::vector<std::string> taken;
    std::string refuse;
    FakeLink server{[this](const LinkRequest& request) { return answer(request); }};
};

TEST_F(DeskRelay, SendsWhatWaitsOldestFirstAndOnce) {
    EXPECT_TRUE(pump());
    EXPECT_TRUE(pump());
    EXPECT_EQ(taken, (std::vector<std::string>{"room-opening", "enrolment"}));
}

TEST_F(DeskRelay, LosesNothingWhileTheServerIsAway) {
    server.cut(FakeLink::Cut::kBeforeArrival);
    EXPECT_FALSE(pump());
    EXPECT_EQ(room->view().waiting_for_server, 2U);
    open_desk();
    server.cut(FakeLink::Cut::kAfterArrival);  // arrives, and the reply is lost
    EXPECT_FALSE(pump());
    server.cut(FakeLink::Cut::kNone);
    EXPECT_TRUE(pump());
    EXPECT_EQ(taken, (std::vector<std::string>{"room-opening", "room-opening", "enrolment"}));
    EXPECT_EQ(room->view().waiting_for_server, 0U);
}

TEST_F(DeskRelay, NamesWhatTheServerRefusesAndGoesOn) {
    refuse = "room-opening";
    EXPECT_TRUE(pump());
    EXPECT_EQ(room->view().refused_by_server, 1U);
    EXPECT_EQ(taken.back(), "enrolment");
}

TEST_F(DeskRelay, GreetsWithoutTakingTheSameKeysAgain) {
    UploadFolder uploads(disk, "/desk/uploads", random);
    const std::uint64_t before = disk.changes();
    EXPECT_TRUE(Relay(*room, uploads, disk, log).greet(server).ok());
    EXPECT_EQ(disk.changes(), before);
}

}  // namespace
}  // namespace assay::desk
