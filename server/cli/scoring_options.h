#pragma once

#include "server/cli/command_line.h"

namespace assay::server_cli {

/// The scoring key for the minutes of one run.
struct ScoringRing {
    RingFile ring;
    std::string key = "scoring";
};
void scoring_options(CommandLine& line, CLI::App& command, ScoringRing& options);
Result<crypto::AgeIdentity> scoring_key(const Session& session, const ScoringRing& options);

/// H of the program that runs: a result names what computed it.
Result<Digest> own_digest(const Session& session);

/// One JSON row an attempt; refused where any had a problem.
Result<int> print_scored(const Session& session,
                         const std::vector<server_core::ScoredAttempt>& run);

/// A package's transport file on a stick.
inline constexpr std::uint64_t kPackageFileBytesMax = record::kPackageBytesMax + (512U << 10U);

}  // namespace assay::server_cli
