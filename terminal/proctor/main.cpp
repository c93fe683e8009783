#include <iostream>

#include <CLI/CLI.hpp>
#include <sys/socket.h>
#include <sys/stat.h>

#include "crypto/random.h"
#include "crypto/text/texts.h"
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
    CLI::App app("The camera program of an examination terminal; started by assay-terminal.");
    CLI11_PARSE(app, argc, argv);
    Log log = Log::to_stderr("assay-proctor");
    const Status done = run(log);
    if (!done.ok()) {
        log.error(done.error());
        return exit_code(done.error().code);
    }
    return 0;
}
