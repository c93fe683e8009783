#include "terminal/proctor/watchdog.h"

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <utility>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace assay::proctor {
namespace {

constexpr std::string_view kAlive = "WATCHDOG=1";

Error refused(int error) {
    return fail(Code::kUnavailable, "proctor.watchdog.open"_id,
                {{"number", std::to_string(error)}, {"cause", std::strerror(error)}});
}

}  // namespace

Result<Watchdog> Watchdog::open(std::string_view address) {
    if (address.empty()) {
        return Watchdog(-1);
    }
    sockaddr_un to{};
    to.sun_family = AF_UNIX;
    if (address.size() >= sizeof to.sun_path) {
        return refused(ENAMETOOLONG);
    }
    std::memcpy(to.sun_path, address.data(), address.size());
    if (address.front() == '@') {
        to.sun_path[0] = '\0';
    }
    const int made = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (made < 0) {
        return refused(errno);
    }
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + address.size());
    if (::connect(made, reinterpret_cast<const sockaddr*>(&to), length) != 0) {
        const int error = errno;
        ::close(made);
        return refused(error);
    }
    return Watchdog(made);
}

Watchdog::Watchdog(Watchdog&& other) noexcept : socket_(std::exchange(other.socket_, -1)) {}

Watchdog::~Watchdog() {
    if (socket_ >= 0) {
        ::close(socket_);
    }
}

void Watchdog::alive() const {
    if (socket_ >= 0) {
        // A manager that does not listen is no reason to end; the next second tells again.
        static_cast<void>(::send(socket_, kAlive.data(), kAlive.size(), MSG_NOSIGNAL));
    }
}

}  // namespace assay::proctor
