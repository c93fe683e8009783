#include "server/protocol/exchange.h"

#include "server/protocol/retry.h"

namespace assay::protocol {
namespace {

constexpr std::array kCodes{Code::kUsage,       Code::kInvalid,  Code::kCorrupt,  Code::kDenied,
                            Code::kRefused,     Code::kConflict, Code::kNotFound, Code::kLimit,
                            Code::kUnavailable, Code::kFull,     Code::kIo};

Code code_from(std::string_view name) {
    for (const Code code : kCodes) {
        if (name == code_name(code)) {
            return code;
        }
    }
    return Code::kUnavailable;
}

}  // namespace

int http_status(Code code) {
    switch (code) {
        case Code::kUsage:
        case Code::kInvalid:
            return 400;
        case Code::kCorrupt:
        case Code::kRefused:
            return 422;
        case Code::kDenied:
            return 403;
        case Code::kConflict:
            return 409;
        case Code::kNotFound:
            return 404;
        case Code::kLimit:
            return 413;
        case Code::kUnavailable:
            return 503;
        case Code::kFull:
            return 507;
        case Code::kIo:
            return 500;
    }
    return 500;
}

Refusal refusal_of(const Error& error) {
    Refusal out{code_name(error.code), std::string(error.what.id.text()), {}};
    for (const auto& [name, value] : error.what.args) {
        out.args.push_back({name, value});
    }
    return out;
}

Bytes write_refusal(const Error& error) { return record::write_document(refusal_of(error)); }

Error read_refusal(const LinkReply& reply) {
    const auto refusal = record::read_document<Refusal>(reply.body);
    if (!refusal.ok()) {
        if (reply.status == 403) {
            return fail(Code::kDenied, "protocol.unknown-machine"_id);
        }
        const bool later = reply.status > 500 || reply.status == 429 || reply.status == 408;
        return with_retry_after(
            fail(later ? Code::kUnavailable : Code::kRefused, "protocol.status"_id,
                 {{"status", std::to_string(reply.status)}}),
            reply);
    }
    Args args{{"reason", refusal->id}};
    for (const Refusal::Argument& each : refusal->args) {
        args.emplace_back(each.name, each.value);
    }
    return with_retry_after(fail(code_from(refusal->code), "protocol.refused"_id, std::move(args)),
                            reply);
}

Result<Bytes> send(Link& link, std::string method, std::string path, Bytes body,
                   std::chrono::milliseconds timeout) {
    LinkRequest request;
    request.method = std::move(method);
    request.path = std::move(path);
    request.body = std::move(body);
    request.timeout = timeout;
    ASSAY_TRY(LinkReply reply, link.exchange(request));
    if (reply.status < 200 || reply.status > 299) {
        return read_refusal(reply);
    }
    return std::move(reply.body);
}

}  // namespace assay::protocol
