#include "server/http/router.h"

#include <thread>

#include <gtest/gtest.h>

namespace assay::http {
namespace {

Reply none(const Request&) { return Reply::empty(204); }

class Routes : public testing::Test {
  protected:
    void SetUp() override {
        for (const auto* pattern : {"/", "/v1/packages/{id}", "/v1/packages/new",
                                    "/v1/packages/{id}/parts/{part}", "/tiles/{rest*}"}) {
            router_.add("GET", pattern, {}, none);
        }
        router_.add("PUT", "/v1/packages/{id}", {}, none);
    }
    std::string found(std::string_view method, std::string_view path) {
        const auto found = router_.find(method, path);
        return found.route == nullptr ? "none" : pattern_text(*found.route);
    }
    Router router_;
};

TEST_F(Routes, MatchWholePaths) {
    EXPECT_EQ(found("GET", "/"), "/");
    EXPECT_EQ(found("GET", "/v1/packages/ab"), "/v1/packages/{id}");
    EXPECT_EQ(found("GET", "/v1/packages"), "none");
    EXPECT_EQ(found("GET", "/v1/packages/ab/parts"), "none");
    EXPECT_EQ(found("GET", "/v1/packages/ab/parts/1"), "/v1/packages/{id}/parts/{part}");
    EXPECT_EQ(found("GET", "/V1/packages/ab"), "none");
}

TEST_F(Routes, PreferLiteralSegments) {
    EXPECT_EQ(found("GET", "/v1/packages/new"), "/v1/packages/new");
    EXPECT_EQ(found("PUT", "/v1/packages/new"), "/v1/packages/{id}");
}

TEST_F(Routes, NameTheSegments) {
    const auto one = router_.find("GET", "/v1/packages/ab/parts/7");
    EXPECT_EQ(one.params, (std::map<std::string, std::string>{{"id", "ab"}, {"part", "7"}}));
    EXPECT_EQ(router_.find("GET", "/tiles/0/x001/067").params.at("rest"), "0/x001/067");
    EXPECT_EQ(found("GET", "/tiles"), "none");
}

TEST_F(Routes, AnswerHeadLikeGet) {
    EXPECT_EQ(found("HEAD", "/v1/packages/ab"), "/v1/packages/{id}");
    router_.add("HEAD", "/v1/packages/{id}", {}, none);
    EXPECT_EQ(router_.find("HEAD", "/v1/packages/ab").route->method, "HEAD");
}

TEST_F(Routes, SayWhichMethodsThereAre) {
    EXPECT_EQ(router_.find("DELETE", "/v1/packages/ab").allowed, "GET, PUT");
    EXPECT_EQ(router_.find("DELETE", "/nothing").allowed, "");
}

TEST_F(Routes, AreUnambiguous) {
    EXPECT_DEATH(router_.add("GET", "/v1/packages/{other}", {}, none), "");
}

TEST(Responder, AnswersOnceFromAnyThread) {
    std::vector<int> sent;
    {
        const Responder responder([&](const Reply& reply) { sent.push_back(reply.status); });
        std::thread([copy = responder] { copy(Reply::empty(200)); }).join();
        responder(Reply::empty(404));
    }
    EXPECT_EQ(sent, std::vector<int>{200});
}

TEST(Responder, AnswersWith500WhenItIsForgotten) {
    std::vector<int> sent;
    {
        const Responder responder([&](const Reply& reply) { sent.push_back(reply.status); });
    }
    EXPECT_EQ(sent, std::vector<int>{500});
}

}  // namespace
}  // namespace assay::http
