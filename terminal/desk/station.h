#pragma once

#include <condition_variable>
#include <thread>

#include "crypto/key_ring.h"
#include "server/client/curl_link.h"
#include "server/http/server.h"
#include "terminal/desk/relay.h"
#include "terminal/desk/room.h"
#include "terminal/desk/upload_folder.h"

namespace assay::desk {

struct ServerAddress {
    std::string host;
    std::uint16_t port = 0;
    crypto::TlsKey key;

    /// "name:port", "1.2.3.4:port" or "[::1]:port".
    static Result<ServerAddress> from(const std::string& address, const std::string& key_hex);
};

struct StationConfig {
    RoomConfig room;
    std::string listen = "127.0.0.1";
    std::uint16_t port = 0;
    std::optional<ServerAddress> server;               ///< none: works offline
    std::optional<protocol::KeyListReply> first_keys;  ///< believed where the folder has none
    std::chrono::milliseconds relay_every{2000};
    std::chrono::seconds heads_every{60};
};

enum class ServerLink { kNone, kWaiting, kUp, kDown };

/// A running desk: its folder, the room, the HTTPS side that terminals talk to, and a thread that
/// brings things to the server. Everything that a person does goes through room(), release() and
/// nothing else. Thread-safe.
class Station {
  public:
    static Result<std::unique_ptr<Station>> start(RoomPorts ports, const crypto::KeyRing& ring,
                                                  StationConfig config);
    ~Station();
    Station(const Station&) = delete;
    Station& operator=(const Station&) = delete;

    Room& room() { return *room_; }
    /// The room, and what of its evidence is still on the way.
    RoomView view();
    std::uint16_t port() const { return server_->port(); }
    ServerLink server_link();
    /// Why the last round with the server failed, where a person can mend it.
    std::optional<Error> trouble();
    /// Asks the server over a link of its own; blocking.
    Status release_online();
    /// Everything that the server has not taken, onto a stick, with segments and files. Gives the
    /// number of statements and packages, and of uploads.
    struct Exported {
        std::size_t objects = 0;
        std::size_t uploads = 0;
    };
    Result<Exported> export_waiting(const Path& stick);
    /// What the server refused waits once more. Gives how much.
    Result<std::size_t> retry_refused();
    /// The relay looks now and does not wait for its turn.
    void nudge();
    /// Ends the thread and the server. The destructor does it too.
    void stop();

  private:
    Station(RoomPorts ports, StationConfig config, crypto::SecretBytes tls_seed);
    Result<std::unique_ptr<client::CurlLink>> connect() const;
    Status listen();
    void run();
    void round(client::CurlLink& link);
    bool pause();

    RoomPorts ports_;
    StationConfig config_;
    crypto::SecretBytes tls_seed_;
    std::unique_ptr<Room> room_;
    std::unique_ptr<UploadFolder> uploads_;
    std::unique_ptr<http::Server> server_;
    std::unique_ptr<client::CurlLink> link_;
    SteadyTime not_before_{0};  ///< of the relay; on its thread
    std::mutex lock_;
    std::condition_variable wake_;
    bool stopping_ = false;
    bool nudged_ = false;
    ServerLink state_ = ServerLink::kNone;
    std::optional<Error> trouble_;
    std::thread thread_;
};

}  // namespace assay::desk
