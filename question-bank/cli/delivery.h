#pragma once

#include "crypto/record/key_list.h"
#include "crypto/slip39.h"
#include "question-bank/cli/command_line.h"
#include "question-bank/sealed/scoring.h"

namespace assay::bank {

/// "2/3": any two of three.
Result<crypto::ShareGroup> read_group(const std::string& text);

/// Words or number rows of share files.
Result<std::vector<crypto::SecretBytes>> read_shares(Disk& disk,
                                                     const std::vector<std::string>& paths);

/// A folder that `seal` wrote.
struct Delivery {
    Path folder;
    record::Signed<sealed::BankPart> bank;
    record::Signed<sealed::ScoringPart> scoring;

    Path path(std::string_view name) const { return folder / std::string(name); }
};
Result<Delivery> read_delivery(Disk& disk, const Path& folder);

/// --keys, --rows and --root of a command.
struct TrustOptions {
    std::string keys;
    std::string rows;
    std::vector<std::string> roots;  ///< hex; none: those of the list itself
};
void trust_options(CommandLine& line, CLI::App& command, TrustOptions& options);
Result<record::TrustedKeys> read_trust(Disk& disk, const TrustOptions& options);

/// --part-key with --pin-fd, or --share: how a command gets R.
struct PartKeyOptions {
    std::string ring;
    std::vector<std::string> shares;
    PinSource pin;
};
void part_key_options(CommandLine& line, CLI::App& command, PartKeyOptions& options);
Result<crypto::AgeIdentity> read_part_key(const Session& session, const sealed::BankPart& part,
                                          const PartKeyOptions& options);

}  // namespace assay::bank
