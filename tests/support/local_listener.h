#pragma once

#include <cstring>

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "crypto/base/disk.h"

namespace assay::test {

/// Somebody who listens at a path, as a service manager does. The name stays when this goes.
class LocalListener {
  public:
    LocalListener(const Path& path, int type) : socket_(::socket(AF_UNIX, type | SOCK_CLOEXEC, 0)) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        const std::string& name = path.native();
        EXPECT_LT(name.size(), sizeof address.sun_path);
        std::memcpy(address.sun_path, name.data(), name.size());
        EXPECT_EQ(::bind(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
        if (type == SOCK_STREAM) {
            EXPECT_EQ(::listen(socket_, 4), 0);
        }
    }
    LocalListener(const LocalListener&) = delete;
    LocalListener& operator=(const LocalListener&) = delete;
    ~LocalListener() { ::close(socket_); }

    /// The next connection, the caller's; -1 where none comes in `wait_ms`.
    int accept(int wait_ms = 10'000) const {
        return readable(wait_ms) ? ::accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC) : -1;
    }
    /// The next datagram; empty where none comes in `wait_ms`.
    std::string datagram(int wait_ms = 10'000) const {
        char text[256];
        const ssize_t got = readable(wait_ms) ? ::recv(socket_, text, sizeof text, 0) : -1;
        return got > 0 ? std::string(text, static_cast<std::size_t>(got)) : std::string();
    }

  private:
    bool readable(int wait_ms) const {
        pollfd one{socket_, POLLIN, 0};
        return ::poll(&one, 1, wait_ms) == 1;
    }
    int socket_;
};

}  // namespace assay::test
