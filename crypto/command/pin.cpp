#include "crypto/command/pin.h"

#include <algorithm>
#include <cerrno>

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

namespace assay::command {

namespace {

using crypto::Pin;
using crypto::SecretBytes;

/// Byte by byte, so that nothing after the line is taken from the caller's pipe.
Result<Pin> read_line(int fd) {
    SecretBytes line = SecretBytes::zeros(kPinBytesMax);
    std::size_t size = 0;
    while (true) {
        std::uint8_t byte = 0;
        const ssize_t count = ::read(fd, &byte, 1);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            return fail(Code::kIo, "command.pin.source"_id);
        }
        if (count == 0 || byte == '\n') {
            break;
        }
        if (size == line.size()) {
            return fail(Code::kLimit, "command.pin.long"_id, {{"limit", std::to_string(size)}});
        }
        line.span()[size++] = byte;
    }
    if (size == 0) {
        return fail(Code::kUsage, "command.pin.empty"_id);
    }
    return Pin(SecretBytes::copy_of(line.view().first(size)));
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

    Result<Pin> ask(const std::string& prompt) {
        if (!quiet_) {
            return fail(Code::kUnavailable, "command.pin.no-terminal"_id);
        }
        write_text(prompt + ' ');
        Result<Pin> line = read_line(fd_);
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

Status check_new(const Pin& pin) {
    // Counted as the message says it; what follows a first byte of UTF-8 is no character.
    const ByteView typed = pin.view();
    const auto characters = static_cast<std::size_t>(
        std::count_if(typed.begin(), typed.end(), [](auto byte) { return (byte & 0xC0) != 0x80; }));
    if (characters < kPinCharactersMin) {
        return fail(Code::kRefused, "command.pin.short"_id,
                    {{"limit", std::to_string(kPinCharactersMin)}});
    }
    return Ok{};
}

}  // namespace

void pin_option(CommandLine& line, CLI::App& command, PinSource& source, const char* name) {
    line.option(command, name, source.fd, "command.help.pin-fd"_id);
}

Result<Pin> read_pin(const Session& session, const PinSource& source) {
    return source.fd ? read_line(*source.fd) : Terminal().ask(session.say("command.pin.prompt"_id));
}

Result<Pin> read_new_pin(const Session& session, const PinSource& source) {
    if (source.fd) {
        ASSAY_TRY(Pin pin, read_line(*source.fd));
        ASSAY_TRY_STATUS(check_new(pin));
        return pin;
    }
    Terminal terminal;
    ASSAY_TRY(Pin pin, terminal.ask(session.say("command.pin.prompt-new"_id)));
    ASSAY_TRY_STATUS(check_new(pin));
    ASSAY_TRY(const Pin again, terminal.ask(session.say("command.pin.prompt-again"_id)));
    if (!pin.equals(again)) {
        return fail(Code::kUsage, "command.pin.differ"_id);
    }
    return pin;
}

Result<crypto::KeyRing> open_ring(const Session& session, const Path& path,
                                  const PinSource& source) {
    // The file first: a wrong path should not cost a PIN.
    ASSAY_TRY(const Bytes file, read_file(session.disk, path, crypto::kKeyRingBytesMax));
    ASSAY_TRY(const Pin pin, read_pin(session, source));
    return crypto::KeyRing::unlock(file, pin);
}

}  // namespace assay::command
