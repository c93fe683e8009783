#include "server/api/routes.h"

#include "server/core/scoring.h"
#include "server/http/server.h"
#include "server/protocol/exchange.h"

namespace assay::server_api {
namespace {

constexpr std::uint64_t kDocumentBodyBytes = 256U << 10U;
constexpr std::uint64_t kPackageBodyBytes = record::kPackageBytesMax + (512U << 10U);
constexpr std::size_t kBankPieceBytes = 256U << 10U;

http::Reply refuse(const Error& error) {
    return http::Reply::bytes(protocol::http_status(error.code), "application/json",
                              protocol::write_refusal(error));
}

template <typename T>
http::Reply answer(const Result<T>& result) {
    if (!result.ok()) {
        return refuse(result.error());
    }
    if constexpr (std::is_same_v<T, http::Reply>) {
        return *result;
    } else if constexpr (std::is_same_v<T, Bytes>) {
        return http::Reply::bytes(200, "application/octet-stream", *result);
    } else {
        return http::Reply::bytes(200, "application/json", record::write_document(*result));
    }
}

template <typename Id>
Result<Id> param(const http::Request& request, const char* name) {
    return Id::from_hex(request.params.at(name));
}

/// A bank in pieces: it may be larger than what a reply holds in memory.
class BankBody final : public http::BodySource {
  public:
    BankBody(server_core::Sittings& sittings, const Digest& digest, std::uint64_t size)
        : sittings_(sittings), digest_(digest), size_(size) {}

    std::uint64_t size() const override { return size_; }
    Result<std::size_t> read(std::span<std::uint8_t> out) override {
        ASSAY_TRY(const Bytes piece,
                  sittings_.bank_range(digest_, at_, std::min(out.size(), kBankPieceBytes)));
        if (piece.empty()) {
            return fail(Code::kCorrupt, "server.body.unknown"_id);
        }
        std::ranges::copy(piece, out.begin());
        at_ += piece.size();
        return piece.size();
    }

