#include <cstdlib>

#include <sys/socket.h>
#include <sys/stat.h>

#include "crypto/command/program.h"
#include "terminal/proctor/sandbox.h"
#include "terminal/proctor/service.h"
#include "terminal/proctor/watchdog.h"

namespace {

using namespace assay;

constexpr int kInheritedSocket = 3;

Status check_socket(int socket) {
    struct stat found{};
    if (::fstat(socket, &found) != 0 || !S_ISSOCK(found.st_mode)) {
        return fail(Code::kUsage, "proctor.service.socket"_id);
    }
    return Ok();
}

Status run(Log& log, std::string_view manager) {
    ASSAY_TRY_STATUS(check_socket(kInheritedSocket));
    ASSAY_TRY_STATUS(proctor::limit_process());
    const auto watchdog = proctor::Watchdog::open(manager);
    if (!watchdog.ok()) {
        log.error(watchdog.error());  // recording without it is better than none
    }
    record::ProctorChannel channel(kInheritedSocket);
    const SystemClock clock;
    SystemDisk disk;
    crypto::SystemRandom random;
    return proctor::serve(channel, {clock, disk, random, log, proctor::close_sandbox, [&] {
                                        if (watchdog.ok()) {
                                            watchdog->alive();
                                        }
                                    }});
}

}  // namespace

int main(int argc, char** argv) {
    command::Program program("assay-proctor", argc, argv);
    command::CommandLine line(program.session(), program.name(), "proctor.help.program"_id);
    line.acts([&]() -> Result<int> {
        const char* const manager = std::getenv("NOTIFY_SOCKET");
        ASSAY_TRY_STATUS(run(program.session().log, manager == nullptr ? "" : manager));
        return 0;
    });
    return program.run(line, argc, argv);
}
