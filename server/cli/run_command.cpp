#include <unistd.h>

#include "server/api/board_page.h"
#include "server/api/check_page.h"
#include "server/api/health.h"
#include "server/api/routes.h"
#include "server/cli/command_line.h"
#include "server/cli/housekeeping.h"
#include "server/cli/run_config.h"
#include "server/cli/stop_signals.h"
#include "server/cli/witnessing.h"

namespace assay::server_cli {
namespace {

constexpr std::size_t kPemBytesMax = 256U << 10U;

/// The listeners: desks, anyone, and browsers where there is a certificate for them.
struct Listeners {
    std::unique_ptr<http::Server> desks;
    std::unique_ptr<http::Server> open;
    std::unique_ptr<http::Server> web;

    std::uint32_t connections() const {
        return desks->connections() + open->connections() + (web ? web->connections() : 0);
    }
    /// People first: who hands in is served to the last.
    void stop() {
        if (web) {
            web->stop();
        }
        open->stop();
        desks->stop();
    }
};

class Running {
  public:
    Running(const Session& session, const RunOptions& options, House& house,
            const ServiceEnvironment& environment, server_core::Cosigners* cosigners)
        : session_(session), options_(options), house_(house), environment_(environment) {
        core_.cosigners = cosigners;
    }

    Status listen() {
        ASSAY_TRY(identity_, crypto::TlsIdentity::from_seed(house_.keys().tls_seed));
        http::ServerConfig pinned = config("desks", options_.port);
        pinned.peers = server_api::desk_pin(house_.trust());
        ASSAY_TRY(listeners_.desks, http::Server::start(std::move(pinned), *identity_,
                                                        server_api::desk_routes(core_)));
        ASSAY_TRY(listeners_.open, http::Server::start(config("public", options_.public_port),
                                                       *identity_, open_routes()));
        return options_.web_certificate.empty() ? Status(Ok{}) : listen_web();
    }
    Status say_ready() const;
    void stop() { listeners_.stop(); }

  private:
    http::ServerConfig config(const char* name, std::uint16_t port) {
        http::ServerConfig out;
        out.address = options_.listen;
        out.port = port;
        out.listening = environment_.socket(name);
        out.limits = options_.limits;
        out.worker_threads = options_.workers;
        out.on_access = [this](const http::Access& access) {
            metrics_.count(access);
            session_.log.info("server.log.access"_id,
                              {{"method", access.method},
                               {"route", access.route},
                               {"status", std::to_string(access.status)},
                               {"us", std::to_string(access.time.count())}});
        };
        return out;
    }
    http::Router open_routes() {
        http::Router router = server_api::public_routes(core_);
        server_api::add_health(router, {house_.ports(), house_.headroom(), metrics_, newest_time(),
                                        [this] { return listeners_.connections(); }});
        server_api::add_board(router, core_, session_.texts);
        server_api::add_check_page(router, core_);
        return router;
    }
    /// No clock may stand before what this server signed or received.
    WallTime newest_time() {
        const auto reply = house_.trust().keys();
        return reply.ok() ? (*reply)->list().time : WallTime{0};
    }
    Status listen_web() {
        ASSAY_TRY(const Bytes chain,
                  read_file(session_.disk, options_.web_certificate, kPemBytesMax));
        ASSAY_TRY(Bytes key, read_file(session_.disk, options_.web_key, kPemBytesMax));
        const crypto::WipeLater wiper(key);
        ASSAY_TRY(const auto certificate,
                  crypto::WebCertificate::from_pem(chain, crypto::SecretBytes::copy_of(key)));
        ASSAY_TRY(listeners_.web, http::Server::start_web(config("web", options_.web_port),
                                                          certificate, open_routes()));
        return Ok{};
    }

