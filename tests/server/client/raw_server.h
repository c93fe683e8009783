#pragma once

#include <memory>
#include <string>
#include <thread>

#include <arpa/inet.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/server/http/tls_support.h"

namespace assay::test {

/// A server that answers each connection's first bytes with what a test likes, then closes hard.
class RawServer {
  public:
    enum class Manner { kAnswer, kNoHandshake, kSilent };

    explicit RawServer(std::string reply, Manner manner = Manner::kAnswer)
        : reply_(std::move(reply)), manner_(manner) {
        listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in at{};
        at.sin_family = AF_INET;
        at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof at;
        auto* address = reinterpret_cast<sockaddr*>(&at);
        (void)::bind(listener_, address, size);
        (void)::listen(listener_, 8);
        (void)::getsockname(listener_, address, &size);
        port_ = ntohs(at.sin_port);
        thread_ = std::thread([this] { serve(); });
    }
    RawServer(const RawServer&) = delete;
    RawServer& operator=(const RawServer&) = delete;
    ~RawServer() {
        ::shutdown(listener_, SHUT_RDWR);
        thread_.join();
        ::close(listener_);
        for (const int held : held_) {
            ::close(held);
        }
    }
    std::uint16_t port() const { return port_; }

  private:
    void serve() {
        for (;;) {
            const int peer = ::accept(listener_, nullptr, nullptr);
            if (peer < 0) {
                return;
            }
            if (manner_ == Manner::kNoHandshake) {
                held_.push_back(peer);
                continue;
            }
            answer(peer);
        }
    }
    void answer(int peer) {
        const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(
            SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
        (void)identity('s').use_in(context.get());
        const std::unique_ptr<SSL, decltype(&SSL_free)> tls(SSL_new(context.get()), SSL_free);
        SSL_set_fd(tls.get(), peer);
        char request[4096];
        if (SSL_accept(tls.get()) == 1 && SSL_read(tls.get(), request, sizeof request) > 0) {
            if (manner_ == Manner::kSilent) {
                held_.push_back(peer);
                return;
            }
            SSL_write(tls.get(), reply_.data(), static_cast<int>(reply_.size()));
        }
        ::close(peer);
    }

    std::string reply_;
    Manner manner_;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::vector<int> held_;
    std::thread thread_;
};

}  // namespace assay::test
