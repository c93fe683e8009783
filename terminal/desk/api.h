#pragma once

#include <functional>

#include "server/http/router.h"
#include "terminal/desk/room.h"
#include "terminal/desk/upload_folder.h"

namespace assay::desk {

/// Told of every refusal, on threads of the server; quick.
using OnRefusal = std::function<void(const Error&)>;

/// The desk's side of server/protocol/README.md: routes that find the machine, read the message,
/// ask the room and write its answer. Nothing is decided here. Room and uploads outlive the router.
http::Router desk_routes(
    Room& room, UploadFolder& uploads, const OnRefusal& tell = [](const Error&) {});

}  // namespace assay::desk
