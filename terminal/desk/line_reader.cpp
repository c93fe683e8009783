#include "terminal/desk/line_reader.h"

#include <array>
#include <cerrno>

#include <poll.h>
#include <unistd.h>

#include "terminal/desk/console.h"

namespace assay::desk {
namespace {

constexpr int kLookMs = 200;

/// The next bytes; nothing where the input has ended.
bool read_some(int fd, const std::stop_token& stop, std::string& out) {
    while (!stop.stop_requested()) {
        pollfd waiting{fd, POLLIN, 0};
        const int ready = ::poll(&waiting, 1, kLookMs);
        if (ready == 0 || (ready < 0 && errno == EINTR)) {
            continue;
        }
        std::array<char, 1024> bytes{};
        const ssize_t count = ready < 0 ? -1 : ::read(fd, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count > 0) {
            out.append(bytes.data(), static_cast<std::size_t>(count));
        }
        return count > 0;
    }
    return false;
}

}  // namespace

void read_lines(int fd, const std::stop_token& stop,
                const std::function<bool(const std::string&)>& take) {
    std::string held;
    while (true) {
        const std::size_t end = held.find('\n');
        if (end != std::string::npos) {
            const std::string line = held.substr(0, end);
            held.erase(0, end + 1);
            if (!take(line)) {
                return;
            }
        } else if (held.size() > kCommandBytesMax || !read_some(fd, stop, held)) {
            return;
        }
    }
}

}  // namespace assay::desk
