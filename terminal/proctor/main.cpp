#include <sys/socket.h>
#include <sys/stat.h>

#include "crypto/command/program.h"
#include "terminal/proctor/sandbox.h"
#include "terminal/proctor/service.h"

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

Status run(Log& log) {
    ASSAY_TRY_STATUS(check_socket(kInheritedSocket));
    ASSAY_TRY_STATUS(proctor::limit_process());
    record::ProctorChannel channel(kInheritedSocket);
    const SystemClock clock;
    SystemDisk disk;
    crypto::SystemRandom random;
    return proctor::serve(channel, {clock, disk, random, log, proctor::close_sandbox});
}

}  // namespace

int main(int argc, char** argv) {
    command::Program program("assay-proctor", argc, argv);
    command::CommandLine line(program.session(), program.name(), "proctor.help.program"_id);
    line.acts([&]() -> Result<int> {
        ASSAY_TRY_STATUS(run(program.session().log));
        return 0;
    });
    return program.run(line, argc, argv);
}
