// Packages of 100 KiB over TLS 1.3: verified, logged, durable, answered with a receipt; beside the
// same handlers above a raw file with one fdatasync for each group. Rounds of both are interleaved.
#include <algorithm>
#include <atomic>
#include <barrier>
#include <chrono>
#include <ctime>
#include <thread>

#include <benchmark/benchmark.h>

#include "server/http/server.h"
#include "server/store/uploads.h"
#include "tests/server/api/house_core.h"
#include "tests/server/api/raw_store.h"
#include "tests/server/http/raw_client.h"

namespace assay::server_api {
namespace {

using test::identity;

constexpr int kPackagesARound = 2;           ///< of each connection
constexpr std::size_t kEssayBytes = 50'000;  ///< in the journal and in the answers: 100 KiB

/// One server over one store.
class Side {
  public:
    Side(test::Organisation& house, store::Store& store)
        : ports_{store, *house.central, house.clock, house.random, house.log},
          trust_(server_core::Trust::open(ports_).value()),
          sittings_(ports_, *trust_),
          statements_(ports_, *trust_, sittings_),
          releases_(ports_, *trust_, sittings_,
                    crypto::SigningKey::from_seed(house.release_key.seed()).value()),
          intake_(ports_, *trust_, sittings_, statements_),
          store_uploads_(store, house.disk, house.folder.path() / "store"),
          shelf_(ports_, sittings_, store_uploads_),
          uploads_(*trust_, shelf_),
          core_{ports_, *trust_, sittings_, releases_, statements_, intake_, uploads_} {
        http::ServerConfig config;
        config.peers = desk_pin(*trust_);
        server_ =
            http::Server::start(config, identity(house.server_tls), desk_routes(core_)).value();
    }
    std::uint16_t port() const { return server_->port(); }

  private:
    server_core::Ports ports_;
    std::unique_ptr<server_core::Trust> trust_;
    server_core::Sittings sittings_;
    server_core::Statements statements_;
    server_core::Releases releases_;
    server_core::Intake intake_;
    store::Uploads store_uploads_;
    server_core::EvidenceShelf shelf_;
    UploadShelf uploads_;
    Core core_;
    std::unique_ptr<http::Server> server_;
};

/// The requests of one connection: packages of rising epochs of one attempt.
std::vector<std::string> requests_of(test::Organisation& house, std::size_t attempt, int rounds) {
    std::vector<std::string> out;
    const std::string essay(kEssayBytes, 'a');
    for (int i = 0; i < rounds * kPackagesARound; ++i) {
        const Epoch epoch{static_cast<std::uint32_t>(i + 1)};
        const auto packed = house.pack(house.attempt(attempt), {test::give("Q01", essay)}, epoch);
        out.push_back("PUT /v1/packages/" + packed.digest().hex() +
                      " HTTP/1.1\r\nhost: h\r\ncontent-length: " +
                      std::to_string(packed.upload.size()) + "\r\n\r\n");
        out.back().append(packed.upload.begin(), packed.upload.end());
    }
    return out;
}

/// What one connection does in one round; false after anything but a receipt.
bool put_some(test::RawClient& client, const std::vector<std::string>& requests, int round) {
    for (int i = 0; i < kPackagesARound; ++i) {
        const auto at = static_cast<std::size_t>(round * kPackagesARound + i);
        if (!client.send(requests[at]) ||
            client.read("\r\n\r\n").find("HTTP/1.1 200") == std::string::npos) {
            return false;
        }
    }
    return true;
}

struct Connection {
    std::vector<std::string> requests;
    std::array<std::unique_ptr<test::RawClient>, 2> clients;  ///< ours, reference
};

/// What all rounds of one side took; both ends are in this process.
struct Spent {
    double seconds = 0;
    double processor_seconds = 0;
};

double processor_seconds() {
    timespec now{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

/// All connections at once, in turns: a round at ours, a round at the reference.
std::array<Spent, 2> run_rounds(std::vector<Connection>& connections, int rounds,
                                std::atomic<int>& failed) {
    std::barrier turn(static_cast<std::ptrdiff_t>(connections.size()) + 1);
    std::vector<std::thread> threads;
    threads.reserve(connections.size());
    for (Connection& own : connections) {
        threads.emplace_back([&own, &turn, &failed, rounds] {
            for (int step = 0; step < 2 * rounds; ++step) {
                turn.arrive_and_wait();
                if (!put_some(*own.clients.at(static_cast<std::size_t>(step % 2)), own.requests,
                              step / 2)) {
                    ++failed;
                }
                turn.arrive_and_wait();
            }
        });
    }
    std::array<Spent, 2> spent{};
    for (int step = 0; step < 2 * rounds; ++step) {
        Spent& side = spent.at(static_cast<std::size_t>(step % 2));
        turn.arrive_and_wait();
        const double busy = processor_seconds();
        const auto from = std::chrono::steady_clock::now();
        turn.arrive_and_wait();
        const std::chrono::duration<double> lap = std::chrono::steady_clock::now() - from;
        side.seconds += lap.count();
        side.processor_seconds += processor_seconds() - busy;
    }
    for (std::thread& each : threads) {
        each.join();
    }
    return spent;
}

std::vector<Connection> connect(test::Organisation& house, std::array<std::uint16_t, 2> ports,
                                std::size_t count, int rounds) {
    std::vector<Connection> out(count);
    for (std::size_t i = 0; i < count; ++i) {
        out[i].requests = requests_of(house, i, rounds);
        for (std::size_t side = 0; side < 2; ++side) {
            out[i].clients.at(side) =
                std::make_unique<test::RawClient>(ports.at(side), identity(house.desk_tls), 60);
            out[i].clients.at(side)->handshake();
        }
    }
    return out;
}

void intake(benchmark::State& state) {
    const auto count = static_cast<std::size_t>(state.range(0));
    const auto rounds = static_cast<int>(state.range(1));
    test::Organisation house;
    house.candidates_least = count;
    house.set_up_sitting();
    test::RawStore raw(*house.store, house.disk, house.folder.path() / "raw");
    Side ours(house, *house.store);
    Side reference(house, raw);
    auto connections = connect(house, {ours.port(), reference.port()}, count, rounds);
    std::atomic<int> failed = 0;
    for (auto _ : state) {
        const auto spent = run_rounds(connections, rounds, failed);
        const auto packages =
            static_cast<double>(static_cast<int>(count) * rounds * kPackagesARound);
        state.SetIterationTime(spent[0].seconds);
        state.counters["ours"] = packages / spent[0].seconds;
        state.counters["reference"] = packages / spent[1].seconds;
        state.counters["ours_cpu_us"] = spent[0].processor_seconds / packages * 1e6;
        state.counters["reference_cpu_us"] = spent[1].processor_seconds / packages * 1e6;
    }
    state.counters["package_bytes"] = static_cast<double>(connections[0].requests[0].size());
    if (failed > 0) {
        state.SkipWithError("a package got no receipt");
    }
}
BENCHMARK(intake)->Args({200, 5})->Args({1000, 1})->Iterations(1)->UseManualTime();

}  // namespace
}  // namespace assay::server_api
