#pragma once

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/base/bytes.h"
#include "crypto/base/ids.h"
#include "crypto/base/result.h"
#include "crypto/ed25519.h"

// DSSE v1 (github.com/secure-systems-lab/dsse, protocol.md and envelope.md): bytes of a named type
// with signatures beside them. Nothing here is thread-bound. A signature is Ed25519 over pae().
namespace assay::crypto {

/// An envelope as JSON: a payload of 64 KiB with 16 signatures needs 90 KiB.
constexpr std::size_t kEnvelopeBytesMax = std::size_t{512} * 1024;
/// Signatures on one envelope: officers are few.
constexpr std::size_t kSignaturesMax = 32;
constexpr std::size_t kPayloadTypeBytesMax = 128;
/// The payload type of every Statement.
inline constexpr std::string_view kInTotoPayloadType = "application/vnd.in-toto+json";

struct EnvelopeSignature {
    Digest keyid;  ///< VerifyKey::id() of the signer; a hint for people, never trusted
    Signature sig;
    friend bool operator==(const EnvelopeSignature&, const EnvelopeSignature&) = default;
};

/// A DSSE v1 envelope. Anybody may add signatures; what counts is signers() below.
struct Envelope {
    std::string payload_type{kInTotoPayloadType};
    Bytes payload;
    std::vector<EnvelopeSignature> signatures;

    /// Reads only the exact bytes that json() writes: one spelling, no unknown or repeated field.
    /// kInvalid (crypto.dsse.malformed); kLimit (crypto.dsse.limit) beyond the limits above. No
    /// signature is checked.
    static Result<Envelope> parse(ByteView json);
    /// {"payloadType":...,"payload":...,"signatures":[{"keyid":...,"sig":...}]}, one line, no
    /// space.
    std::string json() const;
    /// What is signed: the pre-authentication encoding of type and payload.
    Bytes pae() const;
    /// Appends; a second signature of the same key replaces the first.
    void add_signature(const SigningKey& key);

    friend bool operator==(const Envelope&, const Envelope&) = default;
};

/// The distinct keys of `allowed` under which some signature of the envelope is valid. The key id
/// is not trusted: each signature is tried with the key its id names only.
std::set<VerifyKey> signers(const Envelope& envelope, std::span<const VerifyKey> allowed);

/// At least `threshold` (1 or more) distinct keys of `allowed` have signed, or kDenied
/// (crypto.dsse.threshold) says how many have and how many are needed.
Status require_threshold(const Envelope& envelope, std::span<const VerifyKey> allowed,
                         std::size_t threshold);

}  // namespace assay::crypto
