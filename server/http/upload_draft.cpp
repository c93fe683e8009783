#include "server/http/upload_draft.h"

#include "server/http/tus_headers.h"

namespace assay::http {
namespace {

constexpr const char* kComplete = "upload-complete";

/// A boolean of structured fields (RFC 8941 3.3.6).
std::optional<bool> complete_of(const Request& request) {
    const std::string text = request.header(kComplete);
    return text == "?1" || text == "?0" ? std::optional(text == "?1") : std::nullopt;
}

/// Announced at the creation, or what the whole body comes to.
std::optional<std::uint64_t> length_of(const Request& request, bool complete) {
    if (const auto announced = read_tus_number(request.header("upload-length"))) {
        return announced;
    }
    return complete ? read_tus_number(request.header("content-length")) : std::nullopt;
}

int creation(Request& request) {
    const auto complete = complete_of(request);
    const auto length = complete ? length_of(request, *complete) : std::nullopt;
    if (!length) {
        return 400;
    }
    const auto brought = read_tus_number(request.header("content-length")).value_or(0);
    if (*complete && request.header("transfer-encoding").empty() && brought != *length) {
        return 400;
    }
    request.headers["upload-length"] = std::to_string(*length);
    request.headers["content-type"] = kTusContentType;  // the draft takes any here
    return 0;
}

int piece(Request& request) {
    if (!complete_of(request)) {
        return 400;
    }
    if (request.header("content-type") != kUploadDraftContentType) {
        return 415;
    }
    request.headers["content-type"] = kTusContentType;
    return 0;
}

/// Passes pieces on, and answers in the words of the draft.
class DraftSink final : public BodySink {
  public:
    DraftSink(Request asked, std::unique_ptr<BodySink> tus)
        : asked_(std::move(asked)), tus_(std::move(tus)) {}
    std::optional<Reply> write(ByteView bytes) override {
        auto early = tus_->write(bytes);
        return early ? std::optional(upload_draft_from_tus(asked_, std::move(*early)))
                     : std::nullopt;
    }
    Reply end() override { return upload_draft_from_tus(asked_, tus_->end()); }
    void cut() override { tus_->cut(); }

  private:
    Request asked_;
    std::unique_ptr<BodySink> tus_;
};

Reply refused(const Request& asked, int status) {
    return upload_draft_from_tus(asked, Reply::empty(status));
}

}  // namespace

bool speaks_upload_draft(const Request& request) {
    return request.header("upload-draft-interop-version") == kUploadDraftVersion;
}

std::variant<int, Request> tus_from_upload_draft(const Request& request) {
    Request out = request;
    out.headers["tus-resumable"] = kTusVersion;
    const bool creates = !request.params.contains("upload");
    int wrong = 0;
    if (request.method == "POST" && creates) {
        wrong = creation(out);
    } else if (request.method == "PATCH") {
        wrong = piece(out);
    }
    return wrong == 0 ? std::variant<int, Request>(std::move(out)) : wrong;
}

/// Upload-Length stays: later drafts know it. Whether all is there is told by length and offset.
Reply upload_draft_from_tus(const Request& asked, Reply reply) {
    for (const char* const name :
         {"tus-resumable", "tus-version", "tus-extension", "tus-checksum-algorithm"}) {
        reply.headers.erase(name);
    }
    if (const auto most = reply.headers.extract("tus-max-size"); !most.empty()) {
        reply.headers.emplace("upload-limit", "max-size=" + most.mapped());
    }
    const auto offset = reply.headers.find("upload-offset");
    const auto length = reply.headers.find("upload-length");
    if (offset != reply.headers.end() && length != reply.headers.end()) {
        const bool complete = offset->second == length->second;
        reply.headers[kComplete] = complete ? "?1" : "?0";
        if (reply.status < 300 && asked.method != "HEAD" && !complete &&
            complete_of(asked) == true) {
            reply.status = 400;  // the client believes that this was all
        }
    }
    if (asked.method == "HEAD" && reply.status == 200) {
        reply.status = 204;
    }
    if (reply.status == kTusChecksumMismatch) {
        reply.status = 400;
    }
    reply.headers.emplace("upload-draft-interop-version", kUploadDraftVersion);
    return reply;
}

Handler with_upload_draft(Handler tus) {
    return [tus = std::move(tus)](const Request& request) {
        if (!speaks_upload_draft(request)) {
            return tus(request);
        }
        const auto meant = tus_from_upload_draft(request);
        const auto* const wrong = std::get_if<int>(&meant);
        return wrong != nullptr ? refused(request, *wrong)
                                : upload_draft_from_tus(request, tus(std::get<Request>(meant)));
    };
}

StreamHandler with_upload_draft(StreamHandler tus) {
    using Answer = std::variant<Reply, std::unique_ptr<BodySink>>;
    return [tus = std::move(tus)](const Request& request) -> Answer {
        if (!speaks_upload_draft(request)) {
            return tus(request);
        }
        const auto meant = tus_from_upload_draft(request);
        if (const auto* const wrong = std::get_if<int>(&meant)) {
            return refused(request, *wrong);
        }
        Answer answer = tus(std::get<Request>(meant));
        if (auto* const reply = std::get_if<Reply>(&answer)) {
            return upload_draft_from_tus(request, std::move(*reply));
        }
        return std::make_unique<DraftSink>(request,
                                           std::move(std::get<std::unique_ptr<BodySink>>(answer)));
    };
}

}  // namespace assay::http
