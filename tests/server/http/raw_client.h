#pragma once

#include <csignal>
#include <memory>
#include <optional>
#include <string>

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "tests/server/http/tls_support.h"

namespace assay::test {

/// A TLS client that sends whatever bytes a test likes. It trusts everyone.
class RawClient {
  public:
    explicit RawClient(std::uint16_t port, std::optional<crypto::TlsIdentity> own = std::nullopt,
                       int timeout_seconds = 10)
        : context_(SSL_CTX_new(TLS_client_method()), SSL_CTX_free) {
        // A server that closes early is what these tests are about.
        std::signal(SIGPIPE, SIG_IGN);
        if (own) {
            (void)own->use_in(context_.get());
        }
        socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const timeval limit{timeout_seconds, 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
        const int yes = 1;  // else a head waits 40 ms for the acknowledgement of the handshake
        ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(port);
        ::inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
        connected_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0;
    }
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;
    ~RawClient() {
        tls_.reset();
        ::close(socket_);
    }

    bool connected() const { return connected_; }
    bool handshake(int version = TLS1_3_VERSION) {
        SSL_CTX_set_min_proto_version(context_.get(), TLS1_2_VERSION);
        SSL_CTX_set_max_proto_version(context_.get(), version);
        tls_.reset(SSL_new(context_.get()));
        SSL_set_fd(tls_.get(), socket_);
        return SSL_connect(tls_.get()) == 1;
    }
    bool send(std::string_view bytes) {
        return SSL_write(tls_.get(), bytes.data(), static_cast<int>(bytes.size())) ==
               static_cast<int>(bytes.size());
    }
    /// What comes until the server closes, the time is over or `until` has come.
    std::string read(const std::string& until = "\0") {
        std::string out;
        char piece[4096];
        while (until == "\0" || until.empty() || out.find(until) == std::string::npos) {
            const int got = SSL_read(tls_.get(), piece, sizeof piece);
            if (got <= 0) {
                break;
            }
            out.append(piece, static_cast<std::size_t>(got));
        }
        return out;
    }
    /// True where the server closes before the time is over.
    bool closed() {
        char byte = 0;
        const auto got = SSL_read(tls_.get(), &byte, 1);
        return got <= 0 && errno != EAGAIN && errno != EWOULDBLOCK;
    }
    void send_plain(std::string_view bytes) { (void)!::write(socket_, bytes.data(), bytes.size()); }
    bool plain_closed() {
        char byte = 0;
        return ::recv(socket_, &byte, 1, 0) <= 0 && errno != EAGAIN;
    }
    void shut_sending() { ::shutdown(socket_, SHUT_WR); }

  private:
    struct TlsFree {
        void operator()(SSL* tls) const { SSL_free(tls); }
    };
    std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_;
    std::unique_ptr<SSL, TlsFree> tls_;
    int socket_ = -1;
    bool connected_ = false;
};

/// One request on a connection of its own: all that came back.
inline std::string ask(std::uint16_t port, std::string_view bytes) {
    RawClient client(port);
    return client.handshake() && client.send(bytes) ? client.read() : "no connection";
}

}  // namespace assay::test
