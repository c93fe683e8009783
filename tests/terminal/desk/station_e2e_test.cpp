#include <gtest/gtest.h>

#include "crypto/hash.h"
#include "server/client/tus_upload.h"
#include "server/protocol/exchange.h"
#include "terminal/desk/station.h"
#include "tests/support/paths.h"
#include "tests/terminal/desk/room_fixture.h"

namespace assay::desk {
namespace {

/// A desk and terminals over real TLS on this machine.
class DeskStation : public testing::Test, protected RoomFixture {
  protected:
    void SetUp() override {
        StationConfig station_config;
        station_config.room = {folder.path() / "desk", sitting, room_id, 60,
                               std::chrono::minutes(30)};
        station_config.first_keys = key_list;
        station = Station::start({real, wall, random, log}, desk, station_config).value();
        ASSERT_TRUE(station->room().take_sitting(bundle).ok());
        ASSERT_TRUE(station->room().open_room(pin()).ok());
    }
    crypto::TlsKey desk_tls() const {
        return crypto::TlsIdentity::from_seed(desk_keys().tls_seed).value().key();
    }
    std::unique_ptr<client::CurlLink> link(const Terminal& terminal, const crypto::TlsKey& server) {
        client::LinkConfig to;
        to.host = "127.0.0.1";
        to.port = station->port();
        to.server = crypto::pin_to(server);
        to.identity = crypto::TlsIdentity::from_seed(terminal.tls.seed()).value();
        return client::CurlLink::make(std::move(to)).value();
    }
    Result<protocol::EnrolReply> enrol_over(client::CurlLink& to, const Terminal& terminal,
                                            const record::RoomCode& code) {
        ASSAY_TRY(const auto keys,
                  protocol::call<protocol::KeyListReply>(to, "GET", "/v1/key-list"));
        const protocol::EnrolRequest request{
            terminal.id, "01", terminal.keys(),
            record::enrolment_proof(code.secret.view(), terminal.keys(), to.exporter()->view())};
        return protocol::call<protocol::EnrolReply>(to, "POST", "/v1/enrolments", request);
    }

    static int status(Link& to, const char* method, const char* path) {
        return to.exchange({method, path, {}, {}}).value().status;
    }

    test::TempFolder folder;
    SystemDisk real;
    SystemClock wall;
    std::unique_ptr<Station> station;
    Terminal one = new_terminal();
};

TEST_F(DeskStation, EnrolsWhoKnowsTheCodeAndNobodyElse) {
    const record::RoomCode code = station->room().make_room_code().value();
    EXPECT_EQ(code.desk_key, crypto::sha256(desk_tls().view()));
    const auto to = link(one, desk_tls());
    record::RoomCode wrong = code;
    wrong.secret.bytes[0] ^= 1;
    EXPECT_EQ(enrol_over(*to, one, wrong).error().code, Code::kDenied);
    EXPECT_EQ(status(*to, "GET", "/v1/room"), 403);
    const auto reply = enrol_over(*to, one, code);
    ASSERT_TRUE(reply.ok()) << to_string(reply.error());
    EXPECT_EQ(reply->desk, desk.id());
    EXPECT_TRUE(protocol::call<protocol::RoomReply>(*to, "GET", "/v1/room").ok());
}

TEST_F(DeskStation, TalksToNoTerminalThatPinsAnotherDesk) {
    const auto to = link(one, one.tls_key());
    EXPECT_EQ(protocol::send(*to, "GET", "/v1/key-list").error().code, Code::kDenied);
}

TEST_F(DeskStation, RefusesAForeignTerminalEverywhere) {
    const auto to = link(new_terminal(), desk_tls());
    for (const char* path : {"/v1/room", "/v1/releases/00", "/v1/moves/00"}) {
        EXPECT_EQ(status(*to, "GET", path), 403) << path;
    }
    EXPECT_EQ(status(*to, "POST", "/v1/uploads"), 403);
}

TEST_F(DeskStation, TakesJournalEvidenceAndPackageThroughTheNetwork) {
    const auto to = link(one, desk_tls());
    ASSERT_TRUE(enrol_over(*to, one, station->room().make_room_code().value()).ok());
    const auto shown = protocol::call<protocol::RoomReply>(*to, "GET", "/v1/room").value();
    const auto opening = record::read_signed<record::RoomOpening>(shown.opening).value();
    const auto move_key =
        crypto::AgeRecipient::from_bytes(opening.object.move_recipient.view()).value();
    const auto key = crypto::JournalKey::random(random);
    const auto begun = protocol::call<protocol::StartReply>(
        *to, "POST", "/v1/starts",
        protocol::StartRequest{to_bytes(make_start(one, 0, {}, key).json()),
                               crypto::age_encrypt(random, key.view(), move_key)});
    ASSERT_TRUE(begun.ok()) << to_string(begun.error());
    auto start = record::read_signed<record::Start>(begun->start).value();
    const record::JournalId id = record::journal_id(start);
    Journal journal{std::move(start), id, key.copy(), {}};
    write(journal, "answer");
    const auto acknowledged =
        protocol::call<protocol::RecordsReply>(*to, "POST", "/v1/journals/" + id.hex() + "/records",
                                               protocol::RecordsRequest{0, journal.records});
    ASSERT_TRUE(acknowledged.ok()) << to_string(acknowledged.error());
    EXPECT_EQ(acknowledged->count, 1U);

    const Bytes segment = to_bytes("an evidence segment");
    ASSERT_TRUE(write_file(real, folder.path() / "segment", segment).ok());
    const auto source = real.open_read_only(folder.path() / "segment");
    client::TusConfig tus;
    tus.prefix = "/v1/uploads";
    tus.metadata = {{"kind", to_bytes("segment")},
                    {"attempt", to_bytes(attempts.attempts[0].attempt.hex())},
                    {"name", to_bytes("0001")},
                    {"digest", to_bytes(crypto::sha256(segment).hex())}};
    EXPECT_TRUE(client::tus_upload(*to, **source, tus).ok());

    const Bytes file = to_bytes("sealed answers");
    const auto package = make_package(one, 0, {}, {head(journal)}, file);
    const Bytes upload = record::write_upload({to_bytes(package.json()), file});
    const auto body = protocol::send(*to, "PUT", "/v1/packages/" + package.digest.hex(), upload);
    ASSERT_TRUE(body.ok()) << to_string(body.error());
    const auto taken = record::read_document<protocol::PackageReply>(*body).value();
    EXPECT_EQ(record::read_signed<record::Package>(taken.statement).value().digest, package.digest);
}

}  // namespace
}  // namespace assay::desk
