#include "terminal/proctor/camera_calls.h"

#include <cerrno>

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace assay::proctor {

int SystemCameraCalls::open(const std::string& path) {
    return ::open(path.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC);
}

int SystemCameraCalls::ioctl(int device, unsigned long request, void* argument) {
    int result = -1;
    do {
        result = ::ioctl(device, request, argument);
    } while (result == -1 && errno == EINTR);
    return result;
}

void* SystemCameraCalls::map(int device, std::size_t length, std::size_t offset) {
    void* start = ::mmap(nullptr, length, PROT_READ | PROT_WRITE, MAP_SHARED, device,
                         static_cast<off_t>(offset));
    return start == MAP_FAILED ? nullptr : start;
}

void SystemCameraCalls::unmap(void* start, std::size_t length) { ::munmap(start, length); }

int SystemCameraCalls::wait(int device, std::chrono::milliseconds wait) {
    pollfd waiting{device, POLLIN, 0};
    return ::poll(&waiting, 1, static_cast<int>(wait.count()));
}

void SystemCameraCalls::close(int device) { ::close(device); }

}  // namespace assay::proctor
