#include "server/http/server.h"

#include <atomic>

#include <benchmark/benchmark.h>

#include "tests/server/http/raw_client.h"

namespace assay::http {
namespace {

using test::identity;
using test::RawClient;

std::unique_ptr<Server> serve() {
    Router router;
    add_livez(router);
    router.add("PUT", "/v1/packages/{id}", {.body_bytes_max = 8U << 20U, .allow = {}},
               [](const Request&) { return Reply::empty(204); });
    ServerConfig config;
    config.peers = [](const PeerKey&) { return true; };
    return Server::start(std::move(config), identity('s'), std::move(router)).value();
}

/// The reference for all that follows: connection and both certificates, then good-bye.
void handshake(benchmark::State& state) {
    const auto server = serve();
    for (auto _ : state) {
        RawClient client(server->port(), identity('c'));
        if (!client.handshake()) {
            state.SkipWithError("no handshake");
        }
        client.send("GET /livez HTTP/1.1\r\nhost: h\r\n\r\n");
        benchmark::DoNotOptimize(client.read("ok\n"));
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(handshake)->Unit(benchmark::kMicrosecond)->UseRealTime();

/// One connection, one request after the other.
void small_requests(benchmark::State& state) {
    const auto server = serve();
    RawClient client(server->port(), identity('c'));
    client.handshake();
    for (auto _ : state) {
        client.send("GET /livez HTTP/1.1\r\nhost: h\r\n\r\n");
        benchmark::DoNotOptimize(client.read("ok\n"));
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(small_requests)->Unit(benchmark::kMicrosecond)->UseRealTime();

void put_packages(benchmark::State& state) {
    const auto server = serve();
    RawClient client(server->port(), identity('c'));
    client.handshake();
    const auto size = static_cast<std::size_t>(state.range(0));
    const std::string request =
        "PUT /v1/packages/ab HTTP/1.1\r\nhost: h\r\ncontent-length: " + std::to_string(size) +
        "\r\n\r\n" + std::string(size, 'x');
    for (auto _ : state) {
        client.send(request);
        benchmark::DoNotOptimize(client.read("\r\n\r\n"));
    }
    state.SetBytesProcessed(state.iterations() * state.range(0));
}
BENCHMARK(put_packages)->Arg(100 << 10)->Arg(8 << 20)->UseRealTime();

}  // namespace
}  // namespace assay::http