    const Session& session_;
    const RunOptions& options_;
    House& house_;
    const ServiceEnvironment& environment_;
    server_api::Metrics metrics_;
    server_api::UploadShelf uploads_{house_.trust(), house_.shelf()};
    server_core::UploadSlots slots_{session_.clock, session_.random, options_.packages_per_second};
    server_api::Core core_{
        house_.ports(),      house_.trust(),  house_.sittings(), house_.releases(),
        house_.statements(), house_.intake(), uploads_,          &slots_};
    std::optional<crypto::TlsIdentity> identity_;
    Listeners listeners_;
};

Status Running::say_ready() const {
    session_.log.info("server.log.ready"_id, {{"port", std::to_string(listeners_.desks->port())},
                                              {"public", std::to_string(listeners_.open->port())}});
    if (options_.ready_file.empty()) {
        return Ok{};
    }
    boost::json::object ready{{"pid", ::getpid()},
                              {"port", listeners_.desks->port()},
                              {"publicPort", listeners_.open->port()},
                              {"server", house_.keys().id.hex()},
                              {"tls", identity_->key().hex()}};
    if (listeners_.web) {
        ready["webPort"] = listeners_.web->port();
    }
    return write_file(session_.disk, options_.ready_file,
                      as_bytes(boost::json::serialize(ready) + '\n'));
}

Result<int> run(const Session& session, const RunOptions& options,
                const ServiceEnvironment& environment) {
    const StopSignals signals;
    ASSAY_TRY(const auto house, House::open(session, options.house));
    const Service service(environment);
    std::unique_ptr<Witnessing> witnessing;
    if (!options.witness_policy.empty()) {
        ASSAY_TRY(witnessing, Witnessing::make(session, *house, options.witness_policy));
    }
    Running running(session, options, *house, environment,
                    witnessing ? &witnessing->cosigners() : nullptr);
    ASSAY_TRY_STATUS(running.listen());
    if (witnessing) {
        witnessing->begin();
    }
    const Housekeeping housekeeping(session, *house, service,
                                    std::chrono::hours(options.scrub_hours));
    ASSAY_TRY_STATUS(running.say_ready());
    service.tell("READY=1");
    signals.wait();
    service.tell("STOPPING=1");
    session.log.info("server.log.stopping"_id, {});
    running.stop();
    return 0;
}

/// The command line's words where they were given, else the file's, else the usual ones.
struct RunLine {
    std::string config;
    RunOptions given;
};

Result<RunOptions> settled(const Session& session, const RunLine& line) {
    RunOptions out = line.given;
    if (!line.config.empty()) {
        ASSAY_TRY(const Bytes file, read_file(session.disk, line.config, kConfigBytesMax));
        RunOptions from_file;
        ASSAY_TRY_STATUS(read_config(as_text(file), from_file));
        from_file.house.keys.pin = line.given.house.keys.pin;
        if (!line.given.ready_file.empty()) {
            from_file.ready_file = line.given.ready_file;
        }
        out = std::move(from_file);
    }
    const auto missing = [](const char* name) {
        return fail(Code::kUsage, "server.config.missing"_id, {{"name", name}});
    };
    if (out.house.folder.empty()) {
        return missing("folder");
    }
    if (out.house.keys.path.empty()) {
        return missing("keys");
    }
    if (out.web_certificate.empty() != out.web_key.empty()) {
        return missing(out.web_key.empty() ? "web-key" : "web-certificate");
    }
    return out;
}

/// Reads what `run` would read, and opens nothing that another process may have.
Result<int> check_config(const Session& session, const RunLine& line, bool sample) {
    if (sample) {
        print_text(sample_config(session));
        return 0;
    }
    ASSAY_TRY(const RunOptions options, settled(session, line));
    ASSAY_TRY_STATUS(read_file(session.disk, options.house.keys.path, crypto::kKeyRingBytesMax));
    if (!options.web_certificate.empty()) {
        ASSAY_TRY(const Bytes chain,
                  read_file(session.disk, options.web_certificate, kPemBytesMax));
        ASSAY_TRY(Bytes key, read_file(session.disk, options.web_key, kPemBytesMax));
        const crypto::WipeLater wiper(key);
        ASSAY_TRY_STATUS(
            crypto::WebCertificate::from_pem(chain, crypto::SecretBytes::copy_of(key)));
    }
    ASSAY_TRY_STATUS(session.disk.free_bytes(options.house.folder));
    tell(session.say("server.config.good"_id, {{"path", line.config}}));
    return 0;
}

}  // namespace

void add_run_command(CommandLine& line, const ServiceEnvironment& environment) {
    const Session& session = line.session();
    const auto options = std::make_shared<RunLine>();
    CLI::App& added = line.command(
        "run", "server.help.run"_id, [&session, options, environment]() -> Result<int> {
            ASSAY_TRY(const RunOptions settled_options, settled(session, *options));
            return run(session, settled_options, environment);
        });
    HouseOptions& house = options->given.house;
    line.option(added, "--config", options->config, "server.help.config"_id);
    line.option(added, "--folder", house.folder, "server.help.folder"_id);
    line.option(added, "--keys", house.keys.path, "server.help.keys"_id);
    command::pin_option(line, added, house.keys.pin);
    line.option(added, "--log-mirror", house.log_mirror, "server.help.log-mirror"_id);
    line.option(added, "--last-head", house.last_head, "server.help.last-head"_id);
    line.option(added, "--reserve-mib", house.reserve_mib, "server.help.reserve-mib"_id)
        ->check(CLI::Range(std::uint64_t{0}, kReserveMibMax));
    line.option(added, "--listen", options->given.listen, "server.help.listen"_id);
    line.option(added, "--port", options->given.port, "server.help.port"_id);
    line.option(added, "--public-port", options->given.public_port, "server.help.public-port"_id);
    line.option(added, "--witness-policy", options->given.witness_policy,
                "server.help.witness-policy"_id);
    line.option(added, "--ready-file", options->given.ready_file, "server.help.ready-file"_id);

    const auto sample = std::make_shared<bool>(false);
    CLI::App& checked = line.command(
        "check-config", "server.help.check-config"_id,
        [&session, options, sample] { return check_config(session, *options, *sample); });
    line.option(checked, "--config", options->config, "server.help.config"_id);
    line.flag(checked, "--sample", *sample, "server.help.sample"_id);
}

}  // namespace assay::server_cli
