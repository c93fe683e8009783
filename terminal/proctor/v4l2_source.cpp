#include "terminal/proctor/v4l2_source.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <linux/videodev2.h>

namespace assay::proctor {
namespace {

constexpr int kWidthWant = 640;
constexpr int kHeightWant = 480;
constexpr unsigned kFpsWant = 15;
constexpr unsigned kSideMax = 4096;
constexpr int kDevicesTried = 10;

/// A fixed array of a kernel structure, which may lack its zero.
template <typename T, std::size_t N>
std::string text_of(const T (&array)[N]) {
    const auto* end = std::find(array, array + N, T{0});
    return std::string(array, end);
}

std::string serial_of(Disk& disk, const std::string& path) {
    const Path device = Path("/sys/class/video4linux") / Path(path).filename() / "device";
    const auto serial = read_file(disk, device / ".." / "serial", 256);
    return serial.ok() ? to_string(*serial) : "";
}

/// The calls are stateless; a source needs some that outlive it.
class OwningSource final : public FrameSource {
  public:
    OwningSource(std::unique_ptr<CameraCalls> calls, std::unique_ptr<V4l2Source> source)
        : calls_(std::move(calls)), source_(std::move(source)) {}
    Result<std::optional<Frame>> next(std::chrono::milliseconds wait) override {
        return source_->next(wait);
    }
    std::string identity() const override { return source_->identity(); }

