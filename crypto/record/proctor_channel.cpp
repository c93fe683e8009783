#include "crypto/record/proctor_channel.h"

#include <array>
#include <cerrno>

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "crypto/base/check.h"

namespace assay::record {
namespace {

constexpr std::size_t kReadBytes = 65536;
constexpr int kReadsAtOnceMax = 64;

bool is_for_later() { return errno == EAGAIN || errno == EINTR; }

}  // namespace

ProctorChannel::ProctorChannel(int socket) : socket_(socket) {
    ASSAY_CHECK(::fcntl(socket_, F_SETFL, O_NONBLOCK) == 0);
}

ProctorChannel::~ProctorChannel() { ::close(socket_); }

bool ProctorChannel::send(const ProctorMessage& message) {
    const Bytes bytes = write_proctor_message(message);
    if (waiting_bytes() + bytes.size() > kProctorQueueBytesMax) {
        return false;
    }
    append(out_, bytes);
    return true;
}

bool ProctorChannel::write_some() {
    while (waiting_bytes() > 0) {
        const ssize_t sent =
            ::send(socket_, out_.data() + out_start_, waiting_bytes(), MSG_NOSIGNAL);
        if (sent < 0) {
            return is_for_later();
        }
        out_start_ += static_cast<std::size_t>(sent);
    }
    out_.clear();
    out_start_ = 0;
    return true;
}

bool ProctorChannel::read_some() {
    std::array<std::uint8_t, kReadBytes> buffer;
    for (int i = 0; i < kReadsAtOnceMax; ++i) {
        const ssize_t got = ::recv(socket_, buffer.data(), buffer.size(), 0);
        if (got <= 0) {
            return got < 0 && is_for_later();
        }
        reader_.feed(ByteView(buffer.data(), static_cast<std::size_t>(got)));
    }
    return true;
}

Result<std::vector<ProctorMessage>> ProctorChannel::exchange(std::chrono::milliseconds wait) {
    if (!gone_ && write_some()) {
        pollfd waiting{socket_, POLLIN, 0};
        waiting.events = static_cast<short>(POLLIN | (waiting_bytes() > 0 ? POLLOUT : 0));
        ::poll(&waiting, 1, static_cast<int>(wait.count()));
        gone_ = !write_some() || !read_some();
    } else if (!gone_) {
        read_some();  // what it said before it went
        gone_ = true;
    }
    std::vector<ProctorMessage> messages;
    while (true) {
        ASSAY_TRY(std::optional<ProctorMessage> message, reader_.next());
        if (!message) {
            break;
        }
        messages.push_back(std::move(*message));
    }
    if (messages.empty() && gone_) {
        return fail(Code::kUnavailable, "record.proctor.gone"_id);
    }
    return messages;
}

}  // namespace assay::record
