#include "server/http/tus.h"

#include "crypto/hash.h"
#include "server/http/head.h"
#include "server/http/tus_headers.h"
#include "server/http/upload_draft.h"

namespace assay::http {

namespace {

/// Who writes to one upload now: the one that holds the newest turn.
struct Upload {
    std::mutex mutex;
    std::uint64_t turn = 0;
    bool dirty = false;  ///< appended since the last sync
    /// Where the piece began that is being written and has a checksum nobody has seen match yet.
    std::optional<std::uint64_t> unproven;
};

/// Uploads that somebody works on.
class Uploads {
  public:
    std::shared_ptr<Upload> at(const std::string& id) {
        const std::lock_guard lock(mutex_);
        std::erase_if(open_, [](const auto& row) { return row.second.expired(); });
        auto upload = open_[id].lock();
        if (!upload) {
            upload = std::make_shared<Upload>();
            open_[id] = upload;
        }
        return upload;
    }

  private:
    std::mutex mutex_;
    std::map<std::string, std::weak_ptr<Upload>> open_;
};

struct Tus {
    TusOptions options;
    TusStore& store;
    Uploads uploads;
};

Reply with_version(Reply reply) {
    reply.headers.emplace("tus-resumable", kTusVersion);
    return reply;
}

Reply refuse(int status) {
    auto reply = with_version(Reply::empty(status));
    if (status == 412) {
        reply.headers.emplace("tus-version", kTusVersion);
    }
    return reply;
}

Reply refuse(const Error& error) {
    // "It was here and is gone" has a status of its own in tus.
    return refuse(error.code == Code::kRefused ? 410 : status_of(error.code));
}

/// What was written since the last answer: made durable, or taken back where a checksum was
/// announced for it and never matched. The durable offset.
Result<std::uint64_t> settle(Tus& tus, Upload& upload, const std::string& id) {
    if (upload.unproven) {
        ASSAY_TRY_STATUS(tus.store.rewind(id, *upload.unproven));
    }
    ASSAY_TRY(const std::uint64_t offset, tus.store.sync(id));
    upload.dirty = false;
    upload.unproven.reset();
    return offset;
}

/// Stops whoever writes to the upload; then says how far it is on the disk.
Result<TusState> take_over(Tus& tus, Upload& upload, const Request& request,
                           const std::string& id) {
    ASSAY_TRY(auto state, tus.store.find(request, id));
    ++upload.turn;
    if (upload.dirty) {
        ASSAY_TRY(state.offset, settle(tus, upload, id));
    }
    return state;
}

Reply with_expiry(Reply reply, const TusState& state) {
    if (state.expires && state.offset < state.length) {
        reply.headers.emplace("upload-expires", http_date(*state.expires));
    }
    return reply;
}

/// A piece on its way in: what PATCH sends, or what comes with the creation.
struct Piece {
    std::string id;
    TusState state;
    std::optional<Digest> checksum;
    std::string location;  ///< of an upload that was made by this request
};

class PieceSink final : public BodySink {
  public:
    PieceSink(std::shared_ptr<Tus> tus, std::shared_ptr<Upload> upload, Piece piece)
        : tus_(std::move(tus)),
          upload_(std::move(upload)),
          piece_(std::move(piece)),
          at_(piece_.state.offset),
          turn_(upload_->turn) {}

    std::optional<Reply> write(ByteView bytes) override {
        const std::lock_guard lock(upload_->mutex);
        if (upload_->turn != turn_) {
            return refuse(409);
        }
        if (bytes.size() > piece_.state.length - at_) {
            return refuse(413);
        }
        upload_->dirty = true;
        if (piece_.checksum) {
            upload_->unproven = piece_.state.offset;
            hash_.update(bytes);
        }
        const auto written = tus_->store.append(piece_.id, at_, bytes);
        if (!written) {
            return refuse(written.error());
        }
        at_ += bytes.size();
        return std::nullopt;
    }

    Reply end() override {
        const std::lock_guard lock(upload_->mutex);
        if (upload_->turn != turn_) {
            return refuse(409);
        }
        const bool right = !piece_.checksum || hash_.finish() == *piece_.checksum;
        if (right) {
            upload_->unproven.reset();
        }
        const auto offset = settle(*tus_, *upload_, piece_.id);
        if (!offset || !right) {
            return offset ? refuse(kTusChecksumMismatch) : refuse(offset.error());
        }
        if (*offset == piece_.state.length) {
            const auto finished = tus_->store.finish(piece_.id);
            if (!finished) {
                return refuse(finished.error());
            }
        }
        return told(*offset);
    }

