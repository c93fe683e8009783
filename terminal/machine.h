#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "crypto/key_ring.h"
#include "crypto/tls_identity.h"
#include "server/client/curl_link.h"
#include "server/protocol/keys.h"
#include "terminal/platform/keeper.h"

namespace assay::terminal {

struct DeskAddress {
    std::string host;
    std::uint16_t port = 0;
};

/// `<folder>/machine.json`: what the enrolment gave.
struct EnrolledFile {
    static constexpr std::string_view kName = "terminal-machine";
    Digest desk_key;  ///< of the room code: SHA-256 of the desk's TLS key
    std::string seat;
    Bytes enrolment;  ///< Signed<Enrolment>
    protocol::KeyListReply keys;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("deskKey", s.desk_key);
        v.field("seat", s.seat);
        v.field("enrolment", s.enrolment);
        v.field("keys", s.keys);
    }
};

/// This machine: its keys, made at the first start and never copied, its enrolment, and the way to
/// its desk. One thread.
class Machine {
  public:
    /// Reads the folder, or makes the keys of a new machine in it.
    static Result<Machine> open(Disk& disk, Random& random, Path folder);

    const MachineId& id() const { return id_; }
    const crypto::SigningKey& signing() const { return signing_; }
    const crypto::AgeIdentity& age() const { return age_; }
    bool enrolled() const { return trusted_.has_value(); }
    record::TrustedKeys trusted() const;
    /// The desk's key list if it is newer than ours and our roots signed it; then it is kept in the
    /// folder, too. Any thread.
    Result<std::optional<record::TrustedKeys>> newer_keys(Link& desk);
    /// Short code of its public keys, to compare with the desk's screen.
    std::string fingerprint() const;

    /// Proves the code's secret to the one desk that the code names, and keeps what it answers.
    Status enrol(const DeskAddress& desk, const record::RoomCode& code, const std::string& seat);
    /// A link of its own to the desk. After enrolment only.
    Result<std::unique_ptr<client::CurlLink>> link(const DeskAddress& desk) const;
    /// The key of the local store: from the keeper, else out of the half here and the half at the
    /// desk, which is durable there before the key is used. Leaves it with the keeper.
    Result<crypto::StoreKey> store_key(platform::KeptKey* keeper, Link& desk, const Path& store);

  private:
    Machine(Disk& disk, Random& random, Path folder, const crypto::KeyRing& ring,
            crypto::SigningKey signing, crypto::SigningKey tls, crypto::AgeIdentity age,
            crypto::TlsIdentity identity);
    record::MachineKeys public_keys() const;
    Status read_enrolment();
    Status believe(EnrolledFile file);
    Result<crypto::SecretBytes> local_half();
    Result<Bytes> desk_half(Link& desk, bool store_exists);

    Disk* disk_;
    Random* random_;
    Path folder_;
    MachineId id_;
    crypto::SigningKey signing_;
    crypto::SigningKey tls_;
    crypto::AgeIdentity age_;
    crypto::TlsIdentity identity_;
    std::unique_ptr<std::mutex> lock_ = std::make_unique<std::mutex>();
    // Under lock_ once it is enrolled.
    std::optional<EnrolledFile> enrolled_;
    std::optional<record::TrustedKeys> trusted_;
};

}  // namespace assay::terminal
