#pragma once

#include "server/core/memory.h"
#include "server/core/sittings.h"
#include "server/protocol/package.h"

namespace assay::server_core {

/// Enrolments and openings that stay in memory, about 1 KiB each.
inline constexpr std::size_t kTerminalsKnownMax = 16'384;
inline constexpr std::size_t kRoomsKnownMax = 4'096;

/// What desks bring for the central log: each kind is checked by its own rule and kept. A statement
/// that is there already gives its receipt again.
class Statements {
  public:
    Statements(Ports ports, const Trust& trust, Sittings& sittings)
        : ports_(ports), trust_(trust), sittings_(sittings) {}

    Result<protocol::ReceiptReply> take(const protocol::StatementRequest& request);

    using Enrolled = std::shared_ptr<const record::Enrolment>;
    using Opened = std::shared_ptr<const record::Signed<record::RoomOpening>>;

    /// The enrolment of a terminal; kNotFound. Every package needs it, so it is remembered.
    Result<Enrolled> enrolment(const MachineId& machine);
    /// The newest opening of a room; kNotFound. Remembered as well.
    Result<Opened> opening(const Sitting& sitting, const RoomId& room);

  private:
    using Room = std::pair<SittingId, RoomId>;

    Result<Opened> newest_opening(const Sitting& sitting, const RoomId& room);
    Result<protocol::ReceiptReply> take_enrolment(ByteView file);
    Result<protocol::ReceiptReply> take_opening(ByteView file);
    Result<protocol::ReceiptReply> take_release(ByteView file);
    Result<protocol::ReceiptReply> take_start(ByteView file);
    Result<protocol::ReceiptReply> take_move(ByteView file);
    Result<protocol::ReceiptReply> take_seal(ByteView file);

    Ports ports_;
    const Trust& trust_;
    Sittings& sittings_;
    Memory<MachineId, record::Enrolment> terminals_{kTerminalsKnownMax};
    Memory<Room, record::Signed<record::RoomOpening>> rooms_{kRoomsKnownMax};
};

}  // namespace assay::server_core
