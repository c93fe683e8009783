#include "server/http/upload_draft.h"

#include <gtest/gtest.h>

#include "server/http/tus.h"
#include "tests/server/http/memory_tus_store.h"

namespace assay::http {
namespace {

/// The draft's words over the routes of tus, without a socket.
class UploadDraft : public testing::Test {
  protected:
    void SetUp() override {
        TusOptions options;
        options.upload_bytes_max = 1000;
        add_tus(router_, options, store_);
    }
    /// `body` is sent where the head is taken.
    Reply ask(const std::string& method, const std::string& path, Headers headers,
              const std::string& body = "") {
        const auto found = router_.find(method, path);
        Request request;
        request.method = method;
        request.path = path;
        request.params = found.params;
        request.headers = std::move(headers);
        request.headers.emplace("upload-draft-interop-version", "6");
        request.headers.emplace("content-length", std::to_string(body.size()));
        const auto* const stream = std::get_if<StreamHandler>(&found.route->handler);
        if (stream == nullptr) {
            return std::get<Handler>(found.route->handler)(request);
        }
        auto opened = (*stream)(request);
        if (auto* const reply = std::get_if<Reply>(&opened)) {
            return std::move(*reply);
        }
        auto& sink = *std::get<std::unique_ptr<BodySink>>(opened);
        auto early = body.empty() ? std::nullopt : sink.write(as_bytes(body));
        return early ? *early : sink.end();
    }
    Reply patch(const std::string& offset, const std::string& complete, const std::string& body,
                const std::string& type = "application/partial-upload") {
        return ask(
            "PATCH", "/v1/files/upload-0",
            {{"upload-offset", offset}, {"upload-complete", complete}, {"content-type", type}},
            body);
    }

    test::MemoryTusStore store_;
    Router router_;
};

TEST_F(UploadDraft, TakesAWholeFileWithItsCreation) {
    auto made = ask("POST", "/v1/files", {{"upload-complete", "?1"}, {"content-type", "image/png"}},
                    "whole");
    EXPECT_EQ(made.status, 201);
    EXPECT_EQ(made.headers["location"], "/v1/files/upload-0");
    EXPECT_EQ(made.headers["upload-complete"], "?1");
    EXPECT_FALSE(made.headers.contains("tus-resumable"));
    EXPECT_EQ(to_string(store_.upload("upload-0").bytes), "whole");
    EXPECT_GE(store_.upload("upload-0").finished, 1);
}

TEST_F(UploadDraft, GoesOnWhereItWasCut) {
    auto made = ask("POST", "/v1/files", {{"upload-complete", "?0"}, {"upload-length", "10"}});
    EXPECT_EQ(made.status, 201);
    EXPECT_EQ(made.headers["upload-complete"], "?0");
    EXPECT_EQ(patch("0", "?0", "01234").headers["upload-offset"], "5");
    auto head = ask("HEAD", "/v1/files/upload-0", {});
    EXPECT_EQ(head.status, 204);
    EXPECT_EQ(head.headers["upload-offset"], "5");
    EXPECT_EQ(head.headers["upload-complete"], "?0");
    EXPECT_EQ(head.headers["cache-control"], "no-store");
    auto wrong = patch("3", "?1", "3456789");
    EXPECT_EQ(wrong.status, 409);
    EXPECT_EQ(wrong.headers["upload-offset"], "5");
    EXPECT_EQ(patch("5", "?1", "56789").headers["upload-complete"], "?1");
    EXPECT_EQ(to_string(store_.upload("upload-0").bytes), "0123456789");
}

TEST_F(UploadDraft, RefusesWhatItsHeadersDoNotSay) {
    EXPECT_EQ(ask("POST", "/v1/files", {{"upload-complete", "?0"}}).status, 400) << "no length";
    EXPECT_EQ(ask("POST", "/v1/files", {{"upload-length", "5"}}).status, 400) << "complete or not";
    EXPECT_EQ(ask("POST", "/v1/files", {{"upload-complete", "?1"}, {"upload-length", "9"}}, "short")
                  .status,
              400);
    EXPECT_EQ(
        ask("POST", "/v1/files", {{"upload-complete", "?0"}, {"upload-length", "1001"}}).status,
        413);
    ask("POST", "/v1/files", {{"upload-complete", "?0"}, {"upload-length", "10"}});
    EXPECT_EQ(patch("0", "?0", "x", "application/offset+octet-stream").status, 415);
    EXPECT_EQ(patch("0", "yes", "x").status, 400);
    EXPECT_EQ(patch("0", "?1", "short").status, 400) << "the client believes that this was all";
    EXPECT_EQ(ask("DELETE", "/v1/files/upload-0", {}).status, 204);
    EXPECT_EQ(ask("OPTIONS", "/v1/files", {}).headers["upload-limit"], "max-size=1000");
    EXPECT_EQ(
        ask("OPTIONS", "/v1/files", {{"upload-draft-interop-version", "5"}}).headers["tus-version"],
        "1.0.0")
        << "another version of the draft is as none";
}

}  // namespace
}  // namespace assay::http
