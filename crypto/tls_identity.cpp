#include "crypto/tls_identity.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <sodium.h>

#include "crypto/secret.h"

namespace assay::crypto {

namespace {

// Dates that no clock leaves: a lab machine with a dead battery lives in 2000 or later.
constexpr char kNotBefore[] = "20000101000000Z";
constexpr char kNotAfter[] = "99991231235959Z";

constexpr std::size_t kChainCertificatesMax = 8;

Error openssl_failed() { return fail(Code::kIo, "tls.openssl.failed"_id); }

/// A version 3 certificate that says nothing but the key, signed by that key.
bool fill_certificate(X509* certificate, EVP_PKEY* secret) {
    const auto* name = reinterpret_cast<const unsigned char*>("assay");
    X509_NAME* subject = X509_get_subject_name(certificate);
    return X509_set_version(certificate, 2) == 1 &&
           ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1) == 1 &&
           ASN1_TIME_set_string_X509(X509_getm_notBefore(certificate), kNotBefore) == 1 &&
           ASN1_TIME_set_string_X509(X509_getm_notAfter(certificate), kNotAfter) == 1 &&
           X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, name, -1, -1, 0) == 1 &&
           X509_set_issuer_name(certificate, subject) == 1 &&
           X509_set_pubkey(certificate, secret) == 1 && X509_sign(certificate, secret, nullptr) > 0;
}

std::unique_ptr<BIO, decltype(&BIO_free)> memory_of(ByteView bytes) {
    return {BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())), BIO_free};
}

/// Without it OpenSSL asks on the terminal for the passphrase of a protected key.
int no_passphrase(char*, int, int, void*) { return -1; }

/// Stands in for OpenSSL's chain building: there is no chain, no CA, and no date to check.
int check_pin(X509_STORE_CTX* store, void* pin) {
    const auto key = tls_key_of(X509_STORE_CTX_get0_cert(store));
    const bool good = key && (*static_cast<const TlsPin*>(pin))(*key);
    X509_STORE_CTX_set_error(store, good ? X509_V_OK : X509_V_ERR_CERT_UNTRUSTED);
    return good ? 1 : 0;
}

}  // namespace

TlsIdentity::TlsIdentity(TlsKey key, std::shared_ptr<evp_pkey_st> secret,
                         std::shared_ptr<x509_st> certificate)
    : key_(key), secret_(std::move(secret)), certificate_(std::move(certificate)) {}

Result<TlsIdentity> TlsIdentity::from_seed(const SecretBytes& seed) {
    if (seed.size() != kSeedBytes) {
        return fail(Code::kInvalid, "tls.identity.seed"_id,
                    {{"found", std::to_string(seed.size())}});
    }
    const std::shared_ptr<EVP_PKEY> secret(
        EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.view().data(), seed.size()),
        EVP_PKEY_free);
    const std::shared_ptr<X509> certificate(X509_new(), X509_free);
    if (!secret || !certificate || !fill_certificate(certificate.get(), secret.get())) {
        return openssl_failed();
    }
    const auto key = tls_key_of(certificate.get());
    if (!key) {
        return openssl_failed();
    }
    return TlsIdentity(*key, secret, certificate);
}

Bytes TlsIdentity::certificate_der() const {
    const int size = i2d_X509(certificate_.get(), nullptr);
    ASSAY_CHECK(size > 0);
    Bytes der(static_cast<std::size_t>(size));
    unsigned char* end = der.data();
    ASSAY_CHECK(i2d_X509(certificate_.get(), &end) == size);
    return der;
}

Status TlsIdentity::use_in(ssl_ctx_st* context) const {
    if (SSL_CTX_use_certificate(context, certificate_.get()) != 1 ||
        SSL_CTX_use_PrivateKey(context, secret_.get()) != 1) {
        return openssl_failed();
    }
    return Ok{};
}

WebCertificate::WebCertificate(std::shared_ptr<evp_pkey_st> secret,
                               std::vector<std::shared_ptr<x509_st>> chain)
    : secret_(std::move(secret)), chain_(std::move(chain)) {}

