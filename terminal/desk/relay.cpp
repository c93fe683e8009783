#include "terminal/desk/relay.h"

#include "server/client/tus_upload.h"
#include "server/protocol/exchange.h"
#include "server/protocol/retry.h"

namespace assay::desk {
namespace {

constexpr std::chrono::seconds kSendTimeout{30};
/// Uploads that the server could not take now, in one round: a full server is not asked 20,000
/// times.
constexpr int kFailedUploadsMax = 3;

/// A refusal that trying again cannot mend.
bool for_good(Code code) {
    return code == Code::kInvalid || code == Code::kCorrupt || code == Code::kRefused ||
           code == Code::kConflict || code == Code::kLimit;
}

/// The server was there and said no for now.
bool has_status(const Error& error) { return error.what.id == "client.tus.refused"_id; }

}  // namespace

bool Relay::send(Link& server, const Room::Pending& pending) {
    std::string receipt;
    std::optional<Error> error;
    if (pending.kind == Room::Pending::Kind::kPackage) {
        auto body = protocol::send(server, "PUT", "/v1/packages/" + pending.statement.hex(),
                                   pending.body, kSendTimeout);
        auto reply = body.ok() ? record::read_document<protocol::PackageReply>(*body)
                               : Result<protocol::PackageReply>(body.error());
        if (reply.ok()) {
            receipt = reply->proof;
        } else {
            error = reply.error();
        }
    } else {
        const auto reply = protocol::call<protocol::ReceiptReply>(
            server, "POST", "/v1/statements",
            protocol::StatementRequest{pending.object, pending.body}, kSendTimeout);
        if (reply.ok()) {
            receipt = reply->proof;
        } else {
            error = reply.error();
        }
    }
    if (!error) {
        return room_.answered(pending.statement, receipt).ok();
    }
    if (for_good(error->code)) {
        return room_.refused(pending.statement, *error).ok();
    }
    wait_ = protocol::retry_after(*error).value_or(wait_);
    log_.warn("desk.log.relay"_id, {{"code", code_name(error->code)}});
    return false;
}

bool Relay::send_uploads(Link& server) {
    bool all = true;
    int failed = 0;
    for (const UploadFolder::Done& upload : uploads_.finished()) {
        auto file = disk_.open_read_only(upload.file);
        if (!file.ok()) {
            continue;
        }
        client::TusConfig config;
        config.prefix = "/v1/uploads";
        config.metadata = {{"kind", to_bytes(upload.kind)},
                           {"attempt", to_bytes(upload.attempt)},
                           {"name", to_bytes(upload.name)},
                           {"digest", to_bytes(upload.digest.hex())}};
        config.backoff = {};
        const auto sent = client::tus_upload(server, **file, config);
        if (!sent.ok() && !for_good(sent.error().code)) {
            all = false;
            if (const auto wait = protocol::retry_after(sent.error())) {
                wait_ = *wait;  // the server's order, as for packages
                return false;
            }
            // One that the server cannot take now must not hold up the others; a line that is
            // gone takes nothing.
            if (!has_status(sent.error()) || ++failed >= kFailedUploadsMax) {
                return false;
            }
            continue;
        }
        if (!settle(upload, sent).ok()) {
            return false;
        }
    }
    return all;
}

Status Relay::settle(const UploadFolder::Done& upload, const Result<std::string>& sent) {
    if (!sent.ok()) {
        ASSAY_TRY_STATUS(
            room_.refused_upload(upload.digest, upload.kind, upload.attempt, sent.error()));
        return uploads_.refused(upload.digest);
    }
    ASSAY_TRY_STATUS(uploads_.passed_on(upload.digest));
    return room_.forget_refusal(upload.digest);
}

bool Relay::pump(Link& server) {
    while (const auto pending = room_.next_pending()) {
        if (!send(server, *pending)) {
            return false;
        }
    }
    return send_uploads(server);
}

Status Relay::greet(Link& server) {
    ASSAY_TRY(const auto keys,
              protocol::call<protocol::KeyListReply>(server, "GET", "/v1/key-list"));
    const auto known = room_.key_list();
    const bool same = known.ok() && known->list == keys.list && known->rows == keys.rows;
    return same ? Status(Ok{}) : room_.adopt_keys(keys);
}

Status Relay::fetch(Link& server, const SittingId& sitting) {
    ASSAY_TRY_STATUS(greet(server));
    ASSAY_TRY(const auto bundle, protocol::call<protocol::SittingReply>(
                                     server, "GET", "/v1/sittings/" + sitting.hex()));
    ASSAY_TRY_STATUS(room_.take_sitting(bundle));
    for (const Digest& digest : room_.missing_photos()) {
        ASSAY_TRY(const Bytes photo, protocol::send(server, "GET", "/v1/photos/" + digest.hex()));
        ASSAY_TRY_STATUS(room_.take_photo(digest, photo));
    }
    for (const Digest& digest : room_.missing_banks()) {
        ASSAY_TRY(const Bytes bank,
                  protocol::send(server, "GET", "/v1/banks/" + digest.hex(), {}, kSendTimeout));
        ASSAY_TRY_STATUS(room_.take_bank(digest, bank));
    }
    return Ok{};
}

}  // namespace assay::desk
