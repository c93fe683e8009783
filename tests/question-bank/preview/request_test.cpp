#include "question-bank/preview/request.h"

#include <gtest/gtest.h>

namespace assay::preview {
namespace {

constexpr const char* kHost = "127.0.0.1:8080";

Arrival arrived(const std::string& line, const std::string& fields = "Host: 127.0.0.1:8080\r\n",
                const std::string& body = "") {
    return read_request(line + "\r\n" + fields + "\r\n" + body, kHost);
}

TEST(Request, IsReadWithItsPathQueryAndBodyDecodedOnce) {
    const auto got = arrived("POST /t/item/3?language=zh-CN&seed=1%32&x HTTP/1.1",
                             "Host: 127.0.0.1:8080\r\nContent-Length: 2\r\n", "{}more");
    ASSERT_TRUE(got.request);
    EXPECT_EQ(got.request->method, "POST");
    EXPECT_EQ(got.request->path, "/t/item/3");
    EXPECT_EQ(got.request->query.at("seed"), "12");
    EXPECT_EQ(got.request->query.at("x"), "");
    EXPECT_EQ(got.request->body, "{}");
    EXPECT_EQ(arrived("GET /bank/%E5%9B%BE%2520.png HTTP/1.1").request->path, "/bank/图%20.png");
}

TEST(Request, WaitsForWhatHasNotCome) {
    const auto head = read_request("GET / HTTP/1.1\r\nHost: 127", kHost);
    EXPECT_FALSE(head.request);
    EXPECT_EQ(head.refusal, 0);
    const auto body =
        arrived("POST / HTTP/1.1", "Host: 127.0.0.1:8080\r\nContent-Length: 3\r\n", "{}");
    EXPECT_FALSE(body.request);
    EXPECT_EQ(body.refusal, 0);
}

TEST(Request, ForAnotherHostOrFromAnotherOriginIsRefused) {
    EXPECT_EQ(arrived("GET / HTTP/1.1", "Host: rebound.example:8080\r\n").refusal, 421);
    EXPECT_EQ(arrived("GET / HTTP/1.1", "Accept: x\r\n").refusal, 421);
    EXPECT_EQ(
        arrived("POST / HTTP/1.1", "Host: 127.0.0.1:8080\r\nOrigin: http://elsewhere.example\r\n")
            .refusal,
        403);
}

TEST(Request, ThatTwoReadersCouldReadInTwoWaysIsRefused) {
    const std::string host = "Host: 127.0.0.1:8080\r\n";
    EXPECT_EQ(arrived("GET / HTTP/1.1", host + host).refusal, 400);
    EXPECT_EQ(
        arrived("POST / HTTP/1.1", host + "Content-Length: 1\r\nContent-Length: 1\r\n").refusal,
        400);
    EXPECT_EQ(arrived("POST / HTTP/1.1", host + "Content-Length: 1, 1\r\n").refusal, 400);
    EXPECT_EQ(arrived("POST / HTTP/1.1", host + "Transfer-Encoding: chunked\r\n").refusal, 501);
    EXPECT_EQ(arrived("GET / HTTP/1.1", host + " folded: x\r\n").refusal, 400);
    EXPECT_EQ(arrived("GET /%0d%0a HTTP/1.1").refusal, 400);
    EXPECT_EQ(arrived("GET /%4 HTTP/1.1").refusal, 400);
    EXPECT_EQ(arrived("GET http://127.0.0.1/ HTTP/1.1").refusal, 400);
    EXPECT_EQ(arrived("PUT / HTTP/1.1").refusal, 405);
    EXPECT_EQ(arrived("GET / HTTP/1.0").refusal, 505);
    EXPECT_EQ(arrived("GET /").refusal, 400);
}

TEST(Request, OverALimitIsRefused) {
    EXPECT_EQ(read_request("GET /" + std::string(kHeadBytesMax, 'a'), kHost).refusal, 431);
    EXPECT_EQ(arrived("POST / HTTP/1.1", "Host: 127.0.0.1:8080\r\nContent-Length: " +
                                             std::to_string(kBodyBytesMax + 1) + "\r\n")
                  .refusal,
              413);
}

TEST(Reply, OfAFileRunsNothingAndIsNeverSniffed) {
    const auto text = reply_text({200, "image/svg+xml", "", "<svg/>"});
    EXPECT_NE(text.find("content-security-policy: default-src 'none'; sandbox;"),
              std::string::npos);
    EXPECT_NE(text.find("x-content-type-options: nosniff"), std::string::npos);
    EXPECT_TRUE(text.ends_with("\r\n\r\n<svg/>"));
}

}  // namespace
}  // namespace assay::preview
