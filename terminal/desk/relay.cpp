#include "terminal/desk/relay.h"

#include "server/client/tus_upload.h"
#include "server/protocol/exchange.h"

namespace assay::desk {
namespace {

constexpr std::chrono::seconds kSendTimeout{30};

/// A refusal that trying again cannot mend.
bool for_good(Code code) {
    return code == Code::kInvalid || code == Code::kCorrupt || code == Code::kRefused ||
           code == Code::kConflict || code == Code::kLimit;
}

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
    log_.warn("desk.log.relay"_id, {{"code", code_name(error->code)}});
    return false;
}

bool Relay::send_uploads(Link& server) {
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
            return false;
        }
        if (!uploads_.passed_on(upload.digest).ok()) {
            return false;
        }
    }
    return true;
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
