#pragma once

#include <functional>

#include "server/core/statements.h"

namespace assay::server_core {

/// Takes score packages: verified, then durable with its leaf, then answered. Thread-safe.
class Intake {
  public:
    Intake(Ports ports, const Trust& trust, Sittings& sittings, Statements& statements)
        : ports_(ports), trust_(trust), sittings_(sittings), statements_(statements) {}

    using Answer = std::function<void(Result<protocol::PackageReply>)>;

    /// `answer` is called once, after the package is on the disk and in the log, or with why not.
    /// The same package again gives the same receipt. A second package of one epoch and one of an
    /// older epoch are refused (kConflict) and kept as evidence. Outlives every answer.
    void take(const Digest& statement, ByteView upload, const Answer& answer);
    /// The same, waiting.
    Result<protocol::PackageReply> take(const Digest& statement, ByteView upload);

    /// The receipt of a package by its slip's short code; kNotFound.
    Result<protocol::ReceiptReply> by_short_code(const std::string& code);
    /// The package that counts for an attempt; kNotFound.
    Result<record::Signed<record::Package>> accepted(const AttemptId& attempt);

  private:
    Status check_recovered(const record::Signed<record::Package>& package);
    struct Checked {
        record::Signed<record::Package> package;
        Bytes age_file;
        store::Keys keys;
        std::uint64_t revision = 0;  ///< of the attempt's row
        bool known = false;          ///< it counts for its attempt already
    };
    struct Seen {
        std::uint64_t revision = 0;  ///< of the attempt's row; 0 where there is none
        bool known = false;
    };
    Result<Checked> check(const Digest& statement, ByteView upload);
    Result<Seen> check_epoch(const record::Signed<record::Package>& package);
    static store::Batch refusal_batch(const record::Signed<record::Package>& package,
                                      const store::Keys& keys, ByteView age_file, const Error& why);
    Result<protocol::PackageReply> reply_for(const Checked& checked);
    Result<protocol::PackageReply> reply_with(const Checked& checked,
                                              const store::Committed& committed);
    protocol::PackageReply reply(const record::Signed<record::Package>& package,
                                 const std::string& proof);
    void answer_loser(const Checked& checked, const Answer& answer);
    store::Batch batch_for(const Checked& checked) const;

    Ports ports_;
    const Trust& trust_;
    Sittings& sittings_;
    Statements& statements_;
};

/// States of an attempt's row.
inline constexpr const char* kReceivedState = "received";
inline constexpr const char* kDecidedState = "decided";

/// The row that makes a package the one that counts for its attempt, whatever it was before.
store::Row accepted_row(const record::Signed<record::Package>& package, const store::Keys& keys,
                        const char* state);

}  // namespace assay::server_core
