#include <unistd.h>

#include "crypto/tlog/add_checkpoint.h"
#include "server/cli/command_line.h"
#include "server/cli/stop_signals.h"
#include "server/core/witness.h"
#include "server/http/server.h"

namespace assay::server_cli {
namespace {

struct WitnessOptions {
    std::string folder;
    RingFile keys;
    std::string name;
    std::vector<std::string> logs;
    std::string listen = "127.0.0.1";
    std::uint16_t port = 0;
    std::string ready_file;
    bool show_key = false;
};

http::Router routes(const Session& session, server_core::Witness& witness) {
    http::Router router;
    http::RouteOptions options;
    options.body_bytes_max = tlog::kAddCheckpointBytesMax;
    router.add("POST", "/add-checkpoint", options,
               [&session, &witness](const http::Request& request) {
                   const auto answer = witness.add_checkpoint(as_text(request.body));
                   if (!answer.ok()) {
                       session.log.error(answer.error());
                       return http::Reply::empty(500);
                   }
                   return http::Reply::bytes(answer->status, answer->type, to_bytes(answer->body));
               });
    http::add_livez(router);
    return router;
}

Result<std::vector<tlog::NoteKey>> log_keys(const std::vector<std::string>& texts) {
    if (texts.empty() || texts.size() > server_core::kWitnessLogsMax) {
        return fail(Code::kUsage, "server.witness.logs"_id,
                    {{"limit", std::to_string(server_core::kWitnessLogsMax)}});
    }
    std::vector<tlog::NoteKey> out;
    for (const std::string& text : texts) {
        ASSAY_TRY(tlog::NoteKey key, tlog::NoteKey::from_text(text));
        out.push_back(std::move(key));
    }
    return out;
}

Result<int> serve(const Session& session, const WitnessOptions& options,
                  const crypto::KeyRing& ring, const tlog::NoteKey& name, crypto::SigningKey key) {
    const StopSignals signals;
    ASSAY_TRY(auto logs, log_keys(options.logs));
    ASSAY_TRY_STATUS(session.disk.make_folders(options.folder));
    server_core::Witness witness(options.folder, name, std::move(key), std::move(logs),
                                 session.disk, session.clock);
    ASSAY_TRY(const crypto::SecretBytes seed, ring.seed("tls"));
    ASSAY_TRY(const auto identity, crypto::TlsIdentity::from_seed(seed));
    http::ServerConfig config;
    config.address = options.listen;
    config.port = options.port;
    ASSAY_TRY(const auto server,
              http::Server::start(std::move(config), identity, routes(session, witness)));
    if (!options.ready_file.empty()) {
        const boost::json::object ready{
            {"pid", ::getpid()}, {"port", server->port()}, {"witness", name.text()}};
        ASSAY_TRY_STATUS(write_file(session.disk, options.ready_file,
                                    as_bytes(boost::json::serialize(ready) + '\n')));
    }
    signals.wait();
    server->stop();
    return 0;
}

Result<int> witness(const Session& session, const WitnessOptions& options) {
    ASSAY_TRY(const crypto::KeyRing ring, open_ring(session, options.keys.path, options.keys.pin));
    ASSAY_TRY(crypto::SigningKey key, ring.signing("witness"));
    ASSAY_TRY(const auto name, tlog::NoteKey::make(options.name, tlog::NoteAlgorithm::kCosignature,
                                                   key.verify_key()));
    if (options.show_key) {
        print(boost::json::object{{"witness", name.text()}});
        return 0;
    }
    return serve(session, options, ring, name, std::move(key));
}

}  // namespace

void add_witness_command(CommandLine& line) {
    const Session& session = line.session();
    const auto options = std::make_shared<WitnessOptions>();
    CLI::App& added = line.command("witness", "server.help.witness"_id,
                                   [&session, options] { return witness(session, *options); });
    line.required(added, "--folder", options->folder, "server.help.witness-folder"_id);
    line.required(added, "--keys", options->keys.path, "server.help.witness-keys"_id);
    command::pin_option(line, added, options->keys.pin);
    line.required(added, "--name", options->name, "server.help.witness-name"_id);
    line.option(added, "--log", options->logs, "server.help.witness-log"_id);
    line.option(added, "--listen", options->listen, "server.help.listen"_id);
    line.option(added, "--port", options->port, "server.help.port"_id);
    line.option(added, "--ready-file", options->ready_file, "server.help.ready-file"_id);
    line.flag(added, "--show-key", options->show_key, "server.help.witness-show-key"_id);
}

}  // namespace assay::server_cli