Result<WebCertificate> WebCertificate::from_pem(ByteView chain, const SecretBytes& key) {
    const auto chain_bio = memory_of(chain);
    const auto key_bio = memory_of(key.view());
    std::vector<std::shared_ptr<x509_st>> certificates;
    while (X509* next = PEM_read_bio_X509(chain_bio.get(), nullptr, no_passphrase, nullptr)) {
        certificates.emplace_back(next, X509_free);
        if (certificates.size() > kChainCertificatesMax) {
            break;
        }
    }
    const std::shared_ptr<EVP_PKEY> secret(
        PEM_read_bio_PrivateKey(key_bio.get(), nullptr, no_passphrase, nullptr), EVP_PKEY_free);
    ERR_clear_error();  // the end of the chain is an error to OpenSSL
    if (certificates.empty() || certificates.size() > kChainCertificatesMax || !secret) {
        return fail(Code::kInvalid, "tls.web.form"_id);
    }
    if (X509_check_private_key(certificates.front().get(), secret.get()) != 1) {
        ERR_clear_error();
        return fail(Code::kDenied, "tls.web.pair"_id);
    }
    return WebCertificate(secret, std::move(certificates));
}

Status WebCertificate::use_in(ssl_ctx_st* context) const {
    bool good = SSL_CTX_use_certificate(context, chain_.front().get()) == 1 &&
                SSL_CTX_use_PrivateKey(context, secret_.get()) == 1;
    for (std::size_t i = 1; i < chain_.size(); ++i) {
        good = good && SSL_CTX_add1_chain_cert(context, chain_[i].get()) == 1;
    }
    return good ? Status(Ok{}) : openssl_failed();
}

TlsPin pin_to(const TlsKey& key) {
    return [key](const TlsKey& other) { return other == key; };
}

Status restrict_tls(ssl_ctx_st* context) {
    SSL_CTX_set_options(context, SSL_OP_NO_TICKET | SSL_OP_NO_COMPRESSION |
                                     SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    if (SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION) != 1 ||
        SSL_CTX_set_max_proto_version(context, TLS1_3_VERSION) != 1 ||
        SSL_CTX_set_num_tickets(context, 0) != 1) {
        return openssl_failed();
    }
    return Ok{};
}

Status require_pinned_peer(ssl_ctx_st* context, const TlsPin* pin) {
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    // OpenSSL hands the argument back as it got it; check_pin only reads through it.
    SSL_CTX_set_cert_verify_callback(context, check_pin, const_cast<TlsPin*>(pin));
    if (SSL_CTX_set1_sigalgs_list(context, "ed25519") != 1) {
        return openssl_failed();
    }
    return Ok{};
}

std::optional<TlsKey> tls_key_of(const x509_st* certificate) {
    const EVP_PKEY* key = certificate == nullptr ? nullptr : X509_get0_pubkey(certificate);
    if (key == nullptr || EVP_PKEY_get_id(key) != EVP_PKEY_ED25519) {
        return std::nullopt;
    }
    TlsKey out;
    std::size_t size = out.bytes.size();
    if (EVP_PKEY_get_raw_public_key(key, out.bytes.data(), &size) != 1 ||
        size != out.bytes.size() || crypto_core_ed25519_is_valid_point(out.bytes.data()) != 1) {
        return std::nullopt;
    }
    return out;
}

std::optional<TlsKey> peer_key_of(const ssl_st* connection) {
    return tls_key_of(SSL_get0_peer_certificate(connection));
}

Result<TlsExporter> exporter_of(ssl_st* connection) {
    TlsExporter out;
    if (SSL_export_keying_material(connection, out.bytes.data(), out.bytes.size(),
                                   kTlsExporterLabel, sizeof(kTlsExporterLabel) - 1, nullptr, 0,
                                   0) != 1) {
        return openssl_failed();
    }
    return out;
}

}  // namespace assay::crypto
