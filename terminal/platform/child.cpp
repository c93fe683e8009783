#include "terminal/platform/child.h"

#include <array>
#include <csignal>
#include <cstring>
#include <utility>

#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace assay::platform {
namespace {

Error refused(const Path& program, int error) {
    return fail(Code::kUnavailable, "platform.child.start"_id,
                {{"program", program.filename().string()},
                 {"number", std::to_string(error)},
                 {"cause", std::strerror(error)}});
}

/// posix_spawn's interface takes mutable strings and only reads them. `first` may be null.
std::vector<char*> pointers(const std::string* first, const std::vector<std::string>& texts) {
    std::vector<char*> out;
    out.reserve(texts.size() + 2);
    if (first != nullptr) {
        out.push_back(const_cast<char*>(first->c_str()));
    }
    for (const std::string& text : texts) {
        out.push_back(const_cast<char*>(text.c_str()));
    }
    out.push_back(nullptr);
    return out;
}

/// The attributes and actions of one spawn, released with it.
class Spawn {
  public:
    Spawn() {
        ::posix_spawn_file_actions_init(&actions_);
        ::posix_spawnattr_init(&attributes_);
        sigset_t none;
        sigemptyset(&none);
        ::posix_spawnattr_setsigmask(&attributes_, &none);
        ::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK);
    }
    Spawn(const Spawn&) = delete;
    Spawn& operator=(const Spawn&) = delete;
    ~Spawn() {
        ::posix_spawn_file_actions_destroy(&actions_);
        ::posix_spawnattr_destroy(&attributes_);
    }
    int run(const Child::Start& start, int theirs, int& pid) {
        ::posix_spawn_file_actions_adddup2(&actions_, theirs, start.descriptor);
        const std::string name = start.program.string();
        std::vector<char*> argv = pointers(&name, start.arguments);
        std::vector<char*> own = pointers(nullptr, start.environment);
        return ::posix_spawn(&pid, start.program.c_str(), &actions_, &attributes_, argv.data(),
                             start.inherit_environment ? environ : own.data());
    }

  private:
    posix_spawn_file_actions_t actions_;
    posix_spawnattr_t attributes_;
};

}  // namespace

Result<Child> Child::start(const Start& start) {
    std::array<int, 2> pair{-1, -1};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair.data()) != 0) {
        return refused(start.program, errno);
    }
    int pid = -1;
    const int error = Spawn().run(start, pair[1], pid);
    ::close(pair[1]);
    if (error != 0) {
        ::close(pair[0]);
        return refused(start.program, error);
    }
    return Child(pid, pair[0]);
}

Child::Child(Child&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      socket_(std::exchange(other.socket_, -1)),
      ending_(other.ending_) {}

Child& Child::operator=(Child&& other) noexcept {
    std::swap(pid_, other.pid_);
    std::swap(socket_, other.socket_);
    std::swap(ending_, other.ending_);
    return *this;
}

Child::~Child() {
    kill();
    if (socket_ >= 0) {
        ::close(socket_);
    }
}

int Child::take_socket() { return std::exchange(socket_, -1); }

std::optional<Ending> Child::ended() {
    int status = 0;
    if (!ending_ && pid_ > 0 && ::waitpid(pid_, &status, WNOHANG) == pid_) {
        ending_ =
            WIFSIGNALED(status) ? Ending{0, WTERMSIG(status)} : Ending{WEXITSTATUS(status), 0};
    }
    return ending_;
}

void Child::send_signal(int signal) const {
    if (pid_ > 0 && !ending_) {
        ::kill(pid_, signal);
    }
}

void Child::kill() {
    if (pid_ <= 0 || ended()) {
        return;
    }
    send_signal(SIGKILL);
    int status = 0;
    while (::waitpid(pid_, &status, 0) == -1 && errno == EINTR) {
    }
    ending_ = Ending{0, SIGKILL};
}

}  // namespace assay::platform
