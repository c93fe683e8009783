// The whole server in a process of its own, and clients that do what they should not: each is
// answered as the standard says, others are served meanwhile, and memory stays bounded.
// ASSAY_COUNT attacks (default: each kind once) from ASSAY_SEED, ASSAY_IDLE idle connections
// (default 200); scripts/soak bad-clients runs many.
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <map>
#include <thread>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "crypto/base64.h"
#include "server/http/server.h"
#include "tests/server/api/house_core.h"
#include "tests/server/http/raw_client.h"
#include "tests/support/campaign.h"

namespace assay::server_api {
namespace {

using namespace std::chrono_literals;
using test::give;
using test::identity;
using test::number_from;
using test::RawClient;

constexpr std::size_t kServerKibMax = std::size_t{600} * 1024;
constexpr rlim_t kDescriptors = 16'384;

int status_of(const std::string& reply) {
    return reply.size() > 12 ? std::atoi(reply.c_str() + 9) : 0;
}

class BadClientsE2e : public testing::Test {
  public:
    void SetUp() override {
        rlimit limit{};
        ::getrlimit(RLIMIT_NOFILE, &limit);
        limit.rlim_cur = std::min<rlim_t>(kDescriptors, limit.rlim_max);
        ::setrlimit(RLIMIT_NOFILE, &limit);
        descriptors_ = limit.rlim_cur;
        house_.set_up_sitting();
        head_ = house_.folder.path() / "head";
        ASSERT_TRUE(write_file(house_.disk, head_, as_bytes(house_.central->checkpoint())).ok());
        attempt_ = house_.attempt(0);
        house_.close_server();
        int ends[2];
        ASSERT_EQ(::pipe(ends), 0);
        child_ = ::fork();
        if (child_ == 0) {
            ::close(ends[0]);
            serve(ends[1]);
        }
        ::close(ends[1]);
        ASSERT_EQ(::read(ends[0], &port_, sizeof port_), ssize_t{sizeof port_});
        ::close(ends[0]);
    }
    void TearDown() override {
        ::kill(child_, SIGKILL);
        int status = 0;
        ::waitpid(child_, &status, 0);
    }

    [[noreturn]] void serve(int out) {
        house_.open_server(house_.folder.path(), {}, head_);
        test::HouseCore served(house_);
        http::ServerConfig config;
        config.peers = desk_pin(*house_.trust);
        config.limits.connections_per_address = config.limits.connections;
        config.limits.handshake_time = 3s;
        config.limits.idle_time = 600s;
        config.limits.header_time = config.limits.body_time = config.limits.reply_time = 700ms;
        const auto server =
            http::Server::start(config, identity(house_.server_tls), desk_routes(served.core))
                .value();
        const std::uint16_t port = server->port();
        if (::write(out, &port, sizeof port) != sizeof port) {
            ::_exit(3);
        }
        while (true) {
            ::pause();
        }
    }

    std::unique_ptr<RawClient> client() {
        auto out = std::make_unique<RawClient>(port_, identity(house_.desk_tls), 20);
        return out->handshake() ? std::move(out) : nullptr;
    }
    /// Sends the bytes on a connection of their own; the status of the first reply, 0 without one.
    int ask(std::string_view bytes) {
        const auto own = client();
        return own && own->send(bytes) ? status_of(own->read("\r\n\r\n")) : 0;
    }
    static std::string head(const std::string& line, const std::string& fields = "") {
        return line + " HTTP/1.1\r\nhost: h\r\nconnection: close\r\n" + fields + "\r\n";
    }
    std::string put(const test::Organisation::Packed& package) {
        std::string out = head("PUT /v1/packages/" + package.digest().hex(),
                               "content-length: " + std::to_string(package.upload.size()) + "\r\n");
        return out.append(package.upload.begin(), package.upload.end());
    }
    bool serves_others() { return ask(head("GET /v1/key-list")) == 200; }

