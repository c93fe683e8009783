#include <csignal>

#include <pthread.h>
#include <unistd.h>

#include "server/api/routes.h"
#include "server/cli/command_line.h"
#include "server/http/server.h"

namespace assay::server_cli {
namespace {

struct RunOptions {
    HouseOptions house;
    std::string listen = "127.0.0.1";
    std::uint16_t port = 0;
    std::uint16_t public_port = 0;
    std::string ready_file;
};

/// Blocked before any thread begins, so that only wait() takes them.
class StopSignals {
  public:
    StopSignals() {
        sigemptyset(&set_);
        sigaddset(&set_, SIGTERM);
        sigaddset(&set_, SIGINT);
        pthread_sigmask(SIG_BLOCK, &set_, nullptr);
    }
    void wait() const {
        int signal = 0;
        while (sigwait(&set_, &signal) != 0) {
        }
    }

  private:
    sigset_t set_{};
};

http::ServerConfig config_of(const RunOptions& options, std::uint16_t port, Log& log) {
    http::ServerConfig config;
    config.address = options.listen;
    config.port = port;
    config.on_access = [&log](const http::Access& access) {
        log.info("server.log.access"_id, {{"method", access.method},
                                          {"route", access.route},
                                          {"status", std::to_string(access.status)},
                                          {"us", std::to_string(access.time.count())}});
    };
    return config;
}

Status say_ready(const Session& session, const RunOptions& options, const House& house,
                 const http::Server& desks, const http::Server& open,
                 const crypto::TlsIdentity& identity) {
    session.log.info("server.log.ready"_id, {{"port", std::to_string(desks.port())},
                                             {"public", std::to_string(open.port())}});
    if (options.ready_file.empty()) {
        return Ok{};
    }
    const boost::json::value ready{{"pid", ::getpid()},
                                   {"port", desks.port()},
                                   {"publicPort", open.port()},
                                   {"server", house.keys().id.hex()},
                                   {"tls", identity.key().hex()}};
    return write_file(session.disk, options.ready_file,
                      as_bytes(boost::json::serialize(ready) + '\n'));
}

Result<int> run(const Session& session, const RunOptions& options) {
    const StopSignals signals;
    ASSAY_TRY(const auto house, House::open(session, options.house));
    ASSAY_TRY(const auto identity, crypto::TlsIdentity::from_seed(house->keys().tls_seed));
    server_api::UploadShelf uploads(house->trust(), house->shelf());
    server_api::Core core{
        house->ports(),  house->trust(), house->sittings(), house->releases(), house->statements(),
        house->intake(), uploads};
    http::ServerConfig pinned = config_of(options, options.port, session.log);
    pinned.peers = server_api::desk_pin(house->trust());
    ASSAY_TRY(const auto desks,
              http::Server::start(std::move(pinned), identity, server_api::desk_routes(core)));
    ASSAY_TRY(const auto open,
              http::Server::start(config_of(options, options.public_port, session.log), identity,
                                  server_api::public_routes(core)));
    ASSAY_TRY_STATUS(say_ready(session, options, *house, *desks, *open, identity));
    signals.wait();
    session.log.info("server.log.stopping"_id, {});
    open->stop();
    desks->stop();
    return 0;
}

}  // namespace

void add_run_command(CommandLine& line) {
    const Session& session = line.session();
    const auto options = std::make_shared<RunOptions>();
    CLI::App& added = line.command("run", "server.help.run"_id,
                                   [&session, options] { return run(session, *options); });
    line.house_options(added, options->house);
    line.option(added, "--listen", options->listen, "server.help.listen"_id);
    line.option(added, "--port", options->port, "server.help.port"_id);
    line.option(added, "--public-port", options->public_port, "server.help.public-port"_id);
    line.option(added, "--ready-file", options->ready_file, "server.help.ready-file"_id);
}

}  // namespace assay::server_cli
