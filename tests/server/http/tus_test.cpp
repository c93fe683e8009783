#include "server/http/tus.h"

#include <gtest/gtest.h>

#include "crypto/base64.h"
#include "crypto/hash.h"
#include "server/http/tus_headers.h"
#include "tests/server/http/memory_tus_store.h"

namespace assay::http {
namespace {

/// The routes of tus without a socket.
class Tus : public testing::Test {
  protected:
    void SetUp() override {
        TusOptions options;
        options.upload_bytes_max = 1000;
        add_tus(router_, options, store_);
    }

    Request request(const std::string& method, const std::string& path, Headers headers) {
        Request out;
        out.method = method;
        out.path = path;
        out.headers = std::move(headers);
        out.headers.emplace("tus-resumable", "1.0.0");
        out.params = router_.find(method, path).params;
        return out;
    }
    Reply ask(const std::string& method, const std::string& path, Headers headers = {}) {
        const auto* route = router_.find(method, path).route;
        const Request asked = request(method, path, std::move(headers));
        if (const auto* stream = std::get_if<StreamHandler>(&route->handler)) {
            return std::get<Reply>((*stream)(asked));
        }
        return std::get<Handler>(route->handler)(asked);
    }
    std::variant<Reply, std::unique_ptr<BodySink>> open(std::uint64_t offset, Headers more = {},
                                                        const std::string& id = "upload-0") {
        more.emplace("upload-offset", std::to_string(offset));
        more.emplace("content-type", "application/offset+octet-stream");
        const auto path = "/v1/files/" + id;
        return std::get<StreamHandler>(router_.find("PATCH", path).route->handler)(
            request("PATCH", path, std::move(more)));
    }
    int refusal(std::uint64_t offset, Headers more = {}, const std::string& id = "upload-0") {
        auto opened = open(offset, std::move(more), id);
        const auto* reply = std::get_if<Reply>(&opened);
        return reply == nullptr ? 0 : reply->status;
    }
    Reply patch(std::uint64_t offset, const std::string& bytes, Headers more = {}) {
        auto opened = open(offset, std::move(more));
        auto& sink = std::get<std::unique_ptr<BodySink>>(opened);
        auto early = sink->write(as_bytes(bytes));
        return early ? *early : sink->end();
    }
    std::string create(std::uint64_t length) {
        return ask("POST", "/v1/files", {{"upload-length", std::to_string(length)}})
            .headers["location"];
    }
    std::string offset() { return ask("HEAD", "/v1/files/upload-0").headers["upload-offset"]; }

