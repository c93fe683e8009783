#include "server/http/target.h"

#include <gtest/gtest.h>

namespace assay::http {
namespace {

std::string path(std::string_view raw) {
    const auto target = read_target(raw);
    return target ? target->path : "refused";
}

TEST(Target, IsDecodedOnce) {
    EXPECT_EQ(path("/"), "/");
    EXPECT_EQ(path("/v1/packages/ab"), "/v1/packages/ab");
    EXPECT_EQ(path("/%E8%AF%95%E5%8D%B7"), "/试卷");
    EXPECT_EQ(path("/a%2525b"), "/a%25b");
    EXPECT_EQ(path("/a+b"), "/a+b");
}

TEST(Target, HasNoWayOutOfItsFolder) {
    for (const auto* raw :
         {"/../etc", "/a/../b", "/a/..", "/a/.", "/./a", "/%2e%2e/a", "/.%2E/a", "/a%2Fb", "/a%2fb",
          "//a", "/a//b", "/a/", "/a%5Cb", "/a\\b", "/a%00b", "/a%0Ab", "/a%7F", "/a%C2%80b"}) {
        EXPECT_EQ(path(raw), "refused") << raw;
    }
    EXPECT_EQ(path("/..."), "/...");
    EXPECT_EQ(path("/.a"), "/.a");
}

TEST(Target, IsOriginFormOnly) {
    for (const auto* raw : {"", "*", "a", "http://host/a", "host:443", "?a=b", "/a#b"}) {
        EXPECT_EQ(path(raw), "refused") << raw;
    }
}

TEST(Target, IsWellFormedUtf8) {
    for (const auto* raw :
         {"/%FF", "/%C0%AF", "/%E0%80%AF", "/%ED%A0%80", "/%F4%90%80%80", "/%E8%AF", "/%", "/%4",
          "/%zz", "/%GG", "/\x80", "/a?b=%FF", "/a?%FF=b"}) {
        EXPECT_EQ(path(raw), "refused") << raw;
    }
    EXPECT_EQ(path("/%F0%A0%AE%B7"), "/𠮷");
}

TEST(Target, KeepsQueryPairsInTheirOrder) {
    const auto target = read_target("/a?x=1&y&=z&x=%26+2&&").value();
    ASSERT_EQ(target.query.size(), 4U);
    EXPECT_EQ(target.query[0], (std::pair<std::string, std::string>("x", "1")));
    EXPECT_EQ(target.query[1], (std::pair<std::string, std::string>("y", "")));
    EXPECT_EQ(target.query[2], (std::pair<std::string, std::string>("", "z")));
    EXPECT_EQ(target.query[3], (std::pair<std::string, std::string>("x", "& 2")));
}

TEST(Target, HasLimits) {
    EXPECT_EQ(read_target("/" + std::string(kTargetBytesMax, 'a')).error().code, Code::kLimit);
    std::string deep;
    for (std::size_t i = 0; i <= kPathSegmentsMax; ++i) {
        deep += "/a";
    }
    EXPECT_EQ(read_target(deep).error().code, Code::kLimit);
    std::string many = "/a?";
    for (std::size_t i = 0; i <= kQueryPairsMax; ++i) {
        many += "a&";
    }
    EXPECT_EQ(read_target(many).error().code, Code::kLimit);
}

}  // namespace
}  // namespace assay::http
