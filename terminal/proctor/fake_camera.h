#pragma once

#include <deque>
#include <map>
#include <vector>

#include "crypto/base/bytes.h"
#include "crypto/base/clock.h"
#include "terminal/proctor/camera_calls.h"

namespace assay::proctor {

/// A V4L2 camera without a camera: frames and faults are put in, the calls answer as the kernel
/// would. First-class, for tests and campaigns.
class FakeCamera final : public CameraCalls {
  public:
    explicit FakeCamera(FakeClock& clock) : clock_(clock) {}

    // What the device is.
    std::string card = "Fake Camera";
    bool is_capture = true;
    std::vector<unsigned> formats;  ///< V4L2 fourccs that S_FMT grants
    unsigned width = 640;
    unsigned height = 480;
    // Faults: an errno for the next call of that request, 0 for none.
    std::map<unsigned long, int> fail_next;
    int open_error = 0;
    std::uint32_t bytes_used_override = 0;  ///< what DQBUF claims, 0 for the truth
    std::uint32_t index_override = 0;       ///< added to DQBUF's index
    bool error_flag = false;
    std::int64_t stamp_us = 0;  ///< of the next frame; tests may turn it back

    void give(ByteView frame) { waiting_.emplace_back(frame.begin(), frame.end()); }
    bool streaming() const { return streaming_; }
    int open_devices() const { return open_; }
    std::size_t mapped() const { return mapped_; }

    int open(const std::string& path) override;
    int ioctl(int device, unsigned long request, void* argument) override;
    void* map(int device, std::size_t length, std::size_t offset) override;
    void unmap(void* start, std::size_t length) override;
    int wait(int device, std::chrono::milliseconds wait) override;
    void close(int device) override;

  private:
    int set_format(void* argument) const;
    int give_buffer(void* argument);

    FakeClock& clock_;
    std::deque<Bytes> waiting_;
    std::deque<unsigned> queued_;
    std::vector<Bytes> buffers_;
    bool streaming_ = false;
    int open_ = 0;
    std::size_t mapped_ = 0;
};

}  // namespace assay::proctor
