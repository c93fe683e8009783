#pragma once
// TLS 1.3 (RFC 8446) with pinned Ed25519 keys (RFC 8410). kIo where OpenSSL refuses.
#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "crypto/base/bytes.h"
#include "crypto/base/ids.h"
#include "crypto/base/result.h"

// OpenSSL's own types, so that only the files that need them include it.
struct evp_pkey_st;
struct ssl_ctx_st;
struct ssl_st;
struct x509_st;

namespace assay::crypto {

class SecretBytes;

/// The raw Ed25519 public key in a TLS peer's certificate: what key lists and enrolments pin.
using TlsKey = Fixed<struct TlsKeyTag, 32>;

/// 32 bytes that only the two ends of one TLS connection know (RFC 8446 section 7.5, label
/// kTlsExporterLabel, no context). Another connection has others, a relay in the middle too.
using TlsExporter = Fixed<struct TlsExporterTag, 32>;
inline constexpr char kTlsExporterLabel[] = "EXPORTER-assay-enrol";

/// A machine's TLS key with its self-signed certificate, in memory only. The certificate is a
/// wrapper that TLS asks for: peers compare the key, no name, date or issuer means anything.
/// Cheap to copy; thread-safe.
class TlsIdentity {
  public:
    static constexpr std::size_t kSeedBytes = 32;

    /// From the 32 bytes of an Ed25519 private key (RFC 8032). The same seed gives the same bytes.
    static Result<TlsIdentity> from_seed(const SecretBytes& seed);

    const TlsKey& key() const { return key_; }
    Bytes certificate_der() const;
    /// Gives certificate and key to an OpenSSL context.
    Status use_in(ssl_ctx_st* context) const;

  private:
    TlsIdentity(TlsKey key, std::shared_ptr<evp_pkey_st> secret, std::shared_ptr<x509_st> wrapper);
    TlsKey key_;
    std::shared_ptr<evp_pkey_st> secret_;
    std::shared_ptr<x509_st> certificate_;
};

/// A certificate that browsers know what to do with, for the listener of people and public pages:
/// they speak no Ed25519. Made elsewhere, by the site's or a public CA. Thread-safe.
class WebCertificate {
  public:
    /// `chain`: PEM, ours first. `key`: PEM without a passphrase; kInvalid where either does not
    /// parse, kDenied where they do not belong together.
    static Result<WebCertificate> from_pem(ByteView chain, const SecretBytes& key);

    Status use_in(ssl_ctx_st* context) const;

  private:
    WebCertificate(std::shared_ptr<evp_pkey_st> secret,
                   std::vector<std::shared_ptr<x509_st>> chain);
    std::shared_ptr<evp_pkey_st> secret_;
    std::vector<std::shared_ptr<x509_st>> chain_;
};

/// True for a peer key that may talk to us. Called in handshakes on any thread; must be quick.
using TlsPin = std::function<bool(const TlsKey&)>;

/// A pin for exactly one key.
TlsPin pin_to(const TlsKey& key);

/// TLS 1.3 only, no resumption and no tickets (so that an exporter belongs to one handshake), no
/// compression, no CA store.
Status restrict_tls(ssl_ctx_st* context);

/// The peer must show an Ed25519 certificate whose key `pin` accepts; nothing else of the
/// certificate is looked at. `pin` must outlive the context and all its connections.
Status require_pinned_peer(ssl_ctx_st* context, const TlsPin* pin);

/// The key of a certificate; nothing unless it is Ed25519 and a point of the prime order group.
std::optional<TlsKey> tls_key_of(const x509_st* certificate);

/// After the handshake: the peer's key, nothing where it showed none.
std::optional<TlsKey> peer_key_of(const ssl_st* connection);
Result<TlsExporter> exporter_of(ssl_st* connection);

}  // namespace assay::crypto
