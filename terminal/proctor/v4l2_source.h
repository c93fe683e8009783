#pragma once

#include <vector>

#include "terminal/proctor/camera_calls.h"
#include "terminal/proctor/frame.h"

namespace assay::proctor {

inline constexpr std::size_t kCameraBuffersMax = 4;
inline constexpr std::size_t kCameraBufferBytesMax = 16U << 20U;

/// A V4L2 capture device streaming 640x480 MJPEG or YUYV at 15 frames a second, or what the device
/// offers nearest to it. `calls` outlives it.
class V4l2Source final : public FrameSource {
  public:
    /// kNotFound: no such device. kInvalid: no camera, or no format that we read. kUnavailable.
    static Result<std::unique_ptr<V4l2Source>> open(CameraCalls& calls, const Clock& clock,
                                                    const std::string& path,
                                                    const std::string& serial);
    V4l2Source(const V4l2Source&) = delete;
    V4l2Source& operator=(const V4l2Source&) = delete;
    ~V4l2Source() override;

    Result<std::optional<Frame>> next(std::chrono::milliseconds wait) override;
    std::string identity() const override { return identity_; }

  private:
    struct Buffer {
        void* start;
        std::size_t length;
    };

    V4l2Source(CameraCalls& calls, const Clock& clock) : calls_(calls), clock_(clock) {}
    Status start(const std::string& path, const std::string& serial);
    Status identify(const std::string& path, const std::string& serial);
    Status choose_format();
    bool try_format(unsigned pixel_format);
    Status map_buffers();
    bool queue(unsigned index);
    Result<Frame> read(unsigned index, std::size_t used, bool damaged);
    Error gone() const;

    CameraCalls& calls_;
    const Clock& clock_;
    int device_ = -1;
    std::string path_;
    std::string identity_;
    PixelFormat format_ = PixelFormat::kJpeg;
    int width_ = 0;
    int height_ = 0;
    std::vector<Buffer> buffers_;
    std::int64_t last_stamp_us_ = -1;
};

/// `rest`: a device path, or empty for the first capture device.
Result<std::unique_ptr<FrameSource>> open_v4l2(const std::string& rest, const SourcePorts& ports);

}  // namespace assay::proctor