  private:
    std::unique_ptr<CameraCalls> calls_;
    std::unique_ptr<V4l2Source> source_;
};

Result<std::unique_ptr<FrameSource>> open_one(const std::string& path, const SourcePorts& ports) {
    auto calls = std::make_unique<SystemCameraCalls>();
    ASSAY_TRY(auto source,
              V4l2Source::open(*calls, ports.clock, path, serial_of(ports.disk, path)));
    return std::unique_ptr<FrameSource>(
        std::make_unique<OwningSource>(std::move(calls), std::move(source)));
}

}  // namespace

Result<std::unique_ptr<V4l2Source>> V4l2Source::open(CameraCalls& calls, const Clock& clock,
                                                     const std::string& path,
                                                     const std::string& serial) {
    std::unique_ptr<V4l2Source> source(new V4l2Source(calls, clock));
    ASSAY_TRY_STATUS(source->start(path, serial));
    return source;
}

V4l2Source::~V4l2Source() {
    for (const Buffer& buffer : buffers_) {
        calls_.unmap(buffer.start, buffer.length);
    }
    if (device_ >= 0) {
        calls_.close(device_);
    }
}

Error V4l2Source::gone() const {
    return fail(Code::kUnavailable, "proctor.camera.gone"_id,
                {{"device", path_}, {"cause", std::strerror(errno)}});
}

Status V4l2Source::start(const std::string& path, const std::string& serial) {
    path_ = path;
    device_ = calls_.open(path);
    if (device_ < 0) {
        return errno == ENOENT || errno == ENODEV || errno == ENXIO
                   ? fail(Code::kNotFound, "proctor.camera.none"_id, {{"device", path}})
                   : gone();
    }
    ASSAY_TRY_STATUS(identify(path, serial));
    ASSAY_TRY_STATUS(choose_format());
    v4l2_streamparm rate{};
    rate.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    rate.parm.capture.timeperframe = {1, kFpsWant};
    calls_.ioctl(device_, VIDIOC_S_PARM, &rate);  // a wish: many cameras have one rate
    ASSAY_TRY_STATUS(map_buffers());
    unsigned type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    if (calls_.ioctl(device_, VIDIOC_STREAMON, &type) != 0) {
        return gone();
    }
    return Ok();
}

Status V4l2Source::identify(const std::string& path, const std::string& serial) {
    v4l2_capability found{};
    if (calls_.ioctl(device_, VIDIOC_QUERYCAP, &found) != 0) {
        return fail(Code::kInvalid, "proctor.camera.not-one"_id, {{"device", path}});
    }
    const unsigned all =
        (found.capabilities & V4L2_CAP_DEVICE_CAPS) != 0 ? found.device_caps : found.capabilities;
    constexpr unsigned kNeeded = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
    if ((all & kNeeded) != kNeeded) {
        return fail(Code::kInvalid, "proctor.camera.not-one"_id, {{"device", path}});
    }
    identity_ = "v4l2:" + text_of(found.driver) + "|" + text_of(found.card) + "|" +
                text_of(found.bus_info) + "|" + serial;
    return Ok();
}

bool V4l2Source::try_format(unsigned pixel_format) {
    v4l2_format format{};
    format.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    format.fmt.pix.width = kWidthWant;
    format.fmt.pix.height = kHeightWant;
    format.fmt.pix.pixelformat = pixel_format;
    format.fmt.pix.field = V4L2_FIELD_ANY;
    if (calls_.ioctl(device_, VIDIOC_S_FMT, &format) != 0) {
        return false;
    }
    const v4l2_pix_format& got = format.fmt.pix;
    const bool sized =
        got.width >= 16 && got.height >= 16 && got.width <= kSideMax && got.height <= kSideMax;
    if (got.pixelformat != pixel_format || !sized || got.width % 2 != 0) {
        return false;
    }
    width_ = static_cast<int>(got.width);
    height_ = static_cast<int>(got.height);
    return true;
}

Status V4l2Source::choose_format() {
    if (try_format(V4L2_PIX_FMT_MJPEG) || try_format(V4L2_PIX_FMT_JPEG)) {
        format_ = PixelFormat::kJpeg;
        return Ok();
    }
    if (try_format(V4L2_PIX_FMT_YUYV)) {
        format_ = PixelFormat::kYuyv;
        return Ok();
    }
    return fail(Code::kInvalid, "proctor.camera.format"_id, {{"device", path_}});
}

Status V4l2Source::map_buffers() {
    v4l2_requestbuffers wanted{};
    wanted.count = kCameraBuffersMax;
    wanted.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    wanted.memory = V4L2_MEMORY_MMAP;
    if (calls_.ioctl(device_, VIDIOC_REQBUFS, &wanted) != 0 || wanted.count == 0) {
        return gone();
    }
    const auto count = std::min<std::size_t>(wanted.count, kCameraBuffersMax);
    for (unsigned index = 0; index < count; ++index) {
        v4l2_buffer buffer{};
        buffer.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
        buffer.memory = V4L2_MEMORY_MMAP;
        buffer.index = index;
        if (calls_.ioctl(device_, VIDIOC_QUERYBUF, &buffer) != 0 || buffer.length == 0 ||
            buffer.length > kCameraBufferBytesMax) {
            return gone();
        }
        void* start = calls_.map(device_, buffer.length, buffer.m.offset);
        if (start == nullptr) {
            return gone();
        }
        buffers_.push_back({start, buffer.length});
        if (!queue(index)) {
            return gone();
        }
    }
    return Ok();
}

bool V4l2Source::queue(unsigned index) {
    v4l2_buffer buffer{};
    buffer.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    buffer.memory = V4L2_MEMORY_MMAP;
    buffer.index = index;
    return calls_.ioctl(device_, VIDIOC_QBUF, &buffer) == 0;
}

Result<std::optional<Frame>> V4l2Source::next(std::chrono::milliseconds wait) {
    const int ready = calls_.wait(device_, wait);
    if (ready == 0 || (ready < 0 && errno == EINTR)) {
        return std::optional<Frame>();
    }
    std::optional<v4l2_buffer> newest;
    // A device that always has one more must not keep us here.
    for (std::size_t taken = 0; taken <= 2 * kCameraBuffersMax; ++taken) {
        v4l2_buffer buffer{};
        buffer.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
        buffer.memory = V4L2_MEMORY_MMAP;
        if (calls_.ioctl(device_, VIDIOC_DQBUF, &buffer) != 0) {
            if (errno == EAGAIN) {
                break;
            }
            return gone();
        }
        if (buffer.index >= buffers_.size() || (newest && !queue(newest->index))) {
            return gone();
        }
        newest = buffer;
    }
    if (!newest) {
        return std::optional<Frame>();
    }
    const std::int64_t stamp =
        std::int64_t{newest->timestamp.tv_sec} * 1000000 + newest->timestamp.tv_usec;
    const bool back = stamp < last_stamp_us_;
    last_stamp_us_ = stamp;
    const bool damaged = back || (newest->flags & V4L2_BUF_FLAG_ERROR) != 0;
    auto frame = read(newest->index, newest->bytesused, damaged);
    if (!queue(newest->index)) {
        return gone();
    }
    if (!frame.ok()) {
        return frame.error();
    }
    return std::optional<Frame>(std::move(*frame));
}

Result<Frame> V4l2Source::read(unsigned index, std::size_t used, bool damaged) {
    const Buffer& buffer = buffers_[index];
    const std::size_t yuyv =
        static_cast<std::size_t>(width_) * static_cast<std::size_t>(height_) * 2;
    const bool whole = format_ == PixelFormat::kJpeg ? used > 0 : used >= yuyv;
    if (damaged || !whole || used > buffer.length) {
        return fail(Code::kInvalid, "proctor.frame.size"_id, {{"bytes", std::to_string(used)}});
    }
    const std::size_t size = format_ == PixelFormat::kJpeg ? used : yuyv;
    const auto* start = static_cast<const std::uint8_t*>(buffer.start);
    return Frame{format_, width_, height_, Bytes(start, start + size), clock_.steady()};
}

Result<std::unique_ptr<FrameSource>> open_v4l2(const std::string& rest, const SourcePorts& ports) {
    if (!rest.empty()) {
        return open_one(rest, ports);
    }
    for (int number = 0; number < kDevicesTried; ++number) {
        auto source = open_one("/dev/video" + std::to_string(number), ports);
        if (source.ok()) {
            return source;
        }
    }
    return fail(Code::kNotFound, "proctor.camera.none"_id, {{"device", "/dev/video*"}});
}

}  // namespace assay::proctor
