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
    std::optional<Error> problem;
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

    /// A mark sheet, signed by an exam officer: the key list has no role for markers yet.
    Status add_mark(ByteView sheet);

  private:
    using Papers = std::map<PartId, std::unique_ptr<const ScoringPaper>>;

    Result<ScoredAttempt> score_one(const Sitting& sitting, const record::AttemptRow& row,
                                    const crypto::AgeIdentity& scoring_key);
    Result<ScoredAttempt> score_package(const Sitting& sitting, const record::AttemptRow& row,
                                        const record::Signed<record::Package>& package,
                                        const crypto::AgeIdentity& scoring_key);
    Result<ScoredAttempt> score_missing(const Sitting& sitting, const record::AttemptRow& row);
    Result<record::PackageContents> open_contents(const record::AttemptRow& row,
                                                  const record::Package& package,
                                                  const crypto::AgeIdentity& scoring_key);
    Result<const ScoringPaper*> paper(const record::PartDigest& part,
                                      const crypto::AgeIdentity& scoring_key,
                                      record::AttemptResult& result);
    Status keep_opened(const record::Signed<record::Package>& package,
                       const record::PackageContents& contents, bool agrees);
    Result<ScoredAttempt> keep_result(const Sitting& sitting, record::AttemptResult result,
                                      const std::string& report);

    Ports ports_;
    Parts parts_;
    Papers papers_;
    std::map<PartId, Digest> views_;
};

/// The newest result of an attempt; kNotFound.
Result<record::Signed<record::AttemptResult>> newest_result(Ports& ports, const AttemptId& attempt);

/// The envelope of the Opened of a package; kNotFound before it was opened.
Result<Bytes> opened_statement(Ports& ports, const Digest& package);

}  // namespace assay::server_core
