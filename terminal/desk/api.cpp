#include "terminal/desk/api.h"

#include "server/http/server.h"
#include "server/protocol/exchange.h"

namespace assay::desk {
namespace {

constexpr std::uint64_t kSmallBodyBytes = 256U << 10U;
constexpr std::uint64_t kPackageBodyBytes = record::kPackageBytesMax + (64U << 10U);

http::Reply refuse(const OnRefusal& tell, const Error& error) {
    tell(error);
    return http::Reply::bytes(protocol::http_status(error.code), "application/json",
                              protocol::write_refusal(error));
}

template <typename T>
http::Reply answer(const OnRefusal& tell, const Result<T>& result) {
    if (!result.ok()) {
        return refuse(tell, result.error());
    }
    if constexpr (std::is_same_v<T, Ok>) {
        return http::Reply::empty(204);
    } else if constexpr (std::is_same_v<T, Bytes>) {
        return http::Reply::bytes(200, "application/octet-stream", *result);
    } else {
        return http::Reply::bytes(200, "application/json", record::write_document(*result));
    }
}

Error foreign() { return fail(Code::kDenied, "desk.terminal.unknown"_id, {{"machine", "-"}}); }

/// Whether an enrolled terminal asks.
bool known(Room& room, const OnRefusal& tell, const http::Request& request) {
    const bool out = request.peer && room.machine_of(*request.peer).has_value();
    if (!out) {
        tell(foreign());
    }
    return out;
}

/// The routes share the room and the two ways to know who asks.
class Routes {
  public:
    Routes(http::Router& router, Room& room, OnRefusal tell)
        : router_(router), room_(room), tell_(std::move(tell)) {}

    /// For an enrolled terminal; `handle(machine, request)` gives a Result.
    template <typename Handle>
    void terminal(const std::string& method, const std::string& path, std::uint64_t body,
                  Handle handle) {
        Room& room = room_;
        const OnRefusal tell = tell_;
        http::RouteOptions options;
        options.body_bytes_max = body;
        options.allow = [&room, tell](const http::Request& request) {
            return known(room, tell, request);
        };
        router_.add(method, path, options, [&room, tell, handle](const http::Request& request) {
            const auto machine = room.machine_of(*request.peer);
            if (!machine) {
                return refuse(tell, foreign());
            }
            return answer(tell, handle(*machine, request));
        });
    }

    /// The same with a document as body.
    template <typename Message, typename Handle>
    void terminal_document(const std::string& method, const std::string& path, std::uint64_t body,
                           Handle handle) {
        terminal(method, path, body,
                 [handle](const MachineId& machine, const http::Request& request)
                     -> decltype(handle(machine, Message{}, request)) {
                     ASSAY_TRY(const Message message, record::read_document<Message>(request.body));
                     return handle(machine, message, request);
                 });
    }

    /// For anyone who holds a TLS key.
    template <typename Handle>
    void open(const std::string& method, const std::string& path, Handle handle) {
        router_.add(method, path, {}, [tell = tell_, handle](const http::Request& request) {
            return answer(tell, handle(request));
        });
    }

