#include "question-bank/preview/loopback.h"

#include <array>
#include <bit>
#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace assay::preview {

namespace {

constexpr int kSweepMillis = 1000;
constexpr std::size_t kPieceBytes = std::size_t{64} * 1024;

Error failed(std::uint16_t port) {
    return fail(Code::kUnavailable, "preview.listen"_id,
                {{"port", std::to_string(port)}, {"number", std::to_string(errno)}});
}

/// One browser's connection: reads until a request is whole, then writes the reply.
struct Connection {
    int socket = -1;
    SteadyTime due{};
    std::string in = {};
    std::string out = {};
    std::size_t written = 0;

    bool writing() const { return !out.empty(); }
};

/// False: the connection is over.
bool read_more(Connection& connection) {
    std::array<char, kPieceBytes> piece{};
    const ssize_t got = recv(connection.socket, piece.data(), piece.size(), MSG_DONTWAIT);
    if (got > 0) {
        connection.in.append(piece.data(), static_cast<std::size_t>(got));
    }
    return got > 0 || (got < 0 && (errno == EAGAIN || errno == EINTR));
}

bool write_more(Connection& connection) {
    const ssize_t done =
        send(connection.socket, connection.out.data() + connection.written,
             connection.out.size() - connection.written, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (done < 0) {
        return errno == EAGAIN || errno == EINTR;
    }
    connection.written += static_cast<std::size_t>(done);
    return connection.written < connection.out.size();
}

class Serving {
  public:
    Serving(int listener, const std::string& host,
            const std::function<Reply(const Request&)>& answer, const Clock& clock)
        : listener_(listener), host_(host), answer_(answer), clock_(clock) {}
    Serving(const Serving&) = delete;
    Serving& operator=(const Serving&) = delete;
    ~Serving() {
        for (const auto& connection : open_) {
            close(connection.socket);
        }
    }

    /// False: it is time to stop.
    Result<bool> once(int stop) {
        std::vector<pollfd> watched = {{stop, POLLIN, 0}, {listener_, POLLIN, 0}};
        for (const auto& connection : open_) {
            const short wanted = connection.writing() ? POLLOUT : POLLIN;
            watched.push_back({connection.socket, wanted, 0});
        }
        if (poll(watched.data(), watched.size(), kSweepMillis) < 0 && errno != EINTR) {
            return fail(Code::kIo, "preview.poll"_id);
        }
        if (watched[0].revents != 0) {
            return false;
        }
        std::vector<Connection> left;
        for (std::size_t i = 0; i < open_.size(); ++i) {
            if (go_on(open_[i], watched[i + 2].revents != 0)) {
                left.push_back(std::move(open_[i]));
            } else {
                close(open_[i].socket);
            }
        }
        open_ = std::move(left);
        if (watched[1].revents != 0) {
            take();
        }
        return true;
    }

  private:
    void take() {
        const int socket = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (socket >= 0 && open_.size() >= kConnectionsMax) {
            close(socket);
        } else if (socket >= 0) {
            open_.push_back({socket, clock_.steady() + kIdleTime});
        }
    }

    bool go_on(Connection& connection, bool moved) {
        if (!moved) {
            return clock_.steady() < connection.due;
        }
        connection.due = clock_.steady() + kIdleTime;
        if (!connection.writing()) {
            if (!read_more(connection)) {
                return false;
            }
            const auto arrival = read_request(connection.in, host_);
            if (arrival.refusal != 0) {
                connection.out = reply_text(Reply::empty(arrival.refusal));
            } else if (arrival.request) {
                connection.out = reply_text(answer_(*arrival.request));
            }
        }
        return !connection.writing() || write_more(connection);
    }

    int listener_;
    const std::string& host_;
    const std::function<Reply(const Request&)>& answer_;
    const Clock& clock_;
    std::vector<Connection> open_;
};

}  // namespace

Result<Loopback> Loopback::open(std::uint16_t port) {
    const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (listener < 0) {
        return failed(port);
    }
    Loopback out(listener, "");
    const int yes = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    const auto at = [&address] { return std::bit_cast<sockaddr*>(&address); };
    if (bind(listener, at(), size) != 0 || listen(listener, SOMAXCONN) != 0 ||
        getsockname(listener, at(), &size) != 0) {
        return failed(port);
    }
    out.host_ = "127.0.0.1:" + std::to_string(ntohs(address.sin_port));
    return out;
}

Loopback::Loopback(Loopback&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)), host_(std::move(other.host_)) {}

Loopback::~Loopback() {
    if (socket_ >= 0) {
        close(socket_);
    }
}

Status Loopback::serve(const std::function<Reply(const Request&)>& answer, int stop,
                       const Clock& clock) {
    Serving serving(socket_, host_, answer, clock);
    for (;;) {
        ASSAY_TRY(const bool more, serving.once(stop));
        if (!more) {
            return Ok{};
        }
    }
}

}  // namespace assay::preview
