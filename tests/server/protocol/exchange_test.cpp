#include "server/protocol/exchange.h"

#include <gtest/gtest.h>

#include "crypto/age.h"
#include "crypto/random.h"
#include "server/protocol/journal.h"
#include "server/protocol/keys.h"
#include "server/protocol/package.h"
#include "server/protocol/release.h"
#include "server/protocol/retry.h"
#include "server/protocol/sitting.h"

namespace assay::protocol {
namespace {

TEST(Refusal, BringsTheReasonOfTheOtherSide) {
    const Error error = fail(Code::kConflict, "record.tar.malformed"_id, {{"problem", "cut"}});
    FakeLink link([&](const LinkRequest&) {
        return LinkReply{http_status(error.code), {}, write_refusal(error)};
    });
    const auto reply = send(link, "GET", "/v1/x");
    ASSERT_FALSE(reply.ok());
    EXPECT_EQ(to_string(reply.error()),
              "conflict protocol.refused reason=record.tar.malformed problem=cut");
}

TEST(Refusal, WithoutAReasonNamesTheStatus) {
    FakeLink link([](const LinkRequest&) { return LinkReply{503, {}, to_bytes("busy")}; });
    EXPECT_EQ(to_string(send(link, "GET", "/").error()), "unavailable protocol.status status=503");
}

TEST(Refusal, KeepsWhatTheOtherSideAskedToWait) {
    const auto waits = [](const std::string& header) {
        FakeLink link([&header](const LinkRequest&) {
            return LinkReply{503, {{"retry-after", header}}, {}};
        });
        return retry_after(send(link, "PUT", "/v1/x").error());
    };
    EXPECT_EQ(waits("17"), std::chrono::seconds(17));
    EXPECT_EQ(waits("999999"), kRetryAfterMax);
    EXPECT_EQ(waits("soon"), std::nullopt);
    EXPECT_EQ(waits("-1"), std::nullopt);
    EXPECT_EQ(retry_after(fail(Code::kUnavailable, "protocol.status"_id)), std::nullopt);
}

TEST(Refusal, OfABusyServerOrAProxyIsNoVerdictOnWhatWasSent) {
    for (const int status : {408, 429, 502, 503, 504}) {
        FakeLink link([status](const LinkRequest&) { return LinkReply{status, {}, {}}; });
        EXPECT_EQ(send(link, "PUT", "/v1/x").error().code, Code::kUnavailable) << status;
    }
    FakeLink link([](const LinkRequest&) { return LinkReply{404, {}, {}}; });
    EXPECT_EQ(send(link, "PUT", "/v1/x").error().code, Code::kRefused);
}

TEST(Call, ReadsTheDocumentThatTheOtherSideWrote) {
    FakeLink link([](const LinkRequest& request) {
        const auto asked = record::read_document<RecordsRequest>(request.body).value();
        EXPECT_EQ(asked.first, 7U);
        return LinkReply{200, {}, record::write_document(RecordsReply{8, std::nullopt})};
    });
    const auto reply = call<RecordsReply>(link, "POST", "/v1/journals/x/records",
                                          RecordsRequest{7, {to_bytes("r")}});
    EXPECT_EQ(reply.value().count, 8U);
}

template <typename T>
void survives(const T& message) {
    const Bytes bytes = record::write_document(message);
    const auto read = record::read_document<T>(bytes);
    ASSERT_TRUE(read.ok()) << to_string(read.error());
    EXPECT_EQ(record::write_document(read.value()), bytes);
}

TEST(Messages, SurviveTheWire) {
    survives(KeyListReply{to_bytes("a"), to_bytes("b")});
    survives(StoreHalf{Bytes(32)});
    survives(CheckInRequest{"number", std::nullopt});
    survives(CheckInReply{});
    survives(RoomReply{});
    survives(SittingReply{});
    survives(HeartbeatRequest{});
    survives(HeartbeatReply{});
    crypto::SystemRandom random;
    MoveReply move;
    move.attempt.recipient =
        record::AgePublic::from_bytes(crypto::AgeIdentity::generate(random).recipient().view())
            .value();
    survives(move);
    survives(StartRequest{});
    survives(ReleaseReply{{}, to_bytes("b"), std::nullopt, to_bytes("k")});
    survives(PackageReply{to_bytes("s"), "proof\n", "receipt\n"});
    survives(StatementRequest{"seal", to_bytes("s")});
    survives(ReceiptReply{});
}

}  // namespace
}  // namespace assay::protocol
