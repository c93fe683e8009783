#include "server/cli/service.h"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <vector>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace assay::server_cli {
namespace {

constexpr int kFirstSocket = 3;
constexpr int kSocketsMax = 16;

std::string variable(const char* name) {
    const char* const value = std::getenv(name);
    return value == nullptr ? "" : value;
}

/// Nothing for what is no number of digits alone.
std::optional<long> whole(const std::string& text) {
    const bool digits = !text.empty() && text.size() < 16 &&
                        std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    return digits ? std::optional(std::strtol(text.c_str(), nullptr, 10)) : std::nullopt;
}

bool is_for_us(const char* name) {
    const auto pid = whole(variable(name));
    return !pid || *pid == ::getpid();
}

std::vector<std::string> split(const std::string& text) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find(':', at), text.size());
        out.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

}  // namespace

ServiceEnvironment ServiceEnvironment::read() {
    ServiceEnvironment out;
    out.notify_socket = variable("NOTIFY_SOCKET");
    if (const auto usec = whole(variable("WATCHDOG_USEC")); usec && is_for_us("WATCHDOG_PID")) {
        out.watchdog = std::chrono::microseconds(*usec);
    }
    if (const auto count = whole(variable("LISTEN_FDS")); count && is_for_us("LISTEN_PID")) {
        out.listen_fds = static_cast<int>(std::min<long>(*count, kSocketsMax));
        out.listen_names = variable("LISTEN_FDNAMES");
    }
    return out;
}

int ServiceEnvironment::socket(const std::string& name) const {
    std::vector<std::string> names = split(listen_names);
    const bool named = std::ranges::any_of(
        names, [](const std::string& each) { return each == "desks" || each == "public"; });
    if (!named) {
        names = {"desks", "public", "web"};
    }
    const auto found = std::ranges::find(names, name);
    const auto place = found - names.begin();
    return found == names.end() || place >= listen_fds ? -1
                                                       : kFirstSocket + static_cast<int>(place);
}

Service::Service(const ServiceEnvironment& environment) {
    if (environment.watchdog) {
        heartbeat_ = *environment.watchdog / 2;
    }
    const std::string& path = environment.notify_socket;
    sockaddr_un to{};
    if (path.empty() || path.size() >= sizeof to.sun_path) {
        return;
    }
    to.sun_family = AF_UNIX;
    std::memcpy(to.sun_path, path.data(), path.size());
    if (path[0] == '@') {
        to.sun_path[0] = 0;
    }
    socket_ = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size());
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the sockets API asks for it
    if (socket_ >= 0 && ::connect(socket_, reinterpret_cast<sockaddr*>(&to), size) != 0) {
        ::close(socket_);
        socket_ = -1;
    }
}

Service::~Service() {
    if (socket_ >= 0) {
        ::close(socket_);
    }
}

void Service::tell(const std::string& state) const {
    if (socket_ >= 0) {
        const auto sent = ::send(socket_, state.data(), state.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        static_cast<void>(sent);  // a manager that does not listen changes nothing for us
    }
}

}  // namespace assay::server_cli
