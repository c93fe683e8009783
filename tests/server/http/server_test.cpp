#include "server/http/server.h"

#include <fstream>
#include <mutex>

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "crypto/base/fake_disk.h"
#include "tests/server/http/raw_client.h"
#include "tests/support/memory.h"

namespace assay::http {
namespace {

using test::ask;
using test::identity;
using test::RawClient;

/// Resident memory of this process.
/// Memory that this process has; under a sanitizer, which keeps shadows and freed blocks beside
/// it, only what is allocated.
std::size_t resident_bytes() {
#ifdef __SANITIZE_ADDRESS__
    return test::bytes_in_use();
#else
    std::ifstream statm("/proc/self/statm");
    std::size_t all = 0;
    std::size_t resident = 0;
    statm >> all >> resident;
    return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
#endif
}

class Serving : public testing::Test {
  protected:
    void SetUp() override {
        add_livez(router_);
        config_.io_threads = 1;
        config_.on_access = [this](const Access& access) {
            const std::lock_guard lock(mutex_);
            seen_.push_back(access);
        };
    }
    std::uint16_t serve() {
        server_ = Server::start(config_, identity('s'), router_).value();
        return server_->port();
    }
    std::string request(const std::string& head) {
        return ask(server_->port(), head + " HTTP/1.1\r\nhost: h\r\nconnection: close\r\n\r\n");
    }

    Router router_;
    ServerConfig config_;
    std::unique_ptr<Server> server_;
    std::mutex mutex_;
    std::vector<Access> seen_;
};

TEST_F(Serving, SaysThatItLives) {
    serve();
    EXPECT_TRUE(request("GET /livez").ends_with("\r\n\r\nok\n"));
}

TEST_F(Serving, AnswersHeadWithTheLengthOnly) {
    serve();
    const auto reply = request("HEAD /livez");
    EXPECT_NE(reply.find("content-length: 3\r\n"), std::string::npos);
    EXPECT_TRUE(reply.ends_with("\r\n\r\n"));
}

TEST_F(Serving, StreamsAFile) {
    FakeDisk disk;
    Bytes bytes(300000);
    FakeRandom(1).fill(bytes);
    ASSERT_TRUE(write_file(disk, "/tile", bytes));
    router_.add("GET", "/tile", {}, [&](const Request&) {
        return Reply{200, {}, {}, file_body(disk.open_read_only("/tile").value(), 100, 299900)};
    });
    serve();
    const auto reply = request("GET /tile");
    const auto body = reply.substr(reply.find("\r\n\r\n") + 4);
    EXPECT_TRUE(body == to_string(ByteView(bytes).subspan(100)));
}

TEST_F(Serving, ReportsEachRequestWithoutItsPath) {
    router_.add("GET", "/attempts/{attempt}", {}, [](const Request&) { return Reply::empty(204); });
    serve();
    request("GET /attempts/abcdef");
    request("GET /nothing");
    server_.reset();
    ASSERT_EQ(seen_.size(), 2U);
    EXPECT_EQ(seen_[0].route, "/attempts/{attempt}");
    EXPECT_EQ(seen_[0].status, 204);
    EXPECT_EQ(seen_[0].method, "GET");
    EXPECT_FALSE(seen_[0].pinned);
    EXPECT_EQ(seen_[1].route, "");
    EXPECT_EQ(seen_[1].status, 404);
}

/// PEM of a fresh P-256 key and its certificate.
std::pair<Bytes, Bytes> browser_pair() {
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("P-256"),
                                                                  EVP_PKEY_free);
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(X509_new(), X509_free);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), 0);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
    X509_set_pubkey(certificate.get(), key.get());
    X509_sign(certificate.get(), key.get(), EVP_sha256());
    const std::unique_ptr<BIO, decltype(&BIO_free)> a(BIO_new(BIO_s_mem()), BIO_free);
    const std::unique_ptr<BIO, decltype(&BIO_free)> b(BIO_new(BIO_s_mem()), BIO_free);
    PEM_write_bio_X509(a.get(), certificate.get());
    PEM_write_bio_PrivateKey(b.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    const auto taken = [](BIO* bio) {
        char* data = nullptr;
        const auto size = BIO_get_mem_data(bio, &data);
        return to_bytes(std::string_view(data, static_cast<std::size_t>(size)));
    };
    return {taken(a.get()), taken(b.get())};
}

TEST_F(Serving, ShowsBrowsersACertificateTheyKnow) {
    const auto [chain, key] = browser_pair();
    const auto web =
        crypto::WebCertificate::from_pem(chain, crypto::SecretBytes::copy_of(key)).value();
    server_ = Server::start_web(config_, web, router_).value();
    EXPECT_TRUE(request("GET /livez").ends_with("ok\n"));

    const auto other = crypto::SecretBytes::copy_of(browser_pair().second);
    EXPECT_EQ(crypto::WebCertificate::from_pem(chain, other).error().code, Code::kDenied);
    EXPECT_EQ(crypto::WebCertificate::from_pem(key, other).error().code, Code::kInvalid);
    EXPECT_EQ(crypto::WebCertificate::from_pem({}, other).error().code, Code::kInvalid);
}

TEST_F(Serving, HoldsAThousandIdleConnectionsInLittleMemory) {
    constexpr int kConnections = 1000;
    constexpr std::size_t kBytesEachMax = 256UL << 10U;  // both ends lie in this process
    const auto port = serve();
    request("GET /livez");
    const auto before = resident_bytes();
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < kConnections; ++i) {
        clients.push_back(std::make_unique<RawClient>(port));
        ASSERT_TRUE(clients.back()->handshake()) << i;
    }
    for (auto& client : clients) {
        client->send("GET /livez HTTP/1.1\r\nhost: h\r\n\r\n");
        EXPECT_TRUE(client->read("ok\n").ends_with("ok\n"));
    }
    EXPECT_EQ(server_->connections(), 1000U);
    const auto each = (resident_bytes() - before) / kConnections;
    RecordProperty("bytes_each", static_cast<int>(each));
    EXPECT_LT(each, kBytesEachMax);
}

}  // namespace
}  // namespace assay::http
