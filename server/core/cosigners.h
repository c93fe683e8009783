#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "crypto/base/link.h"
#include "crypto/tlog/policy.h"
#include "server/core/central_log.h"

namespace assay::server_core {

/// A cosignature counts when its time is this near to ours: it was made now and is no old one.
inline constexpr std::chrono::seconds kCosignatureAge{300};
/// A witness that is slower is not waited for; the next head asks it again.
inline constexpr std::chrono::seconds kWitnessTimeout{3};

/// "https://host:port/prefix" or "http://..."; the port may be left out.
struct WitnessUrl {
    bool plain = false;  ///< http
    std::string host;
    std::uint16_t port = 0;
    std::string prefix;  ///< empty, or begins with '/' and does not end in one

    /// kInvalid (server.witness.url).
    static Result<WitnessUrl> from_text(std::string_view text);
};

/// A witness that can be asked.
struct WitnessPlace {
    tlog::NoteKey key;
    WitnessUrl url;
};

/// A file of C2SP tlog-policy: whose word counts, and where those are that have a URL in it.
struct WitnessPolicy {
    tlog::Policy policy;
    std::vector<WitnessPlace> places;

    static Result<WitnessPolicy> from_text(std::string_view text);
};

/// Asks witnesses to cosign the central log's newest head, and hands out receipts with their lines.
/// round() belongs to one thread; the rest is thread-safe.
class Cosigners {
  public:
    using Connect = std::function<Result<std::unique_ptr<Link>>(const WitnessUrl&)>;
    static Result<std::unique_ptr<Cosigners>> make(CentralLog& log, WitnessPolicy policy,
                                                   const Clock& clock, const Connect& connect);

    /// Asks everyone, one after the other, where the head is not cosigned yet. Once the quorum did,
    /// receipts carry its lines, and a log that only waited for somebody who knows its head takes
    /// leaves again. The error of the last witness that did not cosign, where the quorum is
    /// missing.
    Status round();

    /// A receipt of the log with the quorum's lines, where they saw the leaf already; else as it
    /// is.
    std::string cosigned(const std::string& receipt);
    /// The newest head with the quorum's lines; nothing while that is not cosigned.
    std::optional<std::string> checkpoint();

  private:
    struct Asked {
        WitnessPlace place;
        std::unique_ptr<Link> link;
        std::uint64_t size = 0;  ///< that this witness cosigned last
    };
    /// What the quorum saw last.
    struct Seen {
        std::string plain;  ///< the log's own note
        std::string note;   ///< with the witnesses' lines
        std::uint64_t size = 0;
    };
    Cosigners(CentralLog& log, tlog::Policy policy, const Clock& clock)
        : log_(log), policy_(std::move(policy)), clock_(clock) {}
    Result<tlog::NoteSignature> ask(Asked& asked, const std::string& note,
                                    const tlog::TreeHead& head);
    Result<tlog::NoteSignature> read_cosignature(const Asked& asked, const LinkReply& reply,
                                                 const std::string& note) const;
    Seen seen();

    CentralLog& log_;
    tlog::Policy policy_;
    const Clock& clock_;
    std::vector<Asked> asked_;
    std::mutex lock_;
    Seen seen_;
};

}  // namespace assay::server_core
