#pragma once

#include <string>
#include <string_view>

#include "crypto/base/result.h"
#include "crypto/tlog/policy.h"
#include "crypto/tlog/tree.h"

// Receipts: C2SP tlog-proof v1, section "Format".
//
// Lengths are bytes, an index counts leaves from 0. Values and pure functions, for any thread. All
// that a receipt needs is in it, but for the payload and the policy: it is verified offline.
namespace assay::tlog {

/// Opaque data that travels with a proof.
inline constexpr std::size_t kProofExtraBytesMax = 16 * 1024;
/// A whole proof: extra data, path, note.
inline constexpr std::size_t kProofBytesMax = kNoteBytesMax + 32 * 1024;

/// A C2SP tlog-proof: that a leaf is in a log, for whoever knows the payload and the log's key. A
/// receipt is one; a slip's site-log proof too.
struct LogProof {
    Bytes extra;  ///< not authenticated by anything; empty where there is none
    std::uint64_t index = 0;
    Proof path;
    std::string checkpoint;  ///< the signed note, verbatim

    /// Exactly what write() writes. The checkpoint is a note, but nothing is verified.
    static Result<LogProof> parse(std::string_view bytes);
    std::string write() const;

    friend bool operator==(const LogProof&, const LogProof&) = default;
};

/// What a proof proves once it is verified.
struct Logged {
    Checkpoint checkpoint;
    std::uint64_t index = 0;
    /// Witnesses of the policy that cosigned, by their names in it, with the time.
    std::vector<Witnessed> witnesses;
};

/// The payload is leaf `index` of a log of the policy, in a tree that its quorum saw. Distinct
/// refusals: kInvalid (not a proof), kDenied (signed by nobody we know, or quorum missing),
/// kCorrupt (a signature or the path is wrong: this payload was not logged there).
Result<Logged> verify_receipt(std::string_view proof, ByteView payload, const Policy& policy);
/// The same for one log and no witness.
Result<Logged> verify_receipt(std::string_view proof, ByteView payload, const NoteKey& log);

}  // namespace assay::tlog
