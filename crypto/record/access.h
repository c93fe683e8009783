#pragma once
// Statements of officers about packages: values, any thread. Who must sign: verify_office.h.
#include "crypto/record/signed.h"

namespace assay::record {

/// Hands P_a of one attempt to a candidate or an auditor. Two people, a leaf.
struct Opening {
    static constexpr std::string_view kName = "opening";
    AttemptId attempt;
    Digest package;  ///< Statement digest
    AgePublic attempt_key;
    AgePublic to;  ///< to whom P_a is sealed
    std::string purpose;
    WallTime time;

    std::vector<Subject> subjects() const { return {{"package", package}}; }
    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("attempt", s.attempt);
        v.field("package", s.package);
        v.field("attemptKey", s.attempt_key);
        v.field("to", s.to);
        v.field("purpose", s.purpose);
        v.field("time", s.time);
    }
};

/// Re-wraps a sitting's P_a, and V of each part, to an auditor's key. t-of-n officers.
struct Disclosure {
    static constexpr std::string_view kName = "disclosure";
    SittingId sitting;
    Digest manifest;
    AgePublic to;
    bool with_scoring_views = false;
    std::string purpose;
    WallTime time;

    std::vector<Subject> subjects() const { return {{"sitting-manifest", manifest}}; }
    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("sitting", s.sitting);
        v.field("manifest", s.manifest);
        v.field("to", s.to);
        v.field("withScoringViews", s.with_scoring_views);
        v.field("purpose", s.purpose);
        v.field("time", s.time);
    }
};

/// Why a package of kind recovered was built. t-of-n officers.
struct Recovery {
    static constexpr std::string_view kName = "recovery";
    AttemptId attempt;
    Epoch epoch;
    Digest package;      ///< Statement digest of the recovered package
    std::string source;  ///< terminal disk or desk copy
    std::string reason;
    WallTime time;

    std::vector<Subject> subjects() const { return {{"package", package}}; }
    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("attempt", s.attempt);
        v.field("epoch", s.epoch);
        v.field("package", s.package);
        v.field("source", s.source);
        v.field("reason", s.reason);
        v.field("time", s.time);
    }
};

/// Ends what can be known about persons of a sitting. t-of-n officers.
struct Erasure {
    static constexpr std::string_view kName = "erasure";
    SittingId sitting;
    Digest manifest;
    std::vector<AttemptId> attempts;
    std::string reason;
    WallTime time;

    std::vector<Subject> subjects() const { return {{"sitting-manifest", manifest}}; }
    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("sitting", s.sitting);
        v.field("manifest", s.manifest);
        v.field("attempts", s.attempts);
        v.field("reason", s.reason);
        v.field("time", s.time);
    }
};

}  // namespace assay::record
