#include "server/http/head.h"

#include <gtest/gtest.h>

namespace assay::http {
namespace {

using Fields = std::vector<std::pair<std::string_view, std::string_view>>;

int refusal(Fields fields) {
    fields.emplace_back("Host", "h");
    return read_head(11, fields).refusal;
}

TEST(Head, FramesABodyInOneWayOnly) {
    EXPECT_EQ(refusal({{"Content-Length", "5"}, {"Transfer-Encoding", "chunked"}}), 400);
    EXPECT_EQ(refusal({{"Transfer-Encoding", "chunked"}, {"Content-Length", "5"}}), 400);
    EXPECT_EQ(refusal({{"Content-Length", "5"}, {"content-length", "5"}}), 400);
    EXPECT_EQ(refusal({{"Content-Length", "5, 5"}}), 400);
    EXPECT_EQ(refusal({{"Transfer-Encoding", "chunked"}, {"Transfer-Encoding", "chunked"}}), 400);
    EXPECT_EQ(refusal({{"Transfer-Encoding", "gzip, chunked"}}), 501);
    EXPECT_EQ(refusal({{"Transfer-Encoding", "identity"}}), 501);
    EXPECT_EQ(refusal({{"Transfer-Encoding", ""}}), 501);
}

TEST(Head, ReadsLengthsStrictly) {
    for (const auto* text : {"", "-1", "+1", "0x10", "1 ", " 1", "1e3", "18446744073709551616",
                             "99999999999999999999", "1;2"}) {
        EXPECT_EQ(refusal({{"Content-Length", text}}), 400) << text;
    }
    const auto check = read_head(11, {{"Host", "h"}, {"Content-Length", "0042"}});
    EXPECT_EQ(check.head.value().body.length, 42U);
}

TEST(Head, NeedsOneHostAndVersion11) {
    EXPECT_EQ(read_head(11, {}).refusal, 400);
    EXPECT_EQ(refusal({{"host", "other"}}), 400);
    EXPECT_EQ(read_head(11, {{"Host", "h transfer-encoding: chunked"}}).refusal, 400);
    EXPECT_EQ(read_head(11, {{"Host", "[::1]:443"}}).refusal, 0);
    EXPECT_EQ(read_head(10, {{"Host", "h"}}).refusal, 505);
    EXPECT_EQ(read_head(20, {{"Host", "h"}}).refusal, 505);
}

TEST(Head, RefusesNamesAndValuesThatOthersReadDifferently) {
    EXPECT_EQ(refusal({{"Content-Length ", "5"}}), 400);
    EXPECT_EQ(refusal({{"", "5"}}), 400);
    EXPECT_EQ(refusal({{"a b", "5"}}), 400);
    EXPECT_EQ(refusal({{"a", std::string_view("x\0y", 3)}}), 400);
    EXPECT_EQ(refusal({{"a", "x\ny"}}), 400);
}

TEST(Head, KnowsOneExpectation) {
    EXPECT_EQ(refusal({{"Expect", "200-ok"}}), 417);
    EXPECT_TRUE(read_head(11, {{"Host", "h"}, {"Expect", "100-Continue"}}).head->expects_continue);
}

TEST(Head, JoinsWhatMayComeTwice) {
    const auto head = read_head(11, {{"Host", "h"}, {"Accept", "a"}, {"ACCEPT", "b"}}).head.value();
    EXPECT_EQ(head.headers.at("accept"), "a, b");
}

TEST(ReplyHead, SaysLengthAndDate) {
    Reply reply = Reply::text(200, "hello");
    EXPECT_EQ(reply_head(reply, false, WallTime{0}),
              "HTTP/1.1 200 OK\r\ndate: Thu, 01 Jan 1970 00:00:00 GMT\r\n"
              "content-type: text/plain; charset=utf-8\r\ncontent-length: 5\r\n\r\n");
    Reply none = Reply::empty(204);
    EXPECT_EQ(reply_head(none, true, WallTime{1772353800}),
              "HTTP/1.1 204 No Content\r\ndate: Sun, 01 Mar 2026 08:30:00 GMT\r\n"
              "connection: close\r\n\r\n");
}

TEST(ReplyHead, IsNeverSplit) {
    const std::vector<Headers> wrong = {{{"a", "b\r\nset-cookie: c"}},
                                        {{"a\r\nb", "c"}},
                                        {{"a b", "c"}},
                                        {{"", "c"}},
                                        {{"content-length", "9"}},
                                        {{"Transfer-Encoding", "chunked"}},
                                        {{"a", std::string("\0", 1)}}};
    for (const auto& headers : wrong) {
        Reply reply{200, headers, to_bytes("secret"), nullptr};
        EXPECT_TRUE(reply_head(reply, false, WallTime{0}).starts_with("HTTP/1.1 500 "));
        EXPECT_TRUE(reply.body.empty());
    }
    Reply status{99, {}, {}, nullptr};
    EXPECT_TRUE(reply_head(status, false, WallTime{0}).starts_with("HTTP/1.1 500 "));
}

}  // namespace
}  // namespace assay::http