    void cut() override {
        const std::lock_guard lock(upload_->mutex);
        // What came is kept: the client asks for the offset and goes on from there.
        if (upload_->turn == turn_ && upload_->dirty) {
            const auto settled = settle(*tus_, *upload_, piece_.id);
            static_cast<void>(settled);  // who comes next settles it, and hears of the error
        }
    }

  private:
    Reply told(std::uint64_t offset) const {
        auto reply = with_version(Reply::empty(piece_.location.empty() ? 204 : 201));
        if (!piece_.location.empty()) {
            reply.headers.emplace("location", piece_.location);
        }
        reply.headers.emplace("upload-offset", std::to_string(offset));
        reply.headers.emplace("upload-length", std::to_string(piece_.state.length));
        TusState state = piece_.state;
        state.offset = offset;
        return with_expiry(std::move(reply), state);
    }

    std::shared_ptr<Tus> tus_;
    std::shared_ptr<Upload> upload_;
    Piece piece_;
    crypto::Sha256 hash_;
    std::uint64_t at_;
    std::uint64_t turn_;
};

using Opened = std::variant<Reply, std::unique_ptr<BodySink>>;

/// Reads Upload-Checksum into the piece; a status where it can't be checked.
int take_checksum(const Request& request, Piece& piece) {
    const std::string text = request.header("upload-checksum");
    piece.checksum = read_tus_checksum(text);
    return text.empty() || piece.checksum ? 0 : 400;
}

Opened open_patch(const std::shared_ptr<Tus>& tus, const Request& request) {
    Piece piece{request.params.at("upload"), {}, std::nullopt, {}};
    const std::string& id = piece.id;
    if (const int wrong = check_tus_patch(request); wrong != 0) {
        return refuse(wrong);
    }
    if (const int wrong = take_checksum(request, piece); wrong != 0) {
        return refuse(wrong);
    }
    if (!is_tus_id(id)) {
        return refuse(404);
    }
    const auto upload = tus->uploads.at(id);
    const std::lock_guard lock(upload->mutex);
    const auto state = take_over(*tus, *upload, request, id);
    if (!state) {
        return refuse(state.error());
    }
    if (read_tus_number(request.header("upload-offset")) != state->offset) {
        Reply conflict = refuse(409);
        conflict.headers.emplace("upload-offset", std::to_string(state->offset));
        return conflict;
    }
    const auto size = read_tus_number(request.header("content-length")).value_or(0);
    if (size > state->length - state->offset) {
        return refuse(413);
    }
    piece.state = *state;
    return std::make_unique<PieceSink>(tus, upload, std::move(piece));
}

/// An upload that nobody else writes to while this lives.
struct Taken {
    std::shared_ptr<Upload> upload;
    std::unique_lock<std::mutex> lock;
    TusState state;
};

/// The upload that a request names, or why it can't have it.
std::variant<Reply, Taken> take(Tus& tus, const Request& request) {
    const std::string& id = request.params.at("upload");
    if (request.header("tus-resumable") != kTusVersion) {
        return refuse(412);
    }
    if (!is_tus_id(id)) {
        return refuse(404);
    }
    auto upload = tus.uploads.at(id);
    std::unique_lock lock(upload->mutex);
    auto state = take_over(tus, *upload, request, id);
    if (!state) {
        return refuse(state.error());
    }
    return Taken{std::move(upload), std::move(lock), std::move(*state)};
}

Reply tell_offset(Tus& tus, const Request& request) {
    auto taken = take(tus, request);
    if (auto* const refusal = std::get_if<Reply>(&taken)) {
        return std::move(*refusal);
    }
    const TusState& state = std::get<Taken>(taken).state;
    if (state.offset == state.length) {
        // The client takes this for the end, so the store must know it as well.
        const auto finished = tus.store.finish(request.params.at("upload"));
        if (!finished) {
            return refuse(finished.error());
        }
    }
    auto reply = with_version(Reply::empty(200));
    reply.headers.emplace("upload-offset", std::to_string(state.offset));
    reply.headers.emplace("upload-length", std::to_string(state.length));
    reply.headers.emplace("cache-control", "no-store");
    return with_expiry(std::move(reply), state);
}

/// Termination: what came so far is thrown away.
Reply drop(Tus& tus, const Request& request) {
    auto taken = take(tus, request);
    if (auto* const refusal = std::get_if<Reply>(&taken)) {
        return std::move(*refusal);
    }
    const std::string& id = request.params.at("upload");
    const Status dropped = tus.store.drop(id);
    return dropped.ok() ? with_version(Reply::empty(204)) : refuse(dropped.error());
}

/// Whether the request that creates an upload brings its first bytes as well.
bool brings_bytes(const Request& request) {
    return request.header("transfer-encoding") != "" ||
           read_tus_number(request.header("content-length")).value_or(0) > 0;
}

/// What is wrong with the first bytes before anything is made: 0, or a status.
int check_first_bytes(const Request& request, std::uint64_t length, Piece& piece) {
    if (request.header("content-type") != kTusContentType) {
        return 415;
    }
    if (read_tus_number(request.header("content-length")).value_or(0) > length) {
        return 413;
    }
    return take_checksum(request, piece);
}

Opened create(const std::shared_ptr<Tus>& shared, const Request& request) {
    Tus& tus = *shared;
    if (request.header("tus-resumable") != kTusVersion) {
        return refuse(412);
    }
    const auto length = read_tus_number(request.header("upload-length"));
    if (!length) {
        return refuse(400);
    }
    if (*length > tus.options.upload_bytes_max) {
        return refuse(413);
    }
    const auto metadata = read_tus_metadata(request.header("upload-metadata"));
    if (!metadata) {
        return refuse(400);
    }
    Piece piece;
    const bool more = brings_bytes(request);
    if (const int wrong = more ? check_first_bytes(request, *length, piece) : 0; wrong != 0) {
        return refuse(wrong);
    }
    const auto id = tus.store.create(request, *metadata, *length);
    if (!id) {
        return refuse(status_of(id.error().code));
    }
    ASSAY_CHECK(is_tus_id(*id));
    const auto made = tus.store.find(request, *id);
    piece.id = *id;
    piece.state = made ? *made : TusState{*length, 0, std::nullopt};
    piece.location = tus.options.prefix + "/" + *id;
    if (more) {
        return std::make_unique<PieceSink>(shared, tus.uploads.at(*id), std::move(piece));
    }
    if (*length == 0) {
        const auto finished = tus.store.finish(*id);
        if (!finished) {
            return refuse(finished.error());
        }
    }
    auto reply = with_version(Reply::empty(201));
    reply.headers.emplace("location", piece.location);
    reply.headers.emplace("upload-offset", "0");
    reply.headers.emplace("upload-length", std::to_string(*length));
    return with_expiry(std::move(reply), piece.state);
}

Reply tell_abilities(const Tus& tus) {
    auto reply = with_version(Reply::empty(204));
    reply.headers.emplace("tus-version", kTusVersion);
    reply.headers.emplace("tus-extension",
                          "creation,creation-with-upload,termination,checksum,expiration");
    reply.headers.emplace("tus-checksum-algorithm", "sha256");
    reply.headers.emplace("tus-max-size", std::to_string(tus.options.upload_bytes_max));
    return reply;
}

}  // namespace

void add_tus(Router& router, TusOptions options, TusStore& store) {
    const std::string prefix = options.prefix;
    const std::string one = prefix + "/{upload}";
    const RouteOptions head{.body_bytes_max = 0, .allow = options.allow};
    const RouteOptions body{.body_bytes_max = options.upload_bytes_max, .allow = options.allow};
    const auto tus = std::make_shared<Tus>(std::move(options), store);
    const auto patch = [tus](const Request& request) { return open_patch(tus, request); };
    const auto plain = [](Handler handler) { return with_upload_draft(std::move(handler)); };
    const auto stream = [](StreamHandler handler) { return with_upload_draft(std::move(handler)); };
    const auto abilities = plain([tus](const Request&) { return tell_abilities(*tus); });
    router.add("OPTIONS", prefix, head, abilities);
    router.add("OPTIONS", one, head, abilities);
    router.add_stream("POST", prefix, body,
                      stream([tus](const Request& r) { return create(tus, r); }));
    router.add("DELETE", one, head, plain([tus](const Request& r) { return drop(*tus, r); }));
    router.add("HEAD", one, head, plain([tus](const Request& r) { return tell_offset(*tus, r); }));
    router.add_stream("PATCH", one, body, stream(patch));
    // For clients whose network lets no PATCH through (tus 1.0, X-HTTP-Method-Override).
    router.add_stream("POST", one, body, [tus, patch](const Request& r) -> Opened {
        const std::string method = r.header("x-http-method-override");
        if (method == "DELETE") {
            return drop(*tus, r);
        }
        return method == "PATCH" ? patch(r) : refuse(405);
    });
}

}  // namespace assay::http
