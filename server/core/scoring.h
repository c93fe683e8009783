#pragma once

#include <map>

#include "server/core/intake.h"
#include "server/core/score_attempt.h"

namespace assay::server_core {

/// What became of one attempt in a run.
struct ScoredAttempt {
    AttemptId attempt;
    std::optional<record::ResultState> state;  ///< none: nobody has sealed its room yet
    bool fresh = false;                        ///< a new result was signed in this run
    std::vector<std::string> unmarked;         ///< items that wait for a person
    std::vector<std::string> disputed;         ///< those of them that wait for an adjudicator
    std::optional<Error> problem;
};

/// What a correction would replace: one of the words of record::Correction and its digest.
struct Proposal {
    std::string what;
    Digest replacement;
};
inline constexpr const char* kCorrectView = "view";        ///< H(scoring.age) that came by add_bank
inline constexpr const char* kCorrectScorer = "scorer";    ///< digest of the scoring program
inline constexpr const char* kCorrectMark = "mark";        ///< Statement digest of a mark sheet
inline constexpr const char* kCorrectPackage = "package";  ///< Statement digest, late or recovered
inline constexpr const char* kCorrectEpoch = "epoch";      ///< Statement digest of a decision

/// One line of a dry run: who changes, and how.
struct Change {
    AttemptId attempt;
    Digest replaced;  ///< Statement digest of the newest result
    record::ResultState old_state{};
    std::int64_t old_score_milli = 0;
    record::ResultState state{};
    std::int64_t score_milli = 0;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("attempt", s.attempt);
        v.field("replaced", s.replaced);
        v.field("oldState", s.old_state);
        v.field("oldScoreMilli", s.old_score_milli);
        v.field("state", s.state);
        v.field("scoreMilli", s.score_milli);
    }
};

/// What officers look at before they sign a correction, which names it by digest. The same for the
/// same store, so that it can be made again when the correction is carried out.
struct DryRun {
    static constexpr std::string_view kName = "dry-run";
    SittingId sitting;
    std::string what;
    Digest replacement;
    std::uint64_t attempts = 0;  ///< that were looked at
    std::vector<Change> changes;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("sitting", s.sitting);
        v.field("what", s.what);
        v.field("replacement", s.replacement);
        v.field("attempts", s.attempts);
        v.field("changes", s.changes);
    }
};

/// Opens packages, scores them and signs results. Needs the scoring identity, which is loaded only
/// for a run after the window. One thread.
class Scoring {
  public:
    struct Parts {
        const Trust& trust;
        Sittings& sittings;
        Intake& intake;
        const crypto::SigningKey& result_key;
        Digest scorer;  ///< of the scoring program
    };
    Scoring(Ports ports, const Parts& parts) : ports_(ports), parts_(parts) {}

    /// Every attempt of a sitting. An attempt whose result would be the same keeps the one it has;
    /// a withheld one may follow; any other change is refused (server.score.correction): results
    /// only follow each other under a correction. Trouble with one attempt stands in its row.
    Result<std::vector<ScoredAttempt>> score(const SittingId& sitting,
                                             const crypto::AgeIdentity& scoring_key);

    /// What a correction would change; nothing is signed or kept. The error of an attempt that
    /// can't be scored ends it.
    Result<DryRun> dry_run(const SittingId& sitting, const Proposal& proposal,
                           const crypto::AgeIdentity& scoring_key);
    /// Carries out a correction that t officers, at least two, signed: kept as a leaf, then each
    /// result that it names is followed by a new one. kRefused where the dry run no longer comes to
    /// the report that they signed, or names other results. Again: what is done stays done.
    Result<std::vector<ScoredAttempt>> correct(ByteView correction,
                                               const crypto::AgeIdentity& scoring_key);

  private:
    /// A result before number, salt and signature; none where nobody has sealed the room.
    struct Computed {
        std::optional<record::AttemptResult> result;
        std::string report;
        std::vector<std::string> unmarked;
        std::vector<std::string> disputed;
        std::optional<Error> problem;
    };
    struct Run {
        const Sitting& sitting;
        const crypto::AgeIdentity& scoring_key;
        std::map<PartId, Digest> views;  ///< H(scoring.age) of each part
    };

    Result<Run> begin(const Sitting& sitting, const crypto::AgeIdentity& scoring_key,
                      const Proposal* proposal);
    Result<std::vector<ScoredAttempt>> score_all(const Run& run,
                                                 const record::Signed<record::Correction>* why);
    Result<ScoredAttempt> score_one(const Run& run, const record::AttemptRow& row,
                                    const record::Signed<record::Correction>* why);
    Result<Computed> compute(const Run& run, const record::AttemptRow& row);
    Result<Computed> compute_package(const Run& run, const record::AttemptRow& row,
                                     const record::Signed<record::Package>& package);
    Status add_score(const Run& run, const record::Package& package,
                     const record::PackageContents& contents, Computed& out);
    Result<Computed> compute_missing(const Sitting& sitting, const record::AttemptRow& row);
    Result<DryRun> changes_of(const Run& run, const Proposal& proposal);
    Result<record::PackageContents> open_contents(const Run& run, const record::AttemptRow& row,
                                                  const record::Package& package);
    Result<const ScoringPaper*> paper(const Run& run, const record::PartDigest& part);
    Status keep_opened(const record::Signed<record::Package>& package,
                       const record::PackageContents& contents, bool agrees);
    Result<ScoredAttempt> keep_result(const Sitting& sitting, Computed computed,
                                      const record::Signed<record::Correction>* why);
    Status sign_result(const Sitting& sitting, record::AttemptResult result,
                       const std::string& report);

    Ports ports_;
    Parts parts_;
    std::map<Digest, std::unique_ptr<const ScoringPaper>> papers_;  ///< by H(scoring.age)
};

/// A mark sheet, signed by the exam officer that it names as its marker: the key list has no role
/// for markers yet. kRefused where the marker adjudicates what he marked (marking.h).
Status keep_mark(Ports& ports, const Trust& trust, Sittings& sittings, ByteView sheet);

/// Number, predecessor, salt, time and under what it was made may differ: what a person would call
/// the same result.
bool same_result(const record::AttemptResult& a, const record::AttemptResult& b);

/// The newest result of an attempt; kNotFound.
Result<record::Signed<record::AttemptResult>> newest_result(Ports& ports, const AttemptId& attempt);

/// A scoring view, which may be larger than what Store::body gives. open_scoring checks the digest.
Result<Bytes> scoring_view_file(store::Store& store, const Digest& digest);

/// The envelope of the Opened of a package; kNotFound before it was opened.
Result<Bytes> opened_statement(Ports& ports, const Digest& package);

}  // namespace assay::server_core
