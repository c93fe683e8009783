#pragma once

#include "server/core/sittings.h"
#include "server/protocol/package.h"

namespace assay::server_core {

/// What desks bring for the central log: each kind is checked by its own rule and kept. A statement
/// that is there already gives its receipt again.
class Statements {
  public:
    Statements(Ports ports, const Trust& trust, Sittings& sittings)
        : ports_(ports), trust_(trust), sittings_(sittings) {}

    Result<protocol::ReceiptReply> take(const protocol::StatementRequest& request);

    /// The enrolment of a terminal; kNotFound.
    Result<record::Enrolment> enrolment(const MachineId& machine);
    /// The newest opening of a room; kNotFound.
    Result<record::Signed<record::RoomOpening>> opening(const Sitting& sitting, const RoomId& room);

  private:
    Result<protocol::ReceiptReply> take_enrolment(ByteView file);
    Result<protocol::ReceiptReply> take_opening(ByteView file);
    Result<protocol::ReceiptReply> take_release(ByteView file);
    Result<protocol::ReceiptReply> take_start(ByteView file);
    Result<protocol::ReceiptReply> take_move(ByteView file);
    Result<protocol::ReceiptReply> take_seal(ByteView file);

    Ports ports_;
    const Trust& trust_;
    Sittings& sittings_;
};

}  // namespace assay::server_core
