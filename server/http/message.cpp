#include "server/http/message.h"

#include <algorithm>

namespace assay::http {

namespace {

class FileBody final : public BodySource {
  public:
    FileBody(std::unique_ptr<File> file, std::uint64_t offset, std::uint64_t size)
        : file_(std::move(file)), at_(offset), left_(size), size_(size) {}

    std::uint64_t size() const override { return size_; }

    Result<std::size_t> read(std::span<std::uint8_t> out) override {
        const auto want = std::min<std::uint64_t>(out.size(), left_);
        ASSAY_TRY(const auto got, file_->read_at(at_, out.first(static_cast<std::size_t>(want))));
        if (got == 0 && want > 0) {
            return fail(Code::kCorrupt, "http.body.short"_id);
        }
        at_ += got;
        left_ -= got;
        return got;
    }

  private:
    std::unique_ptr<File> file_;
    std::uint64_t at_;
    std::uint64_t left_;
    std::uint64_t size_;
};

}  // namespace

std::optional<std::string> Request::query_value(std::string_view name) const {
    const auto found = std::find_if(query.begin(), query.end(),
                                    [&](const auto& pair) { return pair.first == name; });
    return found == query.end() ? std::nullopt : std::optional(found->second);
}

std::string Request::header(const std::string& lower_case_name) const {
    const auto found = headers.find(lower_case_name);
    return found == headers.end() ? std::string() : found->second;
}

std::shared_ptr<BodySource> file_body(std::unique_ptr<File> file, std::uint64_t offset,
                                      std::uint64_t size) {
    return std::make_shared<FileBody>(std::move(file), offset, size);
}

Reply Reply::bytes(int status, std::string content_type, Bytes body) {
    return {status, {{"content-type", std::move(content_type)}}, std::move(body), nullptr};
}

Reply Reply::text(int status, std::string_view text) {
    return bytes(status, "text/plain; charset=utf-8", to_bytes(text));
}

Reply Reply::json(int status, std::string_view json) {
    return bytes(status, "application/json", to_bytes(json));
}

Reply Reply::busy(std::chrono::seconds retry_after) {
    return {503, {{"retry-after", std::to_string(retry_after.count())}}, {}, nullptr};
}

int status_of(Code code) {
    switch (code) {
        case Code::kUsage:
        case Code::kInvalid:
            return 400;
        case Code::kDenied:
        case Code::kRefused:
            return 403;
        case Code::kNotFound:
            return 404;
        case Code::kConflict:
            return 409;
        case Code::kLimit:
            return 413;
        case Code::kCorrupt:
            return 422;
        case Code::kUnavailable:
            return 503;
        case Code::kFull:
            return 507;
        case Code::kIo:
            break;
    }
    return 500;
}

}  // namespace assay::http
