#pragma once

#include "server/http/router.h"
#include "terminal/desk/room.h"
#include "terminal/desk/upload_folder.h"

namespace assay::desk {

/// The desk's side of server/protocol/README.md: routes that find the machine, read the message,
/// ask the room and write its answer. Nothing is decided here. Room and uploads outlive the router.
http::Router desk_routes(Room& room, UploadFolder& uploads);

}  // namespace assay::desk
