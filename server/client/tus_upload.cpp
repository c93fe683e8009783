#include "server/client/tus_upload.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "crypto/base64.h"
#include "server/protocol/retry.h"

namespace assay::client {

namespace {

Error nonsense() { return fail(Code::kInvalid, "client.tus.protocol"_id); }

Error refused(int status) {
    return fail(Code::kRefused, "client.tus.refused"_id, {{"status", std::to_string(status)}});
}

std::optional<std::uint64_t> number(const LinkReply& reply, const std::string& name) {
    const auto found = reply.headers.find(name);
    if (found == reply.headers.end()) {
        return std::nullopt;
    }
    const auto& text = found->second;
    std::uint64_t value = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = !text.empty() && error == std::errc{} && stop == text.data() + text.size();
    return whole ? std::optional(value) : std::nullopt;
}

/// The path of an address that may come with scheme and host; the peer stays the same one.
std::string path_of(std::string_view location) {
    const auto scheme = location.find("://");
    if (scheme != std::string_view::npos) {
        location.remove_prefix(scheme + 3);
        location.remove_prefix(std::min(location.find('/'), location.size()));
    }
    return location.starts_with('/') ? std::string(location) : std::string();
}

bool may_pass(int status) {
    return status >= 500 || status == 408 || status == 409 || status == 423 || status == 429;
}

/// One upload on its way. Each step is one request; a step that fails in a way that may pass is
/// tried again from what the server says it has.
class Upload {
  public:
    Upload(Link& link, File& source, const TusConfig& config, std::uint64_t size)
        : link_(link), source_(source), config_(config), size_(size), address_(config.address) {}

    Result<std::string> run();

  private:
    enum class Step {
        kForward,  ///< it went on
        kAgain,    ///< wait, then ask for the offset
    };
    Result<Step> step();
    Result<Step> create();
    Result<Step> ask_offset();
    Result<Step> send_piece();
    Result<Step> after(const LinkReply& reply);
    Result<LinkReply> exchange(LinkRequest request);
    Status pause();
    void note_progress();

    Link& link_;
    File& source_;
    const TusConfig& config_;
    std::uint64_t size_;
    std::string address_;
    std::optional<std::uint64_t> offset_;
    std::uint64_t known_ = 0;
    std::size_t tries_ = 0;
    bool created_ = false;
    std::chrono::milliseconds asked_to_wait_{0};
    std::optional<Error> last_;
};

Result<LinkReply> Upload::exchange(LinkRequest request) {
    request.headers.emplace("tus-resumable", "1.0.0");
    request.timeout = config_.piece_timeout;
    return link_.exchange(request);
}

Status Upload::pause() {
    offset_.reset();
    if (tries_ >= config_.backoff.size()) {
        return *last_;
    }
    const auto time = std::max(config_.backoff[tries_++], asked_to_wait_);
    if (config_.wait && !config_.wait(time)) {
        return *last_;
    }
    return Ok{};
}

/// For a status that is not the one hoped for.
Result<Upload::Step> Upload::after(const LinkReply& reply) {
    if (!may_pass(reply.status)) {
        return refused(reply.status);
    }
    const auto seconds = std::min<std::uint64_t>(number(reply, "retry-after").value_or(0), 3600);
    asked_to_wait_ = std::chrono::seconds(seconds);
    last_ = protocol::with_retry_after(fail(Code::kUnavailable, "client.tus.refused"_id,
                                            {{"status", std::to_string(reply.status)}}),
                                       reply);
    return Step::kAgain;
}

Result<Upload::Step> Upload::create() {
    LinkRequest request{"POST", config_.prefix, {{"upload-length", std::to_string(size_)}}, {}};
    std::string metadata;
    for (const auto& [key, value] : config_.metadata) {
        metadata += (metadata.empty() ? "" : ",") + key + " " + crypto::to_base64(value);
    }
    if (!metadata.empty()) {
        request.headers.emplace("upload-metadata", metadata);
    }
    ASSAY_TRY(const auto reply, exchange(std::move(request)));
    if (reply.status != 201) {
        return after(reply);
    }
    const auto location = reply.headers.find("location");
    address_ = location == reply.headers.end() ? "" : path_of(location->second);
    if (address_.empty()) {
        return nonsense();
    }
    created_ = true;
    offset_ = 0;
    if (config_.created) {
        config_.created(address_);
    }
    return Step::kForward;
}

Result<Upload::Step> Upload::ask_offset() {
    ASSAY_TRY(const auto reply, exchange({"HEAD", address_, {}, {}}));
    const bool gone = reply.status == 404 || reply.status == 410;
    if (gone && !created_) {
        address_.clear();  // the server forgot what an earlier run began
        return Step::kForward;
    }
    if (reply.status != 200 && reply.status != 204) {
        return after(reply);
    }
    const auto offset = number(reply, "upload-offset");
    if (!offset || *offset > size_) {
        return nonsense();
    }
    if (number(reply, "upload-length").value_or(size_) != size_) {
        return fail(Code::kConflict, "client.tus.changed"_id);
    }
    offset_ = offset;
    note_progress();  // a piece may have arrived whose reply did not
    return Step::kForward;
}

Result<Upload::Step> Upload::send_piece() {
    const auto want = std::min(config_.piece_bytes, size_ - *offset_);
    Bytes piece(static_cast<std::size_t>(want));
    ASSAY_TRY(const auto got, source_.read_at(*offset_, piece));
    if (got != piece.size()) {
        return fail(Code::kConflict, "client.tus.changed"_id);
    }
    ASSAY_TRY(const auto reply, exchange({"PATCH",
                                          address_,
                                          {{"upload-offset", std::to_string(*offset_)},
                                           {"content-type", "application/offset+octet-stream"}},
                                          std::move(piece)}));
    if (reply.status != 204) {
        return after(reply);
    }
    const auto offset = number(reply, "upload-offset");
    if (!offset || *offset <= *offset_ || *offset > *offset_ + want) {
        return nonsense();
    }
    offset_ = offset;
    note_progress();
    return Step::kForward;
}

void Upload::note_progress() {
    if (*offset_ <= known_) {
        return;
    }
    known_ = *offset_;
    tries_ = 0;
    if (config_.progress) {
        config_.progress(known_, size_);
    }
}

Result<Upload::Step> Upload::step() {
    if (address_.empty()) {
        return create();
    }
    return offset_ ? send_piece() : ask_offset();
}

Result<std::string> Upload::run() {
    while (offset_ != size_) {
        asked_to_wait_ = {};
        const auto result = step();
        const bool cut = !result && result.error().code == Code::kUnavailable;
        if (!result && !cut) {
            return result.error();
        }
        if (cut) {
            last_ = result.error();
        }
        if (cut || *result == Step::kAgain) {
            ASSAY_TRY_STATUS(pause());
        }
    }
    return address_;
}

}  // namespace

Result<std::string> tus_upload(Link& link, File& source, const TusConfig& config) {
    ASSAY_CHECK(config.piece_bytes > 0);
    ASSAY_TRY(const auto size, source.size());
    return Upload(link, source, config, size).run();
}

}  // namespace assay::client
