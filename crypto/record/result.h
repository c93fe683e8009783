#pragma once
// Statements: values, any thread; scores in thousandths. Who must sign: verify_office.h.
#include "crypto/record/signed.h"

namespace assay::record {

/// A person's mark for one criterion of a rubric. Signed by the marker's key. Scores are in
/// thousandths of a point, so that no float is ever signed.
struct MarkSheet {
    static constexpr std::string_view kName = "mark-sheet";
    AttemptId attempt;
    std::string item;
    Digest rubric;
    std::string criterion;
    std::int64_t mark_milli = 0;
    std::int64_t max_milli = 0;
    WallTime time;
    MachineId marker;

    std::vector<Subject> subjects() const { return {{"rubric", rubric}}; }
    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("attempt", s.attempt);
        v.field("item", s.item);
        v.field("rubric", s.rubric);
        v.field("criterion", s.criterion);
        v.field("markMilli", s.mark_milli);
        v.field("maxMilli", s.max_milli);
        v.field("time", s.time);
        v.field("marker", s.marker);
    }
};

enum class ResultState { kPassed, kFailed, kAbsent, kVoid, kWithheld };
template <>
struct Words<ResultState> {
    static constexpr std::array kWords{
        std::pair{ResultState::kPassed, std::string_view("passed")},
        std::pair{ResultState::kFailed, std::string_view("failed")},
        std::pair{ResultState::kAbsent, std::string_view("absent")},
        std::pair{ResultState::kVoid, std::string_view("void")},
        std::pair{ResultState::kWithheld, std::string_view("withheld")},
    };
};

/// One outcome variable. Values as QTI writes them, floats shortest; absent is NULL.
struct OutcomeEntry {
    std::string item;  ///< empty for an outcome of the test
    std::string name;
    std::optional<std::vector<std::string>> values;
    friend bool operator==(const OutcomeEntry&, const OutcomeEntry&) = default;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("item", s.item);
        v.field("name", s.name);
        v.field("values", s.values);
    }
};

/// A candidate's result, signed by the server's result key.
struct AttemptResult {
    static constexpr std::string_view kName = "result";
    AttemptId attempt;
    std::uint64_t number = 1;
    std::optional<Digest> predecessor;
    Digest manifest;  ///< or of the correction that it follows
    Digest source;    ///< Statement digest of the package, else of the seal
    Salt salt;
    std::vector<Digest> scoring;  ///< H(scoring.age) of each part
    Digest scorer;                ///< digest of the scoring program
    std::vector<OutcomeEntry> outcomes;
    std::vector<Digest> marks;  ///< Statement digests of mark sheets
    std::int64_t score_milli = 0;
    std::int64_t max_milli = 0;
    ResultState state{};
    WallTime time;

    std::vector<Subject> subjects() const { return {{"source", source}}; }
    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("attempt", s.attempt);
        v.field("number", s.number);
        v.field("predecessor", s.predecessor);
        v.field("manifest", s.manifest);
        v.field("source", s.source);
        v.field("salt", s.salt);
        v.field("scoring", s.scoring);
        v.field("scorer", s.scorer);
        v.field("outcomes", s.outcomes);
        v.field("marks", s.marks);
        v.field("scoreMilli", s.score_milli);
        v.field("maxMilli", s.max_milli);
        v.field("state", s.state);
        v.field("time", s.time);
    }
};

/// Replaces results under t officers: what is new, why, and the dry run's report by digest.
struct Correction {
    static constexpr std::string_view kName = "correction";
    SittingId sitting;
    std::vector<Digest> replaced;  ///< Statement digests of results
    std::string what;              ///< view, scorer, mark, package, epoch
    Digest replacement;
    std::string reason;
    Digest report;
    WallTime time;

    std::vector<Subject> subjects() const { return {{"replacement", replacement}}; }
    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("sitting", s.sitting);
        v.field("replaced", s.replaced);
        v.field("what", s.what);
        v.field("replacement", s.replacement);
        v.field("reason", s.reason);
        v.field("report", s.report);
        v.field("time", s.time);
    }
};

/// Two people decide what neither machine nor rule may: which of two branches, a void attempt.
struct Decision {
    static constexpr std::string_view kName = "decision";
    SittingId sitting;
    std::optional<AttemptId> attempt;
    std::string question;
    std::vector<Digest> candidates;  ///< Statement digests to choose from
    std::optional<Digest> chosen;
    std::string reason;
    WallTime time;

    std::vector<Subject> subjects() const;
    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("sitting", s.sitting);
        v.field("attempt", s.attempt);
        v.field("question", s.question);
        v.field("candidates", s.candidates);
        v.field("chosen", s.chosen);
        v.field("reason", s.reason);
        v.field("time", s.time);
    }
};

/// Two people publish results; each enters the log as the digest of its payload.
struct Publication {
    static constexpr std::string_view kName = "publication";
    SittingId sitting;
    std::vector<Digest> results;
    WallTime time;

    std::vector<Subject> subjects() const;
    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("sitting", s.sitting);
        v.field("results", s.results);
        v.field("time", s.time);
    }
};

/// The server's word that a package was opened and agrees: a terminal may forget the sitting then.
/// Signed by the result key.
struct Opened {
    static constexpr std::string_view kName = "opened";
    Digest package;  ///< Statement digest
    AttemptId attempt;
    Epoch epoch;
    bool commitment_right = false;
    bool answers_equal_journal = false;
    WallTime time;

    std::vector<Subject> subjects() const { return {{"package", package}}; }
    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("package", s.package);
        v.field("attempt", s.attempt);
        v.field("epoch", s.epoch);
        v.field("commitmentRight", s.commitment_right);
        v.field("answersEqualJournal", s.answers_equal_journal);
        v.field("time", s.time);
    }
};

/// How a result enters the log: by H(payload), which its salt hides. Signed by the result key.
struct ResultEntry {
    static constexpr std::string_view kName = "result-entry";
    Digest result;  ///< Statement digest of the AttemptResult
    WallTime time;

    std::vector<Subject> subjects() const { return {{"result", result}}; }
    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("result", s.result);
        v.field("time", s.time);
    }
};

}  // namespace assay::record
