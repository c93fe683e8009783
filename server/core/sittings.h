#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <set>

#include "crypto/record/verify.h"
#include "question-bank/sealed/statements.h"
#include "server/core/trust.h"
#include "server/protocol/sitting.h"

namespace assay::server_core {

/// A sitting as it was signed, with its attempts.
struct Sitting {
    record::Signed<record::SittingManifest> manifest;
    record::AttemptsFile attempts;
    Bytes attempts_file;
};

/// What a delivery of a sealed bank part brings to the server.
struct BankDelivery {
    Bytes statement;  ///< bank.dsse.json
    /// bank.age, and scoring.age below; empty where the store has that body already: what is larger
    /// than store::kBodyBytesMax is put there first, in pieces.
    Bytes bank;
    Bytes scoring_statement;
    Bytes scoring;
    Bytes scoring_key;  ///< age(V -> scoring key)
};

/// A bank part as the server keeps it.
struct KeptPart {
    record::Signed<sealed::BankPart> bank;
    record::Signed<sealed::ScoringPart> scoring;
    Digest scoring_key;  ///< of the body age(V -> scoring key)
};

/// Banks and sittings: taken in, and handed out to desks. Thread-safe.
class Sittings {
  public:
    Sittings(Ports ports, const Trust& trust) : ports_(ports), trust_(trust) {}

    // ---- taken in
    Status add_bank(const BankDelivery& delivery);
    Status add_kit(ByteView kit);
    /// R sealed to a desk: handed out at the release. The server cannot open it.
    Status add_capsule(const PartId& part, const MachineId& desk, ByteView capsule);
    /// The manifest with its attempts; the personal rows were put by planning.h.
    Status add_sitting(ByteView manifest, ByteView attempts);

    // ---- asked for
    Result<std::shared_ptr<const Sitting>> find(const SittingId& sitting);
    Result<std::shared_ptr<const Sitting>> find_by_manifest(const Digest& manifest);
    Result<std::vector<SittingId>> list();
    /// For a desk of the sitting's site.
    Result<protocol::SittingReply> reply(const SittingId& sitting, const MachineId& desk);
    Result<KeptPart> part(const PartId& part);
    /// The same with the scoring view whose file has this digest; kNotFound where it never came.
    Result<KeptPart> part_with_view(const PartId& part, const Digest& scoring);
    /// The sitting of an attempt; kNotFound.
    Result<std::shared_ptr<const Sitting>> find_by_attempt(const AttemptId& attempt);
    /// Whether a sitting of the site uses this bank; then its size. kNotFound otherwise: other
    /// bodies of the store have digests too.
    Result<std::uint64_t> bank_size(const SiteId& site, const Digest& digest);
    Result<Bytes> bank_range(const Digest& digest, std::uint64_t offset, std::size_t size);
    /// A photo of a roster of the site.
    Result<Bytes> photo(const SiteId& site, const Digest& digest);
    Result<Bytes> capsule(const PartId& part, const MachineId& desk);
    Result<record::SiteRoster> roster(const Sitting& sitting);

  private:
    Result<KeptPart> read_part(const PartId& part, ByteView value);
    bool arrived(ByteView bytes, const Digest& digest, std::uint64_t size);
    Result<std::vector<std::shared_ptr<const Sitting>>> of_site(const SiteId& site);
    Result<bool> has_photo(const Sitting& sitting, const Digest& digest);

    Ports ports_;
    const Trust& trust_;
    std::mutex lock_;
    std::map<Digest, std::shared_ptr<const Sitting>> known_;
    std::map<SittingId, std::set<Digest>> photos_;
};

}  // namespace assay::server_core