  private:
    server_core::Sittings& sittings_;
    Digest digest_;
    std::uint64_t size_;
    std::uint64_t at_ = 0;
};

/// For a desk of the key list; `handle(desk's row, request)` gives a Result.
template <typename Handle>
void add_desk(http::Router& router, Core& core, const std::string& method, const std::string& path,
              Handle handle) {
    http::RouteOptions options;
    options.body_bytes_max = kDocumentBodyBytes;
    options.allow = [&core](const http::Request& request) {
        return desk_of(core.trust, request.peer).ok();
    };
    router.add(method, path, options, [&core, handle](const http::Request& request) {
        const auto desk = desk_of(core.trust, request.peer);
        return desk.ok() ? answer(handle(*desk, request)) : refuse(desk.error());
    });
}

template <typename Handle>
void add_open(http::Router& router, const std::string& path, Handle handle) {
    router.add("GET", path, {},
               [handle](const http::Request& request) { return answer(handle(request)); });
}

void add_public(http::Router& router, Core& core) {
    add_open(router, "/v1/key-list", [&core](const http::Request&) { return core.trust.reply(); });
    add_open(router, "/v1/receipts/{code}", [&core](const http::Request& request) {
        auto reply = core.intake.by_short_code(request.params.at("code"));
        if (reply.ok() && core.cosigners != nullptr) {
            reply->proof = core.cosigners->cosigned(reply->proof);
        }
        return reply;
    });
    add_open(router, "/v1/log/{path*}", [&core](const http::Request& request) {
        const std::string& path = request.params.at("path");
        const auto head = core.cosigners != nullptr && path == "checkpoint"
                              ? core.cosigners->checkpoint()
                              : std::nullopt;
        return head ? Result<Bytes>(to_bytes(*head)) : core.ports.central.resource(path);
    });
    // A sheet proves itself: its marker signed it.
    router.add("POST", "/v1/mark-sheets", {}, [&core](const http::Request& request) {
        const Status kept =
            server_core::keep_mark(core.ports, core.trust, core.sittings, request.body);
        return kept.ok() ? http::Reply::empty(204) : refuse(kept.error());
    });
    http::add_livez(router);
}

void add_reading(http::Router& router, Core& core) {
    add_desk(router, core, "GET", "/v1/sittings/{sitting}",
             [&core](const record::KeyRow& desk,
                     const http::Request& request) -> Result<protocol::SittingReply> {
                 ASSAY_TRY(const auto sitting, param<SittingId>(request, "sitting"));
                 return core.sittings.reply(sitting, desk.id);
             });
    add_desk(router, core, "GET", "/v1/photos/{digest}",
             [&core](const record::KeyRow& desk, const http::Request& request) -> Result<Bytes> {
                 ASSAY_TRY(const auto digest, param<Digest>(request, "digest"));
                 return core.sittings.photo(desk.site.value_or(SiteId{}), digest);
             });
    add_desk(
        router, core, "GET", "/v1/banks/{digest}",
        [&core](const record::KeyRow& desk, const http::Request& request) -> Result<http::Reply> {
            ASSAY_TRY(const auto digest, param<Digest>(request, "digest"));
            ASSAY_TRY(const std::uint64_t size,
                      core.sittings.bank_size(desk.site.value_or(SiteId{}), digest));
            http::Reply reply = http::Reply::bytes(200, "application/octet-stream", {});
            reply.stream = std::make_shared<BankBody>(core.sittings, digest, size);
            return reply;
        });
    add_desk(router, core, "GET", "/v1/opened/{statement}",
             [&core](const record::KeyRow&, const http::Request& request) -> Result<Bytes> {
                 ASSAY_TRY(const auto statement, param<Digest>(request, "statement"));
                 return server_core::opened_statement(core.ports, statement);
             });
}

void add_writing(http::Router& router, Core& core) {
    add_desk(router, core, "POST", "/v1/releases",
             [&core](const record::KeyRow& desk,
                     const http::Request& request) -> Result<protocol::ReleaseReply> {
                 ASSAY_TRY(const auto asked,
                           record::read_document<protocol::ReleaseRequest>(request.body));
                 return core.releases.release(asked, desk.id);
             });
    add_desk(router, core, "POST", "/v1/statements",
             [&core](const record::KeyRow&,
                     const http::Request& request) -> Result<protocol::ReceiptReply> {
                 ASSAY_TRY(const auto brought,
                           record::read_document<protocol::StatementRequest>(request.body));
                 return core.statements.take(brought);
             });
}

std::optional<std::chrono::seconds> wait_for_slot(Core& core, const http::Request& request) {
    const auto desk = desk_of(core.trust, request.peer);
    return core.slots != nullptr && desk.ok() ? core.slots->ask(desk->id) : std::nullopt;
}

/// Answered from the committer's thread: many packages share one sync.
void add_packages(http::Router& router, Core& core) {
    http::RouteOptions options;
    options.body_bytes_max = kPackageBodyBytes;
    options.allow = [&core](const http::Request& request) {
        return desk_of(core.trust, request.peer).ok();
    };
    options.wait = [&core](const http::Request& request) { return wait_for_slot(core, request); };
    router.add_later("PUT", "/v1/packages/{statement}", options,
                     [&core](const http::Request& request, const http::Responder& respond) {
                         const auto statement = param<Digest>(request, "statement");
                         if (!statement.ok()) {
                             respond(refuse(statement.error()));
                             return;
                         }
                         core.intake.take(*statement, request.body,
                                          [respond](const Result<protocol::PackageReply>& reply) {
                                              respond(answer(reply));
                                          });
                     });
}

}  // namespace

Result<record::KeyRow> desk_of(const server_core::Trust& trust,
                               const std::optional<http::PeerKey>& peer) {
    ASSAY_TRY(const auto keys, trust.keys());
    if (peer) {
        ASSAY_TRY(const auto tls, record::TlsPublic::from_bytes(peer->view()));
        const record::KeyRow* row = keys->find_tls(tls);
        if (row != nullptr && row->role == record::Role::kDesk) {
            return *row;
        }
    }
    return fail(Code::kDenied, "server.desk.unknown"_id);
}

std::function<bool(const http::PeerKey&)> desk_pin(const server_core::Trust& trust) {
    return [&trust](const http::PeerKey& key) { return desk_of(trust, key).ok(); };
}

http::Router desk_routes(Core& core) {
    http::Router router;
    add_public(router, core);
    add_reading(router, core);
    add_writing(router, core);
    add_packages(router, core);
    http::TusOptions tus;
    tus.prefix = "/v1/uploads";
    tus.upload_bytes_max = server_core::kEvidenceBytesMax;
    tus.allow = [&core](const http::Request& request) {
        return desk_of(core.trust, request.peer).ok();
    };
    http::add_tus(router, tus, core.uploads);
    return router;
}

http::Router public_routes(Core& core) {
    http::Router router;
    add_public(router, core);
    return router;
}

}  // namespace assay::server_api
