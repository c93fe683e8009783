#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace assay::proctor {

/// The system calls that a V4L2 camera needs, and no other. Each returns what the call returns and
/// sets errno as it does.
class CameraCalls {
  public:
    virtual ~CameraCalls() = default;
    virtual int open(const std::string& path) = 0;
    virtual int ioctl(int device, unsigned long request, void* argument) = 0;
    virtual void* map(int device, std::size_t length, std::size_t offset) = 0;
    virtual void unmap(void* start, std::size_t length) = 0;
    /// 1 when a frame or an error waits, 0 after `wait`, -1 with errno.
    virtual int wait(int device, std::chrono::milliseconds wait) = 0;
    virtual void close(int device) = 0;
};

class SystemCameraCalls final : public CameraCalls {
  public:
    int open(const std::string& path) override;
    int ioctl(int device, unsigned long request, void* argument) override;
    void* map(int device, std::size_t length, std::size_t offset) override;
    void unmap(void* start, std::size_t length) override;
    int wait(int device, std::chrono::milliseconds wait) override;
    void close(int device) override;
};

}  // namespace assay::proctor
