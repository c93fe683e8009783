#pragma once

#include <functional>

#include "terminal/proctor/script.h"
#include "terminal/proctor/watch.h"
#include "tests/terminal/proctor/campaign/films.h"

namespace assay::proctor::campaign {

/// What really happened.
struct Truth {
    record::FindingCode code{};
    milliseconds from{0};
    milliseconds to{0};
};

struct Plan {
    Script script;
    std::vector<Truth> truths;
    milliseconds length{0};
};

/// A session with each kind once, in any order, benign behaviour between.
Plan plan_with_everything(const std::vector<Person>& people, std::uint64_t seed);
/// An hour of benign behaviour and nothing else.
Plan plan_benign(const std::vector<Person>& people, std::uint64_t seed, int seconds);

struct Raised {
    record::FindingCode code{};
    record::FindingWeight weight{};
    milliseconds onset{0};  ///< since the start
    milliseconds raised{0};
};
struct Outcome {
    std::vector<Raised> raised;
    std::vector<double> medians;  ///< of identity, one every ten seconds
    std::uint64_t used_bytes = 0;
    std::uint64_t covered_seconds = 0;
    bool ordered = true;  ///< findings begin and end in turn
};

struct Sitter {
    Disk& disk;
    Models models;
    std::function<void(const record::ProctorMessage&)> also;  ///< may be empty
};
/// Plays the plan in virtual time.
Outcome sit(const Plan& plan, const Sitter& sitter);

}  // namespace assay::proctor::campaign
