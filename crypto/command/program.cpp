#include "crypto/command/program.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <span>

#include <fcntl.h>
#include <unistd.h>

#include "crypto/process.h"
#include "crypto/text/choice.h"

namespace assay::command {
namespace {

std::string variable(const char* name) {
    const char* const value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): before threads
    return value == nullptr ? std::string() : value;
}

Path own_executable() {
    std::error_code ignored;
    return std::filesystem::read_symlink("/proc/self/exe", ignored);
}

text::Language chosen_language(int argc, char** argv, std::string_view otherwise) {
    const std::span<const char* const> arguments(argv, static_cast<std::size_t>(argc));
    return text::language_from(text::chosen_tag(arguments, variable, otherwise));
}

/// A file that is opened where standard output is closed would get its number, and then what the
/// program says. What is written to the stand-in fails, and so is noticed.
void hold_standard_descriptors() {
    for (const int number : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (::fcntl(number, F_GETFD) < 0) {
            // The lowest free number, which is this one. Nothing can be said where that fails.
            [[maybe_unused]] const int held = ::open("/dev/null", O_RDONLY);
        }
    }
}

/// Whether all that was said on standard output arrived where it goes.
Status finish_output() {
    errno = 0;
    std::cout.flush();
    const bool flushed = std::fflush(stdout) == 0;
    if (flushed && std::cout.good() && std::ferror(stdout) == 0) {
        return Ok{};
    }
    // What failed while the command ran left no cause behind: the same again tells it.
    if (errno == 0 && ::write(STDOUT_FILENO, "\n", 1) == 1) {
        errno = EIO;
    }
    const int cause = errno == 0 ? EIO : errno;
    const bool full = cause == ENOSPC || cause == EDQUOT;
    return fail(Code::kIo, full ? "command.output.full"_id : "command.output.failed"_id,
                {{"number", std::to_string(cause)}, {"cause", std::strerror(cause)}});
}

}  // namespace

Program::Program(std::string name, int argc, char** argv, std::string_view otherwise)
    : name_(std::move(name)),
      own_(own_executable()),
      log_(Log::to_stderr(name_)),
      session_{disk_, random_, clock_, log_, texts_, chosen_language(argc, argv, otherwise)} {
    hold_standard_descriptors();
    // Without catalogues ids are said: better than nothing at all.
    [[maybe_unused]] const Status loaded = load_texts(text::locale_folder_beside(own_));
}

Status Program::load_texts(const Path& locale_folder) {
    ASSAY_TRY(texts_, text::Texts::load(disk_, locale_folder));
    return Ok{};
}

Status Program::harden() {
    const Status started = crypto::start_process();
    if (!started.ok() && started.error().code == Code::kUnavailable) {
        const Message& what = started.error().what;
        tell(session_.say("command.label.warning"_id, {{"sentence", session_.say(what)}}));
        tell(session_.say("text.label.hint"_id,
                          {{"sentence", texts_.hint(session_.language, started.error())}}));
        log_.warn(what.id, what.args);
        return Ok{};
    }
    return started;
}

int Program::run(CommandLine& line, int argc, char** argv) {
    const auto all = [&]() -> Result<int> {
        ASSAY_TRY_STATUS(harden());
        ASSAY_TRY(const bool goes_on, line.parse(argc, argv));
        ASSAY_TRY(const int code, goes_on ? line.chosen()() : Result<int>(0));
        ASSAY_TRY_STATUS(finish_output());
        return code;
    };
    const Result<int> done = all();
    return done.ok() ? *done : report(session_, done.error());
}

}  // namespace assay::command
