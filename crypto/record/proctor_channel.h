#pragma once
// The socket pair to the camera program (README.md, "Proctor messages"). Lengths are bytes.
#include <chrono>
#include <vector>

#include "crypto/record/proctor_message.h"

namespace assay::record {

/// What may wait to be written: eight segments and change.
inline constexpr std::size_t kProctorQueueBytesMax = 16U << 20U;

/// One end of the socket pair. Never blocks but in exchange(), for as long as it is told. One
/// thread.
class ProctorChannel {
  public:
    /// Takes the socket over; it becomes non-blocking.
    explicit ProctorChannel(int socket);
    ProctorChannel(const ProctorChannel&) = delete;
    ProctorChannel& operator=(const ProctorChannel&) = delete;
    ~ProctorChannel();

    /// Puts it behind what waits already. False, and nothing is put, where too much waits.
    bool send(const ProctorMessage& message);
    /// Writes what it can, waits up to `wait` for something to read or room to write, and returns
    /// what has come. kUnavailable: the other side is gone. kInvalid, kLimit: it talks nonsense.
    Result<std::vector<ProctorMessage>> exchange(std::chrono::milliseconds wait);
    std::size_t waiting_bytes() const { return out_.size() - out_start_; }

  private:
    bool write_some();
    bool read_some();

    int socket_;
    Bytes out_;
    std::size_t out_start_ = 0;
    ProctorReader reader_;
    bool gone_ = false;
};

}  // namespace assay::record
