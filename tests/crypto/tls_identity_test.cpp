#include "crypto/tls_identity.h"

#include <memory>
#include <optional>

#include <gtest/gtest.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include "crypto/secret.h"

namespace assay::crypto {
namespace {

TlsIdentity identity(char letter) {
    return TlsIdentity::from_seed(
               SecretBytes::copy_of(Bytes(32, static_cast<std::uint8_t>(letter))))
        .value();
}

/// Both ends of one connection in memory.
class Handshake {
  public:
    Handshake(const std::optional<TlsIdentity>& client, TlsPin server_pins, TlsPin client_pins)
        : server_pin_(std::move(server_pins)), client_pin_(std::move(client_pins)) {
        server_ctx_.reset(SSL_CTX_new(TLS_server_method()));
        client_ctx_.reset(SSL_CTX_new(TLS_client_method()));
        EXPECT_TRUE(restrict_tls(server_ctx_.get()));
        EXPECT_TRUE(restrict_tls(client_ctx_.get()));
        EXPECT_TRUE(identity('s').use_in(server_ctx_.get()));
        if (server_pin_) {
            EXPECT_TRUE(require_pinned_peer(server_ctx_.get(), &server_pin_));
        }
        EXPECT_TRUE(require_pinned_peer(client_ctx_.get(), &client_pin_));
        if (client) {
            EXPECT_TRUE(client->use_in(client_ctx_.get()));
        }
        server_.reset(SSL_new(server_ctx_.get()));
        client_.reset(SSL_new(client_ctx_.get()));
        BIO* a = nullptr;
        BIO* b = nullptr;
        BIO_new_bio_pair(&a, 0, &b, 0);
        SSL_set_bio(server_.get(), a, a);
        SSL_set_bio(client_.get(), b, b);
        SSL_set_accept_state(server_.get());
        SSL_set_connect_state(client_.get());
    }
    bool done() {
        for (int i = 0; i < 8; ++i) {
            SSL_do_handshake(client_.get());
            SSL_do_handshake(server_.get());
        }
        return SSL_is_init_finished(server_.get()) == 1 && SSL_is_init_finished(client_.get()) == 1;
    }
    SSL* server() { return server_.get(); }
    SSL* client() { return client_.get(); }

  private:
    struct Free {
        void operator()(SSL* tls) const { SSL_free(tls); }
        void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
    };
    TlsPin server_pin_;
    TlsPin client_pin_;
    std::unique_ptr<SSL_CTX, Free> server_ctx_;
    std::unique_ptr<SSL_CTX, Free> client_ctx_;
    std::unique_ptr<SSL, Free> server_;
    std::unique_ptr<SSL, Free> client_;
};

TEST(TlsIdentity, IsTheSameForTheSameSeed) {
    EXPECT_EQ(identity('a').certificate_der(), identity('a').certificate_der());
    EXPECT_EQ(identity('a').key(), identity('a').key());
    EXPECT_NE(identity('a').key(), identity('b').key());
}

TEST(TlsIdentity, HasTheKeyOfItsSeed) {
    // RFC 8032 section 7.1, test 1.
    Bytes seed(32);
    ASSERT_TRUE(read_hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", seed));
    EXPECT_EQ(TlsIdentity::from_seed(SecretBytes::copy_of(seed)).value().key().hex(),
              "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
}

TEST(TlsIdentity, NeedsAWholeSeed) {
    for (const std::size_t size : {0U, 31U, 33U}) {
        EXPECT_FALSE(TlsIdentity::from_seed(SecretBytes::copy_of(Bytes(size, 1))));
    }
}

TEST(TlsPinning, LetsKnownPeersTalkBothWays) {
    Handshake handshake(identity('c'), pin_to(identity('c').key()), pin_to(identity('s').key()));
    ASSERT_TRUE(handshake.done());
    EXPECT_EQ(peer_key_of(handshake.server()), identity('c').key());
    EXPECT_EQ(peer_key_of(handshake.client()), identity('s').key());
    EXPECT_EQ(SSL_version(handshake.server()), TLS1_3_VERSION);
}

TEST(TlsPinning, RefusesAForeignServer) {
    Handshake handshake(identity('c'), pin_to(identity('c').key()), pin_to(identity('x').key()));
    EXPECT_FALSE(handshake.done());
}

TEST(TlsPinning, RefusesAForeignClient) {
    Handshake handshake(identity('x'), pin_to(identity('c').key()), pin_to(identity('s').key()));
    EXPECT_FALSE(handshake.done());
}

TEST(TlsPinning, RefusesAClientWithoutAKey) {
    Handshake handshake(
        std::nullopt, [](const TlsKey&) { return true; }, pin_to(identity('s').key()));
    EXPECT_FALSE(handshake.done());
}

TEST(TlsPinning, GivesBothEndsTheSameExporterAndEachConnectionAnother) {
    Handshake one(std::nullopt, {}, pin_to(identity('s').key()));
    Handshake two(std::nullopt, {}, pin_to(identity('s').key()));
    ASSERT_TRUE(one.done());
    ASSERT_TRUE(two.done());
    EXPECT_EQ(exporter_of(one.server()).value(), exporter_of(one.client()).value());
    EXPECT_NE(exporter_of(one.server()).value(), exporter_of(two.server()).value());
    EXPECT_FALSE(peer_key_of(one.server()));
}

TEST(TlsPinning, NeverResumesASession) {
    Handshake handshake(std::nullopt, {}, pin_to(identity('s').key()));
    ASSERT_TRUE(handshake.done());
    char byte = 0;
    SSL_read(handshake.client(), &byte, 1);  // where a ticket would arrive
    EXPECT_EQ(SSL_SESSION_is_resumable(SSL_get_session(handshake.client())), 0);
}

TEST(TlsKey, IsNoOtherKindOfKeyAndNoWeakOne) {
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> curve(EVP_EC_gen("P-256"),
                                                                    EVP_PKEY_free);
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(X509_new(), X509_free);
    ASSERT_EQ(X509_set_pubkey(certificate.get(), curve.get()), 1);
    EXPECT_FALSE(tls_key_of(certificate.get()));
    EXPECT_FALSE(tls_key_of(nullptr));
    // Of order 1 and 4: anyone can "sign" for them.
    for (const std::uint8_t first : {std::uint8_t{1}, std::uint8_t{0}}) {
        Bytes weak(32);
        weak[0] = first;
        const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
            EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, weak.data(), weak.size()),
            EVP_PKEY_free);
        ASSERT_EQ(X509_set_pubkey(certificate.get(), key.get()), 1);
        EXPECT_FALSE(tls_key_of(certificate.get()));
    }
}

}  // namespace
}  // namespace assay::crypto
