// assay-bank preview PACKAGE [--port N]
#include <array>
#include <csignal>
#include <memory>

#include <sys/signalfd.h>
#include <unistd.h>

#include "crypto/base/hex.h"
#include "question-bank/cli/command_line.h"
#include "question-bank/cli/package_source.h"
#include "question-bank/preview/loopback.h"
#include "question-bank/preview/preview.h"

namespace assay::bank {

namespace {

constexpr std::size_t kTokenBytes = 16;

struct Options {
    std::string package;
    std::uint16_t port = 0;
    LimitOptions limits;
};

/// Something to read once the person pressed Ctrl+C or the system asks the program to end.
class StopSignal {
  public:
    StopSignal() {
        sigset_t set{};
        sigemptyset(&set);
        sigaddset(&set, SIGINT);
        sigaddset(&set, SIGTERM);
        pthread_sigmask(SIG_BLOCK, &set, nullptr);
        descriptor_ = signalfd(-1, &set, SFD_CLOEXEC);
    }
    StopSignal(const StopSignal&) = delete;
    StopSignal& operator=(const StopSignal&) = delete;
    ~StopSignal() { close(descriptor_); }
    int descriptor() const { return descriptor_; }

  private:
    int descriptor_ = -1;
};

Result<int> run(const Session& session, const Options& options) {
    ASSAY_TRY(auto package, open_package(session.disk, options.package, options.limits.limits()));
    std::array<std::uint8_t, kTokenBytes> token{};
    session.random.fill(token);
    const std::string base = '/' + to_hex(token) + '/';
    ASSAY_TRY(const auto preview,
              preview::Preview::make(std::move(package), session.texts, session.language, base));
    ASSAY_TRY(auto loopback, preview::Loopback::open(options.port));
    const StopSignal stop;
    print("http://" + loopback.host() + base);
    tell(session.say("bank.preview.ready"_id));
    ASSAY_TRY_STATUS(
        loopback.serve([&](const preview::Request& request) { return preview.answer(request); },
                       stop.descriptor(), session.clock));
    return 0;
}

}  // namespace

void add_preview_command(CommandLine& line) {
    auto options = std::make_shared<Options>();
    const auto& session = line.session();
    auto& command = line.command("preview", "bank.help.preview"_id,
                                 [options, &session] { return run(session, *options); });
    line.required(command, "package", options->package, "bank.help.package"_id);
    line.option(command, "--port", options->port, "bank.help.preview-port"_id)
        ->check(CLI::Range(0, 65535));
    limit_options(line, command, options->limits);
}

}  // namespace assay::bank