  private:
    http::Router& router_;
    Room& room_;
    OnRefusal tell_;
};

template <typename Id>
Result<Id> param(const http::Request& request, const char* name) {
    return Id::from_hex(request.params.at(name));
}

void add_setting_up(Routes& routes, Room& room) {
    routes.open("POST", "/v1/enrolments",
                [&room](const http::Request& request) -> Result<protocol::EnrolReply> {
                    if (!request.peer) {
                        return fail(Code::kDenied, "desk.enrol.proof"_id);
                    }
                    ASSAY_TRY(const auto asked,
                              record::read_document<protocol::EnrolRequest>(request.body));
                    return room.enrol(asked, *request.peer, request.exporter);
                });
    routes.open("GET", "/v1/key-list", [&room](const http::Request&) { return room.key_list(); });
    routes.open("GET", "/v1/receipts/{code}", [&room](const http::Request& request) {
        return room.receipt(request.params.at("code"));
    });
    routes.open("GET", "/v1/log/{path*}", [&room](const http::Request& request) {
        return room.log_resource(request.params.at("path"));
    });
    routes.terminal("GET", "/v1/room", kSmallBodyBytes,
                    [&room](const MachineId&, const http::Request&) { return room.room(); });
    routes.terminal("GET", "/v1/banks/{digest}", kSmallBodyBytes,
                    [&room](const MachineId&, const http::Request& request) -> Result<Bytes> {
                        ASSAY_TRY(const Digest digest, param<Digest>(request, "digest"));
                        return room.bank(digest);
                    });
    routes.terminal_document<protocol::StoreHalf>(
        "PUT", "/v1/store-halves/{machine}", kSmallBodyBytes,
        [&room](const MachineId& machine, const protocol::StoreHalf& half, const http::Request&) {
            return room.put_half(machine, half);
        });
    routes.terminal(
        "GET", "/v1/store-halves/{machine}", kSmallBodyBytes,
        [&room](const MachineId& machine, const http::Request&) { return room.half(machine); });
}

void add_sitting(Routes& routes, Room& room) {
    routes.terminal_document<protocol::CheckInRequest>(
        "POST", "/v1/check-in", kSmallBodyBytes,
        [&room](const MachineId& machine, const protocol::CheckInRequest& asked,
                const http::Request&) { return room.check_in(machine, asked); });
    routes.terminal_document<protocol::StartRequest>(
        "POST", "/v1/starts", kSmallBodyBytes,
        [&room](const MachineId& machine, const protocol::StartRequest& asked,
                const http::Request&) { return room.admit(machine, asked); });
    routes.terminal_document<protocol::RecordsRequest>(
        "POST", "/v1/journals/{journal}/records", 2 * protocol::kRecordsCallBytesMax,
        [&room](const MachineId& machine, const protocol::RecordsRequest& asked,
                const http::Request& request) -> Result<protocol::RecordsReply> {
            ASSAY_TRY(const auto journal, param<record::JournalId>(request, "journal"));
            return room.take_records(machine, journal, asked);
        });
    routes.terminal("GET", "/v1/journals/{journal}/records", kSmallBodyBytes,
                    [&room](const MachineId& machine,
                            const http::Request& request) -> Result<protocol::RecordsHeld> {
                        ASSAY_TRY(const auto journal, param<record::JournalId>(request, "journal"));
                        const std::string first = request.query_value("first").value_or("0");
                        if (first.empty() || first.size() > 12 ||
                            first.find_first_not_of("0123456789") != std::string::npos) {
                            return fail(Code::kUsage, "desk.journal.first"_id);
                        }
                        return room.held_records(machine, journal, std::stoull(first));
                    });
    routes.terminal_document<protocol::HeartbeatRequest>(
        "POST", "/v1/heartbeat", kSmallBodyBytes,
        [&room](const MachineId& machine, const protocol::HeartbeatRequest& told,
                const http::Request&) { return room.heartbeat(machine, told); });
    routes.terminal("GET", "/v1/releases/{part}", kSmallBodyBytes,
                    [&room](const MachineId& machine,
                            const http::Request& request) -> Result<protocol::ReleaseReply> {
                        ASSAY_TRY(const auto part, param<PartId>(request, "part"));
                        return room.release_for(machine, part);
                    });
    routes.terminal("GET", "/v1/moves/{attempt}", kSmallBodyBytes,
                    [&room](const MachineId& machine,
                            const http::Request& request) -> Result<protocol::MoveReply> {
                        ASSAY_TRY(const auto attempt, param<AttemptId>(request, "attempt"));
                        return room.move_for(machine, attempt);
                    });
    routes.terminal(
        "PUT", "/v1/packages/{statement}", kPackageBodyBytes,
        [&room](const MachineId&, const http::Request& request) -> Result<protocol::PackageReply> {
            ASSAY_TRY(const auto statement, param<Digest>(request, "statement"));
            return room.take_package(statement, request.body);
        });
}

}  // namespace

http::Router desk_routes(Room& room, UploadFolder& uploads, const OnRefusal& tell) {
    http::Router router;
    Routes routes(router, room, tell);
    add_setting_up(routes, room);
    add_sitting(routes, room);
    http::TusOptions tus;
    tus.prefix = "/v1/uploads";
    tus.upload_bytes_max = kUploadBytesMax;
    tus.allow = [&room, tell](const http::Request& request) { return known(room, tell, request); };
    http::add_tus(router, tus, uploads);
    http::add_livez(router);
    return router;
}

}  // namespace assay::desk