    // ---- what they do: true where the answer is right
    bool slow_head() { return ask("GET /v1/key-list HTTP/1.1\r\nhost: h\r\nx-slow: ") == 408; }
    bool slow_body() {
        return ask(head("POST /v1/statements", "content-length: 500\r\n") + "{\"kind\"") == 408;
    }
    bool half_open() {
        RawClient plain(port_, std::nullopt, 20);
        return plain.connected() && plain.plain_closed();
    }
    bool no_tls() {
        RawClient plain(port_, std::nullopt, 20);
        plain.send_plain("GET / HTTP/1.1\r\nhost: h\r\n\r\n");
        bool closed = false;
        for (int i = 0; i < 100 && !closed; ++i) {  // an alert may come first
            closed = plain.plain_closed();
        }
        return closed;
    }
    /// Asks for more than all buffers on the way hold, and reads nothing.
    bool slow_reader() {
        const auto own = client();
        const std::string request = "GET /v1/key-list HTTP/1.1\r\nhost: h\r\n\r\n";
        bool open = own != nullptr;
        for (int i = 0; i < 20'000 && open; ++i) {
            open = own->send(request);
        }
        for (int i = 0; i < 600 && open; ++i) {
            std::this_thread::sleep_for(50ms);
            open = own->send(request);
        }
        return own != nullptr && !open;
    }
    bool wrong_length() {
        bool good = true;
        for (const char* length : {"abc", "-1", "+5", "5 5", "0x10", "5, 5",
                                   "99999999999999999999999", "5\r\ncontent-length: 6"}) {
            const int got =
                ask(head("POST /v1/statements", "content-length: " + std::string(length) + "\r\n"));
            good = good && (got == 400 || got == 413);
        }
        return good;
    }
    bool smuggling() {
        bool good = true;
        const std::string second = "0\r\n\r\nGET /v1/key-list HTTP/1.1\r\nhost: h\r\n\r\n";
        for (const char* fields :
             {"content-length: 5\r\ntransfer-encoding: chunked\r\n",
              "transfer-encoding: chunked\r\ntransfer-encoding: chunked\r\n",
              "transfer-encoding: xchunked\r\n", "transfer-encoding: chunked, identity\r\n",
              "transfer-encoding : chunked\r\n", "x: y\r\n folded: z\r\n", "host: other\r\n"}) {
            const auto own = client();
            const std::string reply =
                own && own->send("POST /v1/statements HTTP/1.1\r\nhost: h\r\n" +
                                 std::string(fields) + "\r\n" + second)
                    ? own->read()
                    : "";
            const int got = status_of(reply);
            good = good && (got == 400 || got == 501) &&
                   reply.find("HTTP/1.1 200") == std::string::npos;
        }
        return good;
    }
    bool oversize() {
        const std::string long_one(20'000, 'a');
        return ask(head("PUT /v1/packages/" + Digest{}.hex(), "content-length: 99999999\r\n")) ==
                   413 &&
               ask(head("GET /v1/key-list", "x-long: " + long_one + "\r\n")) == 431 &&
               ask(head("GET /v1/receipts/" + long_one.substr(0, 6'000))) == 414 &&
               ask(head("POST /v1/statements", "content-length: 300000\r\n")) == 413;
    }
    bool wrong_offsets() {
        const auto meta = [](const char* key, const std::string& value) {
            return std::string(key) + " " + crypto::to_base64(as_bytes(value));
        };
        const std::string version = "tus-resumable: 1.0.0\r\n";
        const auto own = client();
        if (!own ||
            !own->send(head(
                "POST /v1/uploads",
                version + "upload-length: 100\r\nupload-metadata: " + meta("kind", "segment") +
                    "," + meta("attempt", attempt_.attempt.hex()) + "," + meta("name", "clip") +
                    "," + meta("digest", Digest{}.hex()) + "\r\ncontent-length: 0\r\n"))) {
            return false;
        }
        const std::string made = own->read();
        const std::size_t at = made.find("ocation: ");
        if (at == std::string::npos) {
            return false;
        }
        const std::string place = made.substr(at + 9, made.find('\r', at) - at - 9);
        const auto patch = [&](const std::string& offset, const std::string& length,
                               const std::string& type) {
            return ask(head("PATCH " + place, version + "upload-offset: " + offset +
                                                  "\r\ncontent-length: " + length +
                                                  "\r\ncontent-type: " + type + "\r\n") +
                       "12345");
        };
        const std::string stream = "application/offset+octet-stream";
        return patch("7", "5", stream) == 409 && patch("x", "5", stream) >= 400 &&
               patch("0", "500", stream) == 413 && patch("0", "5", "text/plain") == 415 &&
               patch("0", "5", stream) == 204 && patch("0", "5", stream) == 409;
    }
    bool same_package_at_once() {
        const auto package = house_.pack(attempt_, {give("Q01", "A")}, Epoch{++epoch_});
        const std::string request = put(package);
        std::vector<std::string> replies(8);
        std::vector<std::thread> senders;
        for (std::string& reply : replies) {
            senders.emplace_back([this, &reply, &request] {
                const auto own = client();
                if (own && own->send(request)) {
                    reply = own->read();
                }
            });
        }
        for (std::thread& each : senders) {
            each.join();
        }
        bool good = true;
        for (const std::string& reply : replies) {
            const bool same = reply.find(package.digest().hex()) != std::string::npos ||
                              reply.find("receipt") != std::string::npos;
            good = good && status_of(reply) == 200 && same;
        }
        return good;
    }
    bool foreign_key() {
        RawClient stranger(port_, identity(crypto::SigningKey::generate(house_.random)), 20);
        return !stranger.handshake() || !stranger.send(head("GET /v1/key-list")) ||
               stranger.read().empty();
    }
    bool replayed_and_forged_statement() {
        const auto forged = record::sign(house_.opening.object, house_.terminal_key);
        const auto send = [&](const Bytes& envelope) {
            const Bytes body = record::write_document(
                protocol::StatementRequest{std::string(record::RoomOpening::kName), envelope});
            return ask(head("POST /v1/statements",
                            "content-length: " + std::to_string(body.size()) + "\r\n") +
                       to_string(body));
        };
        const int other = send(to_bytes(forged.json()));
        return send(to_bytes(house_.opening.json())) == 200 && other >= 400 && other < 500;
    }
    bool path_tricks() {
        bool good = true;
        for (const char* path :
             {"/v1/log/../../../etc/passwd", "/v1/log/%2e%2e/%2e%2e/head", "/v1/log/tile%2f0",
              "/v1//key-list", "/v1/log/..\\head", "/v1/log/%00", "/v1/log/%", "/v1/./key-list",
              "http://h/v1/key-list", "*", "/v1/log/%0d%0aset-cookie:x"}) {
            const int got = ask(head("GET " + std::string(path)));
            good = good && (got == 400 || got == 404);
        }
        return good;
    }
    bool no_utf8() {
        const int body = ask(head("POST /v1/statements", "content-length: 4\r\n") + "\xff\xfe{}");
        return body >= 400 && body < 500 && ask(head("GET /v1/receipts/%ff%fe")) == 400 &&
               ask(head("GET /v1/receipts/\xff\xfe")) == 400 &&
               ask(head("GET /v1/receipts/%ed%a0%80")) == 400;
    }
    bool garbage() {
        Bytes bytes(200 + house_.random.below(5'000));
        house_.random.fill(bytes);
        const int got = ask(as_text(bytes));
        return got == 0 || got >= 400;
    }

    std::size_t server_kib() const {
        std::ifstream file("/proc/" + std::to_string(child_) + "/status");
        for (std::string line; std::getline(file, line);) {
            if (line.starts_with("VmRSS:")) {
                return std::strtoull(line.c_str() + 6, nullptr, 10);
            }
        }
        return SIZE_MAX;
    }

    test::Organisation house_{number_from("ASSAY_SEED", 1)};
    Path head_;
    record::AttemptRow attempt_;
    std::uint32_t epoch_ = 0;
    std::uint16_t port_ = 0;
    pid_t child_ = -1;
    rlim_t descriptors_ = 0;
};

TEST_F(BadClientsE2e, AreEachAnsweredAsTheStandardSaysAndHarmNobody) {
    using Attack = bool (BadClientsE2e::*)();
    const std::map<std::string, Attack> attacks{
        {"slow head", &BadClientsE2e::slow_head},
        {"slow body", &BadClientsE2e::slow_body},
        {"half-open", &BadClientsE2e::half_open},
        {"no TLS", &BadClientsE2e::no_tls},
        {"slow reader", &BadClientsE2e::slow_reader},
        {"wrong length", &BadClientsE2e::wrong_length},
        {"smuggling", &BadClientsE2e::smuggling},
        {"oversize", &BadClientsE2e::oversize},
        {"wrong offsets", &BadClientsE2e::wrong_offsets},
        {"same package at once", &BadClientsE2e::same_package_at_once},
        {"foreign key", &BadClientsE2e::foreign_key},
        {"replayed and forged statement", &BadClientsE2e::replayed_and_forged_statement},
        {"path tricks", &BadClientsE2e::path_tricks},
        {"no UTF-8", &BadClientsE2e::no_utf8},
        {"garbage", &BadClientsE2e::garbage}};
    const std::uint64_t count = number_from("ASSAY_COUNT", attacks.size());
    std::uint64_t wrong = 0;
    std::uint64_t made = 0;
    while (made < count) {
        for (const auto& [name, attack] : attacks) {
            const bool good = (this->*attack)() && serves_others();
            EXPECT_TRUE(good) << name << ", attack " << made;
            wrong += good ? 0U : 1U;
            if (++made == count) {
                break;
            }
        }
    }
    const auto idle = std::min<std::uint64_t>(number_from("ASSAY_IDLE", 200), descriptors_ - 200);
    std::vector<std::unique_ptr<RawClient>> idlers;
    for (std::uint64_t i = 0; i < idle; ++i) {
        idlers.push_back(client());
        wrong += idlers.back() ? 0U : 1U;
        ASSERT_TRUE(idlers.back()) << "idle connection " << i;
    }
    EXPECT_TRUE(serves_others()) << "beside " << idle << " idle connections";
    const std::size_t kib = server_kib();
    EXPECT_LT(kib, kServerKibMax);
    std::printf(
        "{\"campaign\":\"bad-clients\",\"attacks\":%llu,\"kinds\":%zu,\"idle\":%llu,"
        "\"server_kib\":%zu,\"failed\":%llu}\n",
        static_cast<unsigned long long>(made), attacks.size(),
        static_cast<unsigned long long>(idle), kib, static_cast<unsigned long long>(wrong));
}

}  // namespace
}  // namespace assay::server_api
