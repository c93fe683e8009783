#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/base/result.h"
#include "crypto/tlog/checkpoint.h"
#include "crypto/tlog/note.h"

// Whose signatures on a checkpoint count: C2SP tlog-policy, section "Policy file syntax
// and structure".
//
// Limits count bytes, lines and members. A policy is a value that does not change; verify() may be
// called from any thread, and does at most one Ed25519 verification a signature line of a known
// key.
namespace assay::tlog {

/// A policy file, and its lines of each kind; the standard asks for 32 of each or more.
inline constexpr std::size_t kPolicyBytesMax = 64 * 1024;
inline constexpr std::size_t kPolicyLogsMax = 32;
inline constexpr std::size_t kPolicyWitnessesMax = 64;
inline constexpr std::size_t kPolicyGroupsMax = 64;

/// A witness that saw a checkpoint.
struct Witnessed {
    std::string name;  ///< in the policy
    WallTime time;

    friend bool operator==(const Witnessed&, const Witnessed&) = default;
};

/// Whose checkpoints count: C2SP tlog-policy. Logs, witnesses, groups of them and a quorum.
class Policy {
  public:
    /// The file format of the standard. Duplicate keys, unknown names, a second quorum and a
    /// threshold that can't be reached are kInvalid with the line's number.
    static Result<Policy> parse(std::string_view text);
    /// One log, no witness.
    static Policy single(const NoteKey& log);

    const std::vector<NoteKey>& logs() const { return logs_; }

    struct Verified {
        Checkpoint checkpoint;
        std::vector<Witnessed> witnesses;
    };
    /// The note is a checkpoint of a known log, whose name is the origin, and the quorum cosigned.
    /// kDenied where a signature is missing (tlog.policy.unknown-log, tlog.policy.quorum); errors
    /// of a note that is broken or has a bad signature of a known key are those of note.h.
    Result<Verified> verify(std::string_view note) const;

  private:
    struct Member {
        std::string name;
        std::size_t threshold;  ///< 0 for a witness
        std::vector<std::size_t> members;
        bool grouped = false;  ///< in a group already
    };
    class Parser;

    bool reached(std::size_t member, const std::vector<bool>& signed_by) const;

    std::vector<NoteKey> logs_;
    std::vector<NoteKey> witnesses_;
    /// Witnesses and groups in the order of the file; a group refers only to earlier ones.
    std::vector<Member> members_;
    /// For each of witnesses_, its place in members_.
    std::vector<std::size_t> witness_member_;
    /// The member that must be reached; nothing for `quorum none`.
    std::optional<std::size_t> quorum_;
};

}  // namespace assay::tlog
