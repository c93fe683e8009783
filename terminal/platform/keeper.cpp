#include "terminal/platform/keeper.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <thread>
#include <utility>

#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "crypto/base/check.h"
#include "terminal/platform/child.h"

namespace assay::platform {
namespace {

using std::chrono::milliseconds;

// One byte asks, one byte answers; a key follows where there is one.
constexpr char kGet = 'g';
constexpr char kPut = 'p';
constexpr char kForget = 'f';
constexpr char kKey = 'k';
constexpr char kNone = 'n';

constexpr milliseconds kAnswerWait{2000};
constexpr milliseconds kTurn{50};
constexpr milliseconds kQuick{5000};

bool send_all(int socket, ByteView bytes) {
    return ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL) ==
           static_cast<ssize_t>(bytes.size());
}

/// Exactly out.size() bytes within a while.
bool receive_all(int socket, std::span<std::uint8_t> out) {
    while (!out.empty()) {
        pollfd waiting{socket, POLLIN, 0};
        if (::poll(&waiting, 1, static_cast<int>(kAnswerWait.count())) <= 0) {
            return false;
        }
        const ssize_t got = ::recv(socket, out.data(), out.size(), 0);
        if (got <= 0) {
            return false;
        }
        out = out.subspan(static_cast<std::size_t>(got));
    }
    return true;
}

bool send_byte(int socket, char byte) {
    const auto value = static_cast<std::uint8_t>(byte);
    return send_all(socket, ByteView(&value, 1));
}

Error no_keeper() { return fail(Code::kUnavailable, "platform.keeper.none"_id); }

void harden() {
    // A key in a core file or a debugger's hands would be as good as on the disk.
    ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
}

volatile std::sig_atomic_t told_to_end = 0;

void tell(int /*signal*/) { told_to_end = 1; }

/// SIGTERM and SIGINT as a mark that one asks for. A handler and not a blocked signal with a
/// descriptor: a library starts threads of its own before main, these block nothing, and there the
/// signal's default would end the keeper and leave the terminal without one.
class Signals {
  public:
    Signals() {
        told_to_end = 0;
        struct sigaction action{};
        action.sa_handler = tell;
        ::sigaction(SIGTERM, &action, &terminate_);
        ::sigaction(SIGINT, &action, &interrupt_);
    }
    Signals(const Signals&) = delete;
    Signals& operator=(const Signals&) = delete;
    ~Signals() {
        ::sigaction(SIGTERM, &terminate_, nullptr);
        ::sigaction(SIGINT, &interrupt_, nullptr);
    }
    /// True once for what came since the last call.
    static bool came() { return std::exchange(told_to_end, 0) != 0; }

  private:
    struct sigaction terminate_{};
    struct sigaction interrupt_{};
};

}  // namespace

struct Keeper::Life {
    Child child;
    SteadyTime started{0};
    bool told_to_end = false;
    std::optional<Ending> ending;
};

bool Keeper::serve(int socket) {
    std::uint8_t what = 0;
    if (::recv(socket, &what, 1, MSG_DONTWAIT) != 1) {
        return errno == EAGAIN || errno == EINTR;
    }
    switch (static_cast<char>(what)) {
        case kGet:
            return key_ ? send_byte(socket, kKey) && send_all(socket, key_->view())
                        : send_byte(socket, kNone);
        case kPut: {
            crypto::SecretBytes fresh = crypto::SecretBytes::zeros(crypto::StoreKey::kBytes);
            if (!receive_all(socket, fresh.span())) {
                return false;
            }
            key_ = crypto::StoreKey(std::move(fresh));
            return send_byte(socket, kNone);
        }
        case kForget:
            key_.reset();
            return send_byte(socket, kNone);
        default:
            return false;
    }
}

Keeper::Turn Keeper::watch(Life& life) {
    bool talking = true;
    while (!(life.ending = life.child.ended())) {
        pollfd waiting{talking ? life.child.socket() : -1, POLLIN, 0};
        ::poll(&waiting, 1, static_cast<int>(kTurn.count()));
        if (Signals::came()) {
            life.told_to_end = true;
            life.child.send_signal(SIGTERM);
        }
        if (talking && waiting.revents != 0) {
            talking = serve(life.child.socket());
        }
    }
    return life.told_to_end || !life.ending->crashed() ? Turn::kEnd : Turn::kRestart;
}

Result<int> Keeper::run() {
    harden();
    const Signals signals;
    milliseconds pause = settings_.restart_after;
    while (true) {
        ASSAY_TRY(
            Child child,
            Child::start({settings_.program, settings_.arguments, {}, true, kKeeperDescriptor}));
        Life life{std::move(child), clock_.steady(), false, {}};
        if (watch(life) == Turn::kEnd) {
            const Ending ending = life.ending.value_or(Ending{});
            return ending.crashed() ? 128 + ending.signal : ending.code;
        }
        const bool quick = clock_.steady() - life.started < kQuick;
        quick_crashes_ = quick ? quick_crashes_ + 1 : 0;
        // The first restart is always at once: a candidate waits.
        pause = quick_crashes_ > 1 ? std::min(2 * pause, settings_.restart_after_max)
                                   : settings_.restart_after;
        const Args args{{"signal", std::to_string(life.ending.value_or(Ending{}).signal)}};
        if (quick_crashes_ >= settings_.quick_crashes_max) {
            return fail(Code::kUnavailable, "platform.keeper.gave-up"_id, args);
        }
        log_.warn("platform.keeper.restart"_id, args);
        std::this_thread::sleep_for(pause);
    }
}

Result<KeptKey> KeptKey::connect(int socket) {
    int type = 0;
    socklen_t size = sizeof(type);
    if (::getsockopt(socket, SOL_SOCKET, SO_TYPE, &type, &size) != 0 || type != SOCK_STREAM) {
        return no_keeper();
    }
    return KeptKey(socket);
}

KeptKey::KeptKey(KeptKey&& other) noexcept : socket_(std::exchange(other.socket_, -1)) {}

KeptKey& KeptKey::operator=(KeptKey&& other) noexcept {
    std::swap(socket_, other.socket_);
    return *this;
}

KeptKey::~KeptKey() {
    if (socket_ >= 0) {
        ::close(socket_);
    }
}

Status KeptKey::ask(char what, ByteView more) {
    const bool asked = send_byte(socket_, what) && (more.empty() || send_all(socket_, more));
    return asked ? Status(Ok()) : Status(no_keeper());
}

Result<std::optional<crypto::StoreKey>> KeptKey::answer() {
    std::uint8_t what = 0;
    if (!receive_all(socket_, std::span(&what, 1))) {
        return no_keeper();
    }
    if (static_cast<char>(what) != kKey) {
        return std::optional<crypto::StoreKey>();
    }
    crypto::SecretBytes key = crypto::SecretBytes::zeros(crypto::StoreKey::kBytes);
    if (!receive_all(socket_, key.span())) {
        return no_keeper();
    }
    return std::optional(crypto::StoreKey(std::move(key)));
}

Result<std::optional<crypto::StoreKey>> KeptKey::get() {
    ASSAY_TRY_STATUS(ask(kGet, {}));
    return answer();
}

Status KeptKey::put(const crypto::StoreKey& key) {
    ASSAY_TRY_STATUS(ask(kPut, key.view()));
    ASSAY_TRY([[maybe_unused]] const auto none, answer());
    return Ok();
}

Status KeptKey::forget() {
    ASSAY_TRY_STATUS(ask(kForget, {}));
    ASSAY_TRY([[maybe_unused]] const auto none, answer());
    return Ok();
}

}  // namespace assay::platform