    test::MemoryTusStore store_;
    Router router_;
};

TEST_F(Tus, SaysWhatItCanDo) {
    auto reply = ask("OPTIONS", "/v1/files");
    EXPECT_EQ(reply.status, 204);
    EXPECT_EQ(reply.headers["tus-version"], "1.0.0");
    EXPECT_EQ(reply.headers["tus-extension"],
              "creation,creation-with-upload,termination,checksum,expiration");
    EXPECT_EQ(reply.headers["tus-checksum-algorithm"], "sha256");
    EXPECT_EQ(reply.headers["tus-max-size"], "1000");
}

TEST_F(Tus, TakesAnUploadInPieces) {
    EXPECT_EQ(create(10), "/v1/files/upload-0");
    EXPECT_EQ(offset(), "0");
    EXPECT_EQ(patch(0, "0123").headers["upload-offset"], "4");
    EXPECT_EQ(offset(), "4");
    EXPECT_EQ(store_.upload("upload-0").finished, 0);
    EXPECT_EQ(patch(4, "456789").status, 204);
    EXPECT_EQ(to_string(store_.upload("upload-0").bytes), "0123456789");
    EXPECT_EQ(store_.upload("upload-0").finished, 1);
}

TEST_F(Tus, HandsMetadataToTheStore) {
    ask("POST", "/v1/files",
        {{"upload-length", "5"}, {"upload-metadata", "name 6K+V5Y23,kind, empty "}});
    const auto metadata = store_.upload("upload-0").metadata;
    EXPECT_EQ(to_string(metadata.at("name")), "试卷");
    EXPECT_EQ(metadata.at("kind"), Bytes{});
    EXPECT_EQ(metadata.at("empty"), Bytes{});
}

TEST_F(Tus, FinishesAnEmptyUploadAtOnce) {
    create(0);
    EXPECT_EQ(store_.upload("upload-0").finished, 1);
}

TEST_F(Tus, RefusesWrongCreations) {
    const auto status = [&](Headers headers) {
        return ask("POST", "/v1/files", std::move(headers)).status;
    };
    EXPECT_EQ(status({}), 400);
    EXPECT_EQ(status({{"upload-length", "-1"}}), 400);
    EXPECT_EQ(status({{"upload-length", "1e3"}}), 400);
    EXPECT_EQ(status({{"upload-length", "1001"}}), 413);
    EXPECT_EQ(status({{"upload-length", "18446744073709551615"}}), 400);
    EXPECT_EQ(status({{"upload-length", "1"}, {"upload-metadata", "a !"}}), 400);
    EXPECT_EQ(status({{"upload-length", "1"}, {"upload-metadata", "a YQ==,a YQ=="}}), 400);
    EXPECT_EQ(status({{"upload-length", "1"}, {"upload-metadata", ",a YQ=="}}), 400);
    EXPECT_EQ(status({{"tus-resumable", "0.2.2"}, {"upload-length", "1"}}), 412);
    EXPECT_EQ(store_.count(), 0U);
}

TEST_F(Tus, RefusesWrongPieces) {
    create(10);
    EXPECT_EQ(refusal(0, {{"tus-resumable", "2.0.0"}}), 412);
    EXPECT_EQ(refusal(0, {{"content-type", "application/octet-stream"}}), 415);
    EXPECT_EQ(refusal(0, {{"upload-offset", "x"}}), 400);
    EXPECT_EQ(refusal(1), 409);
    EXPECT_EQ(refusal(0, {{"content-length", "11"}}), 413);
    EXPECT_EQ(refusal(0, {}, "upload-9"), 404);
    EXPECT_EQ(refusal(0, {}, "a.b"), 404);
    store_.set_gone();
    EXPECT_EQ(refusal(0), 410);
    EXPECT_EQ(ask("HEAD", "/v1/files/upload-0").status, 410);
}

TEST_F(Tus, RefusesMoreThanWasAnnounced) {
    create(3);
    EXPECT_EQ(patch(0, "0123").status, 413);
    EXPECT_EQ(offset(), "0");
}

TEST_F(Tus, TellsAnOffsetOnlyWhenItIsDurable) {
    create(10);
    auto opened = open(0);
    auto& sink = std::get<std::unique_ptr<BodySink>>(opened);
    EXPECT_FALSE(sink->write(as_bytes("0123")));
    EXPECT_EQ(store_.upload("upload-0").durable, 0U);
    EXPECT_EQ(offset(), "4");
    EXPECT_EQ(store_.upload("upload-0").durable, 4U);
}

TEST_F(Tus, LetsANewConnectionTakeOver) {
    create(10);
    auto opened = open(0);
    auto& old = std::get<std::unique_ptr<BodySink>>(opened);
    EXPECT_FALSE(old->write(as_bytes("01")));
    EXPECT_EQ(patch(2, "2345").headers["upload-offset"], "6");
    EXPECT_EQ(old->write(as_bytes("xx"))->status, 409);
    old->cut();
    EXPECT_EQ(patch(6, "6789").status, 204);
    EXPECT_EQ(to_string(store_.upload("upload-0").bytes), "0123456789");
    EXPECT_EQ(store_.wrong_offsets(), 0);
}

TEST_F(Tus, KeepsWhatCameBeforeACut) {
    create(10);
    auto opened = open(0);
    auto& sink = std::get<std::unique_ptr<BodySink>>(opened);
    EXPECT_FALSE(sink->write(as_bytes("012")));
    sink->cut();
    EXPECT_EQ(store_.upload("upload-0").durable, 3U);
    EXPECT_EQ(patch(3, "3456789").status, 204);
}

TEST_F(Tus, FinishesAgainWhereTheReplyWasLost) {
    create(4);
    patch(0, "0123");
    EXPECT_EQ(offset(), "4");
    EXPECT_EQ(store_.upload("upload-0").finished, 2);
}

/// "sha256 " and the base64 of the digest.
std::string checksum(const std::string& bytes) {
    return "sha256 " + crypto::to_base64(crypto::sha256(as_bytes(bytes)).view());
}

TEST_F(Tus, TakesTheFirstBytesWithTheCreation) {
    const auto create_with = [&](const std::string& bytes, Headers headers) {
        headers.emplace("upload-length", "6");
        headers.emplace("content-length", std::to_string(bytes.size()));
        const auto* route = router_.find("POST", "/v1/files").route;
        auto opened =
            std::get<StreamHandler>(route->handler)(request("POST", "/v1/files", headers));
        if (auto* early = std::get_if<Reply>(&opened)) {
            return *early;
        }
        auto& sink = std::get<std::unique_ptr<BodySink>>(opened);
        auto refused = sink->write(as_bytes(bytes));
        return refused ? *refused : sink->end();
    };
    const Headers type{{"content-type", "application/offset+octet-stream"}};
    EXPECT_EQ(create_with("abc", {}).status, 415);
    EXPECT_EQ(create_with("abcdefg", type).status, 413);
    EXPECT_EQ(store_.count(), 0U) << "nothing is made for what is refused";
    auto part = create_with("abc", type);
    EXPECT_EQ(part.status, 201);
    EXPECT_EQ(part.headers["upload-offset"], "3");
    EXPECT_EQ(part.headers["location"], "/v1/files/upload-0");
    auto whole = create_with("abcdef", type);
    EXPECT_EQ(whole.headers["upload-offset"], "6");
    EXPECT_EQ(store_.upload("upload-1").finished, 1);
    auto typed = type;
    typed.emplace("upload-checksum", checksum("xyz"));
    EXPECT_EQ(create_with("abc", typed).status, 460);
}

TEST_F(Tus, ThrowsAPieceAwayThatIsNotWhatItsChecksumSays) {
    create(6);
    EXPECT_EQ(patch(0, "abc", {{"upload-checksum", checksum("abc")}}).status, 204);
    EXPECT_EQ(patch(3, "dEf", {{"upload-checksum", checksum("def")}}).status, 460);
    EXPECT_EQ(offset(), "3");
    EXPECT_EQ(refusal(3, {{"upload-checksum", "crc32 AAAA"}}), 400);
    EXPECT_EQ(refusal(3, {{"upload-checksum", "sha256 AAAA"}}), 400);
    EXPECT_EQ(patch(3, "def", {{"upload-checksum", checksum("def")}}).status, 204);
    EXPECT_EQ(to_string(store_.upload("upload-0").bytes), "abcdef");
}

TEST_F(Tus, NeverTellsAnOffsetOfBytesThatWaitForTheirChecksum) {
    create(6);
    auto opened = open(0, {{"upload-checksum", checksum("abc")}});
    auto& cut_off = std::get<std::unique_ptr<BodySink>>(opened);
    EXPECT_FALSE(cut_off->write(as_bytes("ab")));
    EXPECT_EQ(offset(), "0") << "another connection took over";
    auto again = open(0, {{"upload-checksum", checksum("abc")}});
    auto& sink = std::get<std::unique_ptr<BodySink>>(again);
    EXPECT_FALSE(sink->write(as_bytes("ab")));
    sink->cut();
    EXPECT_EQ(offset(), "0");
}

TEST_F(Tus, ForgetsAnUploadThatItsClientEnds) {
    create(6);
    patch(0, "abc");
    EXPECT_EQ(ask("DELETE", "/v1/files/upload-9").status, 404);
    EXPECT_EQ(ask("DELETE", "/v1/files/upload-0").status, 204);
    EXPECT_EQ(ask("HEAD", "/v1/files/upload-0").status, 404);
    create(3);
    EXPECT_EQ(store_.count(), 1U);
    patch(0, "abc");
    EXPECT_EQ(ask("DELETE", "/v1/files/upload-0").status, 409) << "what is whole stays";
}

TEST_F(Tus, SaysWhenAnUnfinishedUploadEnds) {
    store_.set_expiry(WallTime{0});
    auto made = ask("POST", "/v1/files", {{"upload-length", "6"}});
    EXPECT_EQ(made.headers["upload-expires"], "Thu, 01 Jan 1970 00:00:00 GMT");
    EXPECT_EQ(patch(0, "abc").headers.count("upload-expires"), 1U);
    EXPECT_EQ(patch(3, "def").headers.count("upload-expires"), 0U);
}

TEST_F(Tus, SaysThatTheDiskIsFull) {
    create(4);
    store_.set_full(true);
    EXPECT_EQ(patch(0, "0123").status, 507);
    store_.set_full(false);
    EXPECT_EQ(patch(0, "0123").status, 204);
}

TEST_F(Tus, TakesPatchInTheClothesOfPost) {
    create(4);
    const auto* route = router_.find("POST", "/v1/files/upload-0").route;
    const auto& handler = std::get<StreamHandler>(route->handler);
    const Headers headers{{"upload-offset", "0"},
                          {"content-type", "application/offset+octet-stream"}};
    auto plain = handler(request("POST", "/v1/files/upload-0", headers));
    EXPECT_EQ(std::get<Reply>(plain).status, 405);
    auto dressed = headers;
    dressed.emplace("x-http-method-override", "PATCH");
    EXPECT_TRUE(std::holds_alternative<std::unique_ptr<BodySink>>(
        handler(request("POST", "/v1/files/upload-0", dressed))));
}

TEST(TusNumber, IsPlainDecimal) {
    EXPECT_EQ(read_tus_number("0"), 0U);
    EXPECT_EQ(read_tus_number("9223372036854775807"), 9223372036854775807U);
    for (const auto* text : {"", "-1", "+1", " 1", "1 ", "0x1", "9223372036854775808"}) {
        EXPECT_FALSE(read_tus_number(text)) << text;
    }
}

}  // namespace
}  // namespace assay::http
