#include "terminal/desk/relay.h"

#include <gtest/gtest.h>

#include "crypto/hash.h"
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
        if (request.path.starts_with("/v1/uploads")) {
            return answer_upload(request);
        }
        const auto said = record::read_document<protocol::StatementRequest>(request.body).value();
        if (busy) {
            return {503, {{"retry-after", "42"}}, {}};
        }
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

    /// One request is one upload: a small file comes with its creation or not at all.
    LinkReply answer_upload(const LinkRequest& request) {
        if (request.method == "POST") {
            ++asked_uploads;
            if (upload_status != 201) {
                return {upload_status, upload_headers, {}};
            }
            return {201, {{"location", "/v1/uploads/one"}}, {}};
        }
        ++pieces;
        return {204, {{"upload-offset", std::to_string(request.body.size())}}, {}};
    }
    Digest bring_upload(const std::string& text) {
        UploadFolder uploads(disk, "/desk/uploads", random);
        const Bytes bytes = to_bytes(text);
        const std::string id =
            uploads
                .create({},
                        {{"digest", to_bytes(crypto::sha256(bytes).hex())},
                         {"kind", to_bytes("segment")},
                         {"attempt", to_bytes(attempts.attempts[1].attempt.hex())},
                         {"name", to_bytes("snapshot")}},
                        bytes.size())
                .value();
        EXPECT_TRUE(uploads.append(id, 0, bytes).ok() && uploads.sync(id).ok());
        EXPECT_TRUE(uploads.finish(id).ok());
        return crypto::sha256(bytes);
    }
    std::string upload_file(const Digest& digest, const std::string& ending) {
        return "/desk/uploads/" + digest.hex() + ending;
    }

    int upload_status = 201;
    std::map<std::string, std::string> upload_headers;
    int asked_uploads = 0;
    int pieces = 0;
    std::vector<std::string> taken;
    std::string refuse;
    bool busy = false;
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
    const RoomView view = room->view();
    EXPECT_EQ(view.refused_by_server, 1U);
    ASSERT_EQ(view.refused.size(), 1U);
    EXPECT_EQ(view.refused[0].what, "room-opening");
    EXPECT_EQ(view.refused[0].error.args.at(0).value, "desk.package.second");
    EXPECT_EQ(taken.back(), "enrolment");
    EXPECT_TRUE(pump());  // not again by itself
    EXPECT_EQ(std::ranges::count(taken, "room-opening"), 1);
    refuse.clear();
    EXPECT_EQ(room->retry_refused().value(), 1U);
    EXPECT_TRUE(room->view().refused.empty());
    EXPECT_EQ(room->view().waiting_for_server, 1U);
    EXPECT_TRUE(pump());
    EXPECT_EQ(std::ranges::count(taken, "room-opening"), 2);
}

TEST_F(DeskRelay, KeepsAndNamesAnUploadThatTheServerRefusesForGood) {
    const Digest file = bring_upload("an evidence segment");
    upload_status = 422;
    EXPECT_TRUE(pump());
    open_desk();
    const auto refused = room->view().refused;
    ASSERT_EQ(refused.size(), 1U);
    EXPECT_EQ(refused[0].digest, file);
    EXPECT_EQ(refused[0].what, "segment");
    EXPECT_EQ(refused[0].seat, "02");
    EXPECT_EQ(refused[0].error.id, "client.tus.refused");
    EXPECT_TRUE(disk.exists(upload_file(file, ".age")));
    EXPECT_TRUE(disk.exists(upload_file(file, ".refused")));
    EXPECT_TRUE(pump());
    EXPECT_EQ(asked_uploads, 1);  // not again by itself
}

TEST_F(DeskRelay, SendsWhatWasRefusedAgainWhenAPersonAsks) {
    const Digest file = bring_upload("an evidence segment");
    upload_status = 403;
    EXPECT_TRUE(pump());
    UploadFolder uploads(disk, "/desk/uploads", random);
    EXPECT_EQ(uploads.retry_refused().value(), 1U);
    upload_status = 201;
    EXPECT_TRUE(pump());
    EXPECT_EQ(pieces, 1);
    EXPECT_TRUE(disk.exists(upload_file(file, ".passed")));
    EXPECT_TRUE(room->view().refused.empty());
}

TEST_F(DeskRelay, TriesAnUploadAgainWhileTheServerOnlyCannotTakeItNow) {
    const Digest file = bring_upload("an evidence segment");
    for (const int status : {500, 503, 507, 429}) {
        upload_status = status;
        EXPECT_FALSE(pump()) << status;
        EXPECT_TRUE(disk.exists(upload_file(file, ".meta"))) << status;
        EXPECT_TRUE(room->view().refused.empty()) << status;
    }
    server.cut(FakeLink::Cut::kBeforeArrival);
    EXPECT_FALSE(pump());
    server.cut(FakeLink::Cut::kNone);
    upload_status = 201;
    EXPECT_TRUE(pump());
    EXPECT_TRUE(disk.exists(upload_file(file, ".passed")));
}

TEST_F(DeskRelay, StaysAwayWithEvidenceForAsLongAsTheServerSays) {
    for (int i = 0; i < 3; ++i) {
        bring_upload("segment " + std::to_string(i));
    }
    upload_status = 503;
    upload_headers = {{"retry-after", "17"}};
    UploadFolder uploads(disk, "/desk/uploads", random);
    Relay relay(*room, uploads, disk, log);
    EXPECT_FALSE(relay.pump(server));
    EXPECT_EQ(relay.wait(), std::chrono::seconds(17));
    EXPECT_EQ(asked_uploads, 1) << "no other segment is tried before";
    upload_status = 201;
    EXPECT_TRUE(relay.pump(server));
}

TEST_F(DeskRelay, AsksAServerThatCanTakeNothingOnlyAFewTimesARound) {
    for (int i = 0; i < 10; ++i) {
        bring_upload("segment " + std::to_string(i));
    }
    upload_status = 503;
    EXPECT_FALSE(pump());
    EXPECT_EQ(asked_uploads, 3);
}

TEST_F(DeskRelay, SaysHowLongTheServerWantsNothing) {
    busy = true;
    UploadFolder uploads(disk, "/desk/uploads", random);
    Relay relay(*room, uploads, disk, log);
    EXPECT_FALSE(relay.pump(server));
    EXPECT_EQ(relay.wait(), std::chrono::seconds(42));
    EXPECT_EQ(room->view().refused_by_server, 0U);
    busy = false;
    EXPECT_TRUE(pump());
    EXPECT_EQ(room->view().waiting_for_server, 0U);
}

TEST_F(DeskRelay, GreetsWithoutTakingTheSameKeysAgain) {
    UploadFolder uploads(disk, "/desk/uploads", random);
    const std::uint64_t before = disk.changes();
    EXPECT_TRUE(Relay(*room, uploads, disk, log).greet(server).ok());
    EXPECT_EQ(disk.changes(), before);
}

}  // namespace
}  // namespace assay::desk
