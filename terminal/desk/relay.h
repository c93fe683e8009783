#pragma once

#include <atomic>
#include <functional>

#include "crypto/base/link.h"
#include "terminal/desk/room.h"
#include "terminal/desk/upload_folder.h"

namespace assay::desk {

/// Brings what the room has to the server whenever it can be reached, oldest first, and the
/// receipts back. Owns no thread: the program calls pump() on one of its own.
class Relay {
  public:
    Relay(Room& room, UploadFolder& uploads, Disk& disk, Log& log)
        : room_(room), uploads_(uploads), disk_(disk), log_(log) {}

    /// Sends until nothing is left or the link fails. True when nothing is left.
    bool pump(Link& server);
    /// Fetches keys, sitting, photos and banks that are missing.
    Status fetch(Link& server, const SittingId& sitting);

    /// How long the server wants nothing, said to the last pump(); zero: it did not say.
    std::chrono::seconds wait() const { return wait_; }

    /// Asks for the key list: whether the server is there, and whether there is a newer one.
    Status greet(Link& server);

  private:
    bool send(Link& server, const Room::Pending& pending);
    /// True when none is left to be sent. What is refused for good is named and set aside.
    bool send_uploads(Link& server);
    Status settle(const UploadFolder::Done& upload, const Result<std::string>& sent);

    Room& room_;
    UploadFolder& uploads_;
    Disk& disk_;
    Log& log_;
    std::chrono::seconds wait_{0};
};

}  // namespace assay::desk
