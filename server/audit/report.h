#pragma once

#include <optional>
#include <string>
#include <vector>

#include "crypto/command/session.h"

namespace assay::audit {

enum class Verdict {
    kAgrees,
    kDisagrees,
    kMissing,     ///< what must be in the folder is not there
    kNotChecked,  ///< optional, or what it depends on was not proven
};

/// "agrees", "disagrees", "missing", "not-checked": for --json.
const char* verdict_name(Verdict verdict);

/// One check: what was looked at, in which file, and what came of it.
struct Finding {
    Message what;
    std::string file;
    Verdict verdict = Verdict::kAgrees;
    std::optional<Message> reason;  ///< none where it agrees
    std::string code;               ///< code_name of the error where it disagrees
};

/// The checks of one run in their order. What could not be checked is never counted as agreeing.
class Report {
  public:
    /// Exit codes where something disagrees, and where nothing does but something is missing; 0
    /// where all that has to be there is, and all that could be checked agrees.
    static constexpr int kDisagreesExit = command::kDoesNotHoldExit;
    static constexpr int kMissingExit = command::kIncompleteExit;

    /// Whether it agrees.
    bool add(Message what, std::string file, const Status& status);
    /// What is optional, or follows from what was not proven.
    void skip(Message what, std::string file, Message reason);
    /// What every such folder has to hold.
    void missing(Message what, std::string file, Message reason);

    /// The checks of another report; names of files as `rename` gives them.
    template <typename Rename>
    void append(const Report& other, const Rename& rename) {
        for (Finding finding : other.findings_) {
            finding.file = rename(finding.file);
            findings_.push_back(std::move(finding));
        }
    }

    const std::vector<Finding>& findings() const { return findings_; }
    std::size_t count(Verdict verdict) const;
    /// Of the first check that disagrees; nothing where there is none.
    std::optional<std::string> first_bad_file() const { return first_file(Verdict::kDisagrees); }
    /// The same of what is missing.
    std::optional<std::string> first_missing_file() const { return first_file(Verdict::kMissing); }
    int exit_code() const;

    /// A line a check and a summary.
    std::string text(const text::Texts& texts, text::Language language) const;
    /// {"verdict","firstFile","firstMissing","checks":[{"check","file","verdict","says","reason"?,"code"?}]}
    std::string json(const text::Texts& texts, text::Language language) const;

  private:
    Message summary() const;
    std::optional<std::string> first_file(Verdict verdict) const;
    std::vector<Finding> findings_;
};

}  // namespace assay::audit
