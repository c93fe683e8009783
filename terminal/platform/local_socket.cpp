#include "terminal/platform/local_socket.h"

#include <cerrno>
#include <cstring>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace assay::platform {
namespace {

Error refused(const Path& path, int error) {
    return fail(Code::kUnavailable, "platform.socket.connect"_id,
                {{"path", path.string()},
                 {"number", std::to_string(error)},
                 {"cause", std::strerror(error)}});
}

}  // namespace

bool is_local_socket(const Path& path) {
    struct stat found{};
    return !path.empty() && ::stat(path.c_str(), &found) == 0 && S_ISSOCK(found.st_mode);
}

Result<int> connect_local(const Path& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string& name = path.native();
    if (name.size() >= sizeof address.sun_path) {
        return refused(path, ENAMETOOLONG);
    }
    std::memcpy(address.sun_path, name.data(), name.size());
    const int made = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (made < 0) {
        return refused(path, errno);
    }
    // A full queue of the other side is EAGAIN here: tried again like any other refusal.
    if (::connect(made, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        const int error = errno;
        ::close(made);
        return refused(path, error);
    }
    return made;
}

}  // namespace assay::platform
