#include "crypto/keys/pin.h"

#include <cerrno>

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

namespace assay::keys {

namespace {

using crypto::SecretBytes;

/// Byte by byte, so that nothing after the line is taken from the caller's pipe.
Result<SecretBytes> read_line(int fd) {
    SecretBytes line = SecretBytes::zeros(kPinBytesMax);
    std::size_t size = 0;
    while (true) {
        std::uint8_t byte = 0;
        const ssize_t count = ::read(fd, &byte, 1);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            return fail(Code::kIo, "keys.pin.source"_id);
        }
        if (count == 0 || byte == '\n') {
            break;
        }
        if (size == line.size()) {
            return fail(Code::kLimit, "keys.pin.long"_id, {{"limit", std::to_string(size)}});
        }
        line.span()[size++] = byte;
    }
    if (size == 0) {
        return fail(Code::kUsage, "keys.pin.empty"_id);
    }
    return SecretBytes::copy_of(line.view().first(size));
}

/// The controlling terminal with its echo off.
class Terminal {
  public:
    Terminal() : fd_(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)) {
        if (fd_ >= 0 && ::tcgetattr(fd_, &before_) == 0) {
            termios quiet = before_;
            quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
            quiet_ = ::tcsetattr(fd_, TCSAFLUSH, &quiet) == 0;
        }
    }
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;
    ~Terminal() {
        if (quiet_) {
            ::tcsetattr(fd_, TCSAFLUSH, &before_);
        }
        if (fd_ >= 0) {
            ::close(fd_);
        }
    }

    Result<SecretBytes> ask(const std::string& prompt) {
        if (!quiet_) {
            return fail(Code::kUnavailable, "keys.pin.no-terminal"_id);
        }
        write_text(prompt + ' ');
        Result<SecretBytes> line = read_line(fd_);
        write_text("\n");
        return line;
    }

  private:
    void write_text(const std::string& text) {
        // A prompt that is not seen is no reason to stop.
        [[maybe_unused]] const ssize_t written = ::write(fd_, text.data(), text.size());
    }
    int fd_;
    termios before_{};
    bool quiet_ = false;
};

Status check_new(const SecretBytes& pin) {
    if (pin.size() < kPinBytesMin) {
        return fail(Code::kRefused, "keys.pin.short"_id, {{"limit", std::to_string(kPinBytesMin)}});
    }
    return Ok{};
}

}  // namespace

Result<SecretBytes> read_pin(const Session& session, const PinSource& source) {
    return source.fd ? read_line(*source.fd) : Terminal().ask(session.say("keys.pin.prompt"_id));
}

Result<SecretBytes> read_new_pin(const Session& session, const PinSource& source) {
    if (source.fd) {
        ASSAY_TRY(SecretBytes pin, read_line(*source.fd));
        ASSAY_TRY_STATUS(check_new(pin));
        return pin;
    }
    Terminal terminal;
    ASSAY_TRY(SecretBytes pin, terminal.ask(session.say("keys.pin.prompt-new"_id)));
    ASSAY_TRY_STATUS(check_new(pin));
    ASSAY_TRY(const SecretBytes again, terminal.ask(session.say("keys.pin.prompt-again"_id)));
    if (!pin.equals(again)) {
        return fail(Code::kUsage, "keys.pin.differ"_id);
    }
    return pin;
}

}  // namespace assay::keys
