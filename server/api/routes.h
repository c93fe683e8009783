#pragma once

#include "server/api/upload_shelf.h"
#include "server/core/cosigners.h"
#include "server/core/intake.h"
#include "server/core/releases.h"
#include "server/core/upload_slots.h"
#include "server/http/router.h"

namespace assay::server_api {

/// What the routes ask. All of it outlives the router and its server.
struct Core {
    server_core::Ports ports;
    server_core::Trust& trust;
    server_core::Sittings& sittings;
    server_core::Releases& releases;
    server_core::Statements& statements;
    server_core::Intake& intake;
    UploadShelf& uploads;
    server_core::UploadSlots* slots = nullptr;    ///< none: packages come as they like
    server_core::Cosigners* cosigners = nullptr;  ///< none: receipts are the log's own
};

/// The calls of server/protocol/README.md for desks, who prove a TLS key of the key list.
http::Router desk_routes(Core& core);

/// For anyone, without a client certificate: key list, receipts, log, livez. Nothing personal.
http::Router public_routes(Core& core);

/// The pin of the desks' listener: TLS keys of desks in the newest key list.
std::function<bool(const http::PeerKey&)> desk_pin(const server_core::Trust& trust);

/// The desk that holds this TLS key; kDenied.
Result<record::KeyRow> desk_of(const server_core::Trust& trust,
                               const std::optional<http::PeerKey>& peer);

}  // namespace assay::server_api
