#include "server/http/tus.h"

#include "server/http/tus_headers.h"

namespace assay::http {

namespace {

/// Who writes to one upload now: the one that holds the newest turn.
struct Upload {
    std::mutex mutex;
    std::uint64_t turn = 0;
    bool dirty = false;  ///< appended since the last sync
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

/// Stops whoever writes to the upload; then says how far it is on the disk.
Result<TusState> take_over(Tus& tus, Upload& upload, const Request& request,
                           const std::string& id) {
    ASSAY_TRY(auto state, tus.store.find(request, id));
    ++upload.turn;
    if (upload.dirty) {
        ASSAY_TRY(state.offset, tus.store.sync(id));
        upload.dirty = false;
    }
    return state;
}

class PatchSink final : public BodySink {
  public:
    PatchSink(std::shared_ptr<Tus> tus, std::shared_ptr<Upload> upload, std::string id,
              TusState state)
        : tus_(std::move(tus)),
          upload_(std::move(upload)),
          id_(std::move(id)),
          at_(state.offset),
          length_(state.length),
          turn_(upload_->turn) {}

    std::optional<Reply> write(ByteView piece) override {
        const std::lock_guard lock(upload_->mutex);
        if (upload_->turn != turn_) {
            return refuse(409);
        }
        if (piece.size() > length_ - at_) {
            return refuse(413);
        }
        upload_->dirty = true;
        const auto written = tus_->store.append(id_, at_, piece);
        if (!written) {
            return refuse(written.error());
        }
        at_ += piece.size();
        return std::nullopt;
    }

    Reply end() override {
        const std::lock_guard lock(upload_->mutex);
        if (upload_->turn != turn_) {
            return refuse(409);
        }
        const auto offset = tus_->store.sync(id_);
        if (!offset) {
            return refuse(offset.error());
        }
        upload_->dirty = false;
        if (*offset == length_) {
            const auto finished = tus_->store.finish(id_);
            if (!finished) {
                return refuse(finished.error());
            }
        }
        auto reply = with_version(Reply::empty(204));
        reply.headers.emplace("upload-offset", std::to_string(*offset));
        return reply;
    }

    void cut() override {
        const std::lock_guard lock(upload_->mutex);
        // What came is kept: the client asks for the offset and goes on from there.
        if (upload_->turn == turn_ && tus_->store.sync(id_)) {
            upload_->dirty = false;
        }
    }

  private:
    std::shared_ptr<Tus> tus_;
    std::shared_ptr<Upload> upload_;
    std::string id_;
    std::uint64_t at_;
    std::uint64_t length_;
    std::uint64_t turn_;
};

std::variant<Reply, std::unique_ptr<BodySink>> open_patch(const std::shared_ptr<Tus>& tus,
                                                          const Request& request) {
    const int wrong = check_tus_patch(request);
    const std::string& id = request.params.at("upload");
    if (wrong != 0) {
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
        return refuse(409);
    }
    const auto size = read_tus_number(request.header("content-length")).value_or(0);
    if (size > state->length - state->offset) {
        return refuse(413);
    }
    return std::make_unique<PatchSink>(tus, upload, id, *state);
}

Reply tell_offset(Tus& tus, const Request& request) {
    const std::string& id = request.params.at("upload");
    if (request.header("tus-resumable") != kTusVersion) {
        return refuse(412);
    }
    if (!is_tus_id(id)) {
        return refuse(404);
    }
    const auto upload = tus.uploads.at(id);
    const std::lock_guard lock(upload->mutex);
    const auto state = take_over(tus, *upload, request, id);
    if (!state) {
        return refuse(state.error());
    }
    if (state->offset == state->length) {
        // The client takes this for the end, so the store must know it as well.
        const auto finished = tus.store.finish(id);
        if (!finished) {
            return refuse(finished.error());
        }
    }
    auto reply = with_version(Reply::empty(200));
    reply.headers.emplace("upload-offset", std::to_string(state->offset));
    reply.headers.emplace("upload-length", std::to_string(state->length));
    reply.headers.emplace("cache-control", "no-store");
    return reply;
}

Reply create(Tus& tus, const Request& request) {
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
    const auto id = tus.store.create(request, *metadata, *length);
    if (!id) {
        return refuse(status_of(id.error().code));
    }
    ASSAY_CHECK(is_tus_id(*id));
    if (*length == 0) {
        const auto finished = tus.store.finish(*id);
        if (!finished) {
            return refuse(finished.error());
        }
    }
    auto reply = with_version(Reply::empty(201));
    reply.headers.emplace("location", tus.options.prefix + "/" + *id);
    return reply;
}

Reply tell_abilities(const Tus& tus) {
    auto reply = with_version(Reply::empty(204));
    reply.headers.emplace("tus-version", kTusVersion);
    reply.headers.emplace("tus-extension", "creation");
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
    router.add("OPTIONS", prefix, head, [tus](const Request&) { return tell_abilities(*tus); });
    router.add("OPTIONS", one, head, [tus](const Request&) { return tell_abilities(*tus); });
    router.add("POST", prefix, head, [tus](const Request& r) { return create(*tus, r); });
    router.add("HEAD", one, head, [tus](const Request& r) { return tell_offset(*tus, r); });
    router.add_stream("PATCH", one, body, patch);
    // For clients whose network lets no PATCH through (tus 1.0, X-HTTP-Method-Override).
    router.add_stream("POST", one, body,
                      [patch](const Request& r) -> std::variant<Reply, std::unique_ptr<BodySink>> {
                          if (r.header("x-http-method-override") != "PATCH") {
                              return refuse(405);
                          }
                          return patch(r);
                      });
}

}  // namespace assay::http
