// The terminal's session against the desk's room, without a network.
#include <gtest/gtest.h>

#include "crypto/record/document.h"
#include "server/protocol/exchange.h"
#include "terminal/sitting/session.h"
#include "tests/terminal/desk/room_fixture.h"

namespace assay::desk {
namespace {

template <typename T>
Result<Bytes> written(const Result<T>& reply) {
    return reply.ok() ? Result<Bytes>(record::write_document(*reply))
                      : Result<Bytes>(reply.error());
}

/// What desk/api.cpp does with a request, for one terminal.
Result<Bytes> route(Room& room, const MachineId& machine, const LinkRequest& request) {
    const std::string& path = request.path;
    const auto id = [&](std::size_t from) {
        return record::JournalId::from_hex(path.substr(from, 64)).value();
    };
    if (path == "/v1/room") {
        return written(room.room());
    }
    if (path == "/v1/check-in") {
        return written(room.check_in(
            machine, record::read_document<protocol::CheckInRequest>(request.body).value()));
    }
    if (path == "/v1/starts") {
        return written(room.admit(
            machine, record::read_document<protocol::StartRequest>(request.body).value()));
    }
    if (path == "/v1/heartbeat") {
        return written(room.heartbeat(
            machine, record::read_document<protocol::HeartbeatRequest>(request.body).value()));
    }
    if (path.starts_with("/v1/journals/") && request.method == "POST") {
        return written(room.take_records(
            machine, id(13),
            record::read_document<protocol::RecordsRequest>(request.body).value()));
    }
    if (path.starts_with("/v1/journals/")) {
        return written(
            room.held_records(machine, id(13), std::stoul(path.substr(path.rfind('=') + 1))));
    }
    if (path.starts_with("/v1/moves/")) {
        return written(room.move_for(machine, AttemptId::from_hex(path.substr(10)).value()));
    }
    if (path.starts_with("/v1/packages/")) {
        return written(room.take_package(Digest::from_hex(path.substr(13)).value(), request.body));
    }
    return fail(Code::kNotFound, "desk.receipt.none"_id);
}

class Seat {
  public:
    Seat(RoomFixture& desk, const RoomFixture::Terminal& terminal)
        : desk_(desk), terminal_(terminal), link_([this](const LinkRequest& request) {
              const auto body = route(*desk_.room, terminal_.id, request);
              return body.ok() ? LinkReply{200, {}, *body}
                               : LinkReply{protocol::http_status(body.error().code),
                                           {},
                                           protocol::write_refusal(body.error())};
          }) {
        const auto list = record::read_signed<record::KeyList>(desk.key_list.list).value();
        keys_ = record::TrustedKeys::from(list, desk.key_list.rows, list.object.roots, 2).value();
        run();
    }
    void run() {
        session.reset();
        session = sitting::Session::open({disk_, desk_.clock, desk_.random, link_, store_},
                                         {.folder = "/sittings",
                                          .banks = "/banks",
                                          .boot = "boot",
                                          .terminal = terminal_.id,
                                          .signing = terminal_.signing,
                                          .age = terminal_.age,
                                          .keys = *keys_,
                                          .sealers = {}})
                      .value();
    }
    void pass(int seconds) {
        for (int i = 0; i < seconds; ++i) {
            desk_.clock.advance(std::chrono::seconds(1));
            session->tick();
            const auto report = session->pump();
            trouble = report.trouble ? to_string(*report.trouble) : "";
        }
    }

  private:
    RoomFixture& desk_;
    const RoomFixture::Terminal& terminal_;
    FakeDisk disk_;
    sitting::FakeStore store_;
    FakeLink link_;
    std::optional<record::TrustedKeys> keys_;

  public:
    std::unique_ptr<sitting::Session> session;
    std::string trouble;
};

class Terminals : public testing::Test, protected RoomFixture {
  protected:
    void SetUp() override {
        open_desk();
        ASSERT_TRUE(room->adopt_keys(key_list).ok());
        ASSERT_TRUE(room->take_sitting(bundle).ok());
        ASSERT_TRUE(room->open_room(pin()).ok());
        ASSERT_TRUE(enrol(one, "01").ok());
        ASSERT_TRUE(enrol(spare, "").ok());
    }
    void admit_at(Seat& seat) {
        seat.pass(1);
        seat.session->check_in(std::nullopt, std::nullopt);
        seat.pass(1);
        ASSERT_TRUE(seat.session->view().person) << seat.trouble;
        ASSERT_TRUE(seat.session->confirm_person("name", true).ok());
        seat.pass(3);
        ASSERT_NE(seat.session->view().phase, sitting::Phase::kCheckIn) << seat.trouble;
    }

    Terminal one = new_terminal();
    Terminal spare = new_terminal();
};

TEST_F(Terminals, AreAdmittedCopiedAndCountersigned) {
    Seat seat(*this, one);
    admit_at(seat);
    EXPECT_EQ(seat.session->view().phase, sitting::Phase::kWaiting);
    ASSERT_TRUE(room->order(record::OrderKind::kStart, std::nullopt, 0, "", "", {}).ok());
    seat.pass(3);
    EXPECT_TRUE(seat.session->state().started);
    EXPECT_EQ(seat.session->view().acknowledged, seat.session->view().records) << seat.trouble;
    open_desk();  // the desk's program was killed
    seat.pass(2);
    seat.run();  // and the terminal's
    seat.pass(3);
    EXPECT_EQ(seat.session->view().acknowledged, seat.session->view().records) << seat.trouble;
    ASSERT_TRUE(room->order(record::OrderKind::kTerminate, std::nullopt, 0, "", "why", {}).ok());
    seat.pass(4);
    EXPECT_TRUE(seat.session->view().countersigned) << seat.trouble;
    EXPECT_FALSE(seat.session->view().slip->proof.empty());
}

TEST_F(Terminals, MoveToTheSpareOne) {
    Seat first(*this, one);
    admit_at(first);
    ASSERT_TRUE(room->order(record::OrderKind::kStart, std::nullopt, 0, "", "", {}).ok());
    first.pass(3);
    const AttemptId attempt = first.session->state().terms.attempt;
    ASSERT_TRUE(room->move(attempt, spare.id, pin()).ok());
    Seat second(*this, spare);
    second.pass(3);
    ASSERT_TRUE(second.session->view().person) << second.trouble;
    EXPECT_EQ(second.session->view().person->row.attempt, attempt);
    ASSERT_TRUE(second.session->confirm_person("name", true).ok());
    second.pass(3);
    EXPECT_EQ(second.session->view().phase, sitting::Phase::kReopened) << second.trouble;
    EXPECT_TRUE(second.session->state().started);
    first.pass(2);
    EXPECT_TRUE(first.session->view().fenced);
    ASSERT_TRUE(room->order(record::OrderKind::kTerminate, attempt, 0, "", "why", {}).ok());
    second.pass(4);
    EXPECT_TRUE(second.session->view().countersigned) << second.trouble;
    EXPECT_TRUE(first.session->view().person);
    ASSERT_TRUE(room->seal({}).ok());
    first.pass(2);
    second.pass(2);
    // Both are for the next group without a restart: the slip stays until somebody has read it.
    EXPECT_TRUE(first.session->view().finished) << first.trouble;
    EXPECT_EQ(first.session->view().phase, sitting::Phase::kCheckIn);
    EXPECT_FALSE(first.session->view().person);
    EXPECT_TRUE(second.session->view().may_finish) << second.trouble;
}

}  // namespace
}  // namespace assay::desk
