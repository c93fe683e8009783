#include "terminal/desk/station.h"

#include <charconv>

#include "terminal/desk/api.h"
#include "terminal/desk/refusal_log.h"

namespace assay::desk {

Result<ServerAddress> ServerAddress::from(const std::string& address, const std::string& key_hex) {
    const std::size_t colon = address.rfind(':');
    ServerAddress out;
    unsigned port = 0;
    if (colon != std::string::npos && colon > 0) {
        const char* const end = address.data() + address.size();
        const auto read = std::from_chars(address.data() + colon + 1, end, port);
        port = read.ptr == end ? port : 0;
        out.host = address.substr(0, colon);
    }
    if (port == 0 || port > 65535) {
        return fail(Code::kUsage, "desk.server.address"_id, {{"address", address}});
    }
    if (out.host.size() > 2 && out.host.front() == '[' && out.host.back() == ']') {
        out.host = out.host.substr(1, out.host.size() - 2);
    }
    out.port = static_cast<std::uint16_t>(port);
    auto key = crypto::TlsKey::from_hex(key_hex);
    if (!key.ok()) {
        return fail(Code::kUsage, "desk.server.key"_id);
    }
    out.key = *key;
    return out;
}

Station::Station(RoomPorts ports, StationConfig config, crypto::SecretBytes tls_seed)
    : ports_(ports),
      config_(std::move(config)),
      tls_seed_(std::move(tls_seed)),
      uploads_(std::make_unique<UploadFolder>(ports.disk, config_.room.folder / "uploads",
                                              ports.random)) {}

Station::~Station() { stop(); }

Result<std::unique_ptr<Station>> Station::start(RoomPorts ports, const crypto::KeyRing& ring,
                                                StationConfig config) {
    ASSAY_TRY(DeskKeys keys, DeskKeys::from(ring));
    crypto::SecretBytes seed = keys.tls_seed.copy();
    std::unique_ptr<Station> out(new Station(ports, std::move(config), std::move(seed)));
    ASSAY_TRY(out->room_, Room::open(ports, std::move(keys), out->config_.room));
    if (out->config_.first_keys && !out->room_->key_list().ok()) {
        ASSAY_TRY_STATUS(out->room_->adopt_keys(*out->config_.first_keys));
    }
    ASSAY_TRY_STATUS(out->listen());
    if (out->config_.server) {
        ASSAY_TRY(out->link_, out->connect());
        out->state_ = ServerLink::kWaiting;
    }
    out->thread_ = std::thread([station = out.get()] { station->run(); });
    return out;
}

Status Station::listen() {
    ASSAY_TRY(const crypto::TlsIdentity identity, crypto::TlsIdentity::from_seed(tls_seed_));
    http::ServerConfig server;
    server.address = config_.listen;
    server.port = config_.port;
    // Whoever proves a key may connect: a new machine must, to enrol. Each route asks further.
    server.peers = [](const crypto::TlsKey&) { return true; };
    const auto refusals = std::make_shared<RefusalLog>(ports_.log, ports_.clock);
    ASSAY_TRY(server_,
              http::Server::start(server, identity,
                                  desk_routes(*room_, *uploads_, [refusals](const Error& error) {
                                      refusals->note(error);
                                  })));
    return Ok{};
}

Result<std::unique_ptr<client::CurlLink>> Station::connect() const {
    client::LinkConfig link;
    link.host = config_.server->host;
    link.port = config_.server->port;
    link.server = crypto::pin_to(config_.server->key);
    ASSAY_TRY(link.identity, crypto::TlsIdentity::from_seed(tls_seed_));
    link.reply_bytes_max = kDeskFileBytesMax;  // a bank
    return client::CurlLink::make(std::move(link));
}

ServerLink Station::server_link() {
    const std::lock_guard guard(lock_);
    return state_;
}

std::optional<Error> Station::trouble() {
    const std::lock_guard guard(lock_);
    return trouble_;
}

Status Station::release_online() {
    if (!config_.server) {
        return fail(Code::kUnavailable, "desk.server.none"_id);
    }
    ASSAY_TRY(const auto link, connect());
    return room_->release_online(*link);
}

RoomView Station::view() {
    RoomView out = room_->view();
    for (CandidateRow& row : out.candidates) {
        if (row.package) {
            row.evidence_missing =
                room_->missing_evidence(row.attempt, uploads_->held(row.attempt));
        }
    }
    out.uploads_waiting = uploads_->waiting();
    return out;
}

Result<Station::Exported> Station::export_waiting(const Path& stick) {
    // A stick that is not plugged in: its folder would be made on this machine and carried nowhere.
    const Path named = stick.has_filename() ? stick : stick.parent_path();
    const Path parent = named.parent_path();
    if (named.empty() || (!parent.empty() && !ports_.disk.exists(parent))) {
        return fail(Code::kNotFound, "desk.export.parent"_id,
                    {{"folder", stick.string()}, {"parent", parent.string()}});
    }
    ASSAY_TRY(const std::size_t objects, room_->export_waiting(stick));
    ASSAY_TRY(const std::size_t uploads, uploads_->export_waiting(stick));
    return Exported{objects, uploads};
}

Result<std::size_t> Station::retry_refused() {
    ASSAY_TRY(const std::size_t uploads, uploads_->retry_refused());
    ASSAY_TRY(const std::size_t objects, room_->retry_refused());
    nudge();
    return uploads + objects;
}

void Station::nudge() {
    const std::lock_guard guard(lock_);
    nudged_ = true;
    wake_.notify_all();
}

void Station::stop() {
    {
        const std::lock_guard guard(lock_);
        stopping_ = true;
        wake_.notify_all();
    }
    if (link_) {
        link_->cancel();
    }
    if (thread_.joinable()) {
        thread_.join();
    }
    if (server_) {
        server_->stop(std::chrono::seconds(2));
    }
}

void Station::round(client::CurlLink& link) {
    Relay relay(*room_, *uploads_, ports_.disk, ports_.log);
    std::optional<Error> trouble;
    const bool missing = !room_->has_sitting() || !room_->missing_photos().empty() ||
                         !room_->missing_banks().empty();
    if (missing) {
        const Status fetched = relay.fetch(link, config_.room.sitting);
        if (!fetched.ok()) {
            trouble = fetched.error();
        }
    }
    // The server gives each desk a time of its own when all of them want to send.
    const bool waiting = ports_.clock.steady() < not_before_;
    const bool sent = waiting || relay.pump(link) || relay.wait().count() > 0;
    if (!waiting) {
        not_before_ = ports_.clock.steady() + relay.wait();
    }
    // Nothing to send tells nothing about the line: ask.
    const Status asked = trouble ? Status(*trouble) : relay.greet(link);
    if (!trouble && !asked.ok()) {
        trouble = asked.error();
    }
    const std::lock_guard guard(lock_);
    if (trouble && trouble != trouble_) {
        ports_.log.error(*trouble);
    }
    state_ = sent && asked.ok() ? ServerLink::kUp : ServerLink::kDown;
    trouble_ = trouble;
}

bool Station::pause() {
    std::unique_lock guard(lock_);
    wake_.wait_for(guard, config_.relay_every, [this] { return stopping_ || nudged_; });
    nudged_ = false;
    return !stopping_;
}

void Station::run() {
    SteadyTime heads = ports_.clock.steady();
    do {
        if (link_) {
            round(*link_);
        }
        if (const Status kept = room_->keep_heard(); !kept.ok()) {
            ports_.log.error(kept.error());
        }
        if (ports_.clock.steady() - heads >= config_.heads_every) {
            heads = ports_.clock.steady();
            const Status logged = room_->log_heads();
            if (!logged.ok()) {
                ports_.log.error(logged.error());
            }
        }
    } while (pause());
}

}  // namespace assay::desk
