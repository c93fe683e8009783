#include "terminal/proctor/fake_camera.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <linux/videodev2.h>

namespace assay::proctor {
namespace {

constexpr int kDevice = 1000;
constexpr std::size_t kBufferBytes = 640UL * 480 * 2;

int failed(int error) {
    errno = error;
    return -1;
}

}  // namespace

int FakeCamera::open(const std::string& /*path*/) {
    if (open_error != 0) {
        return failed(open_error);
    }
    ++open_;
    return kDevice;
}

int FakeCamera::set_format(void* argument) const {
    auto& format = static_cast<v4l2_format*>(argument)->fmt.pix;
    if (formats.empty()) {
        return failed(EINVAL);
    }
    if (std::find(formats.begin(), formats.end(), format.pixelformat) == formats.end()) {
        format.pixelformat = formats.front();  // as drivers do: the nearest they have
    }
    format.width = width;
    format.height = height;
    return 0;
}

int FakeCamera::give_buffer(void* argument) {
    if (waiting_.empty() || queued_.empty()) {
        return failed(EAGAIN);
    }
    const unsigned index = queued_.front();
    queued_.pop_front();
    const Bytes frame = std::move(waiting_.front());
    waiting_.pop_front();
    std::copy_n(frame.begin(), std::min(frame.size(), kBufferBytes), buffers_[index].begin());
    auto* out = static_cast<v4l2_buffer*>(argument);
    out->index = index + index_override;
    out->bytesused =
        bytes_used_override != 0 ? bytes_used_override : static_cast<std::uint32_t>(frame.size());
    out->flags = error_flag ? V4L2_BUF_FLAG_ERROR : 0U;
    out->timestamp.tv_sec = stamp_us / 1000000;
    out->timestamp.tv_usec = stamp_us % 1000000;
    stamp_us += 66666;
    return 0;
}

int FakeCamera::ioctl(int device, unsigned long request, void* argument) {
    if (device != kDevice) {
        return failed(EBADF);
    }
    if (const int error = std::exchange(fail_next[request], 0); error != 0) {
        return failed(error);
    }
    switch (request) {
        case VIDIOC_QUERYCAP: {
            auto* out = static_cast<v4l2_capability*>(argument);
            std::memcpy(out->driver, "fake", 5);
            std::memcpy(out->card, card.data(), std::min(card.size(), sizeof(out->card)));
            out->capabilities = V4L2_CAP_STREAMING;
            out->capabilities |= is_capture ? static_cast<unsigned>(V4L2_CAP_VIDEO_CAPTURE) : 0U;
            return 0;
        }
        case VIDIOC_S_FMT:
            return set_format(argument);
        case VIDIOC_REQBUFS: {
            auto* out = static_cast<v4l2_requestbuffers*>(argument);
            buffers_.assign(out->count, Bytes(kBufferBytes));
            queued_.clear();
            return 0;
        }
        case VIDIOC_QUERYBUF: {
            auto* out = static_cast<v4l2_buffer*>(argument);
            out->length = kBufferBytes;
            out->m.offset = out->index;
            return 0;
        }
        case VIDIOC_QBUF:
            queued_.push_back(static_cast<v4l2_buffer*>(argument)->index);
            return 0;
        case VIDIOC_DQBUF:
            return give_buffer(argument);
        case VIDIOC_STREAMON:
            streaming_ = true;
            return 0;
        default:
            return 0;
    }
}

void* FakeCamera::map(int /*device*/, std::size_t /*length*/, std::size_t offset) {
    ++mapped_;
    return buffers_[offset].data();
}

void FakeCamera::unmap(void* /*start*/, std::size_t /*length*/) { --mapped_; }

int FakeCamera::wait(int /*device*/, std::chrono::milliseconds wait) {
    if (waiting_.empty()) {
        clock_.advance(wait);
        return 0;
    }
    return 1;
}

void FakeCamera::close(int /*device*/) { --open_; }

}  // namespace assay::proctor
