// assay-bank seal PACKAGE --out DIR ...: statements are signed with `assay-keys statement sign`.
#include <memory>

#include "crypto/base32.h"
#include "crypto/command/option_value.h"
#include "crypto/key_ring.h"
#include "question-bank/cli/delivery.h"
#include "question-bank/cli/package_source.h"
#include "question-bank/sealed/capsule.h"
#include "question-bank/sealed/seal.h"

namespace assay::bank {

namespace {

/// Other programs read the statement's numbers as floating point.
constexpr std::uint64_t kVersionMax = (std::uint64_t{1} << 53U) - 1;

struct Options {
    std::string package;
    std::string out;
    std::string exam;
    std::string part;
    std::uint64_t version = 1;
    std::string title;
    std::string not_before;
    std::string not_after;
    std::string scoring_recipient;
    std::string officers = "2/3";
    std::string shares_out;
    std::string part_key_out;
    PinSource pin;
    LimitOptions limits;
};

Result<sealed::SealRequest> request_of(const Options& options) {
    ASSAY_TRY(const ExamId exam, command::hex_value<ExamId>("--exam", options.exam));
    ASSAY_TRY(const PartId part, command::hex_value<PartId>("--part", options.part));
    ASSAY_TRY(const WallTime not_before, command::time_value("--not-before", options.not_before));
    ASSAY_TRY(const WallTime not_after, command::time_value("--not-after", options.not_after));
    ASSAY_TRY(const auto recipient,
              command::recipient_value("--scoring-recipient", options.scoring_recipient));
    ASSAY_TRY(const crypto::ShareGroup officers, read_group(options.officers));
    return sealed::SealRequest{exam,       part,      options.version, options.title,
                               not_before, not_after, recipient,       officers};
}

Status write_shares(Disk& disk, command::NewFiles& files, const Path& folder,
                    const std::vector<crypto::SecretBytes>& shares) {
    ASSAY_TRY_STATUS(disk.make_folders(folder));
    for (std::size_t i = 0; i < shares.size(); ++i) {
        ASSAY_TRY_STATUS(files.write(folder / ("officer-" + std::to_string(i + 1) + ".share"),
                                     shares[i].view()));
    }
    return Ok{};
}

Status write_part_key(const Session& session, command::NewFiles& files, const Options& options,
                      const crypto::AgeIdentity& key) {
    if (options.part_key_out.empty()) {
        return Ok{};
    }
    ASSAY_TRY(const crypto::Pin pin, read_new_pin(session, options.pin));
    crypto::KeyRing ring(session.random.id<MachineId>());
    ring.add_age("age", key);
    ASSAY_TRY(const Bytes file, ring.lock(session.random, pin));
    return files.write(options.part_key_out, file);
}

Status write_files(Disk& disk, command::NewFiles& files, const Path& folder,
                   const sealed::SealedPart& part) {
    ASSAY_TRY_STATUS(disk.make_folders(folder));
    const auto write = [&](std::string_view name, ByteView bytes) {
        return files.write(folder / std::string(name), bytes);
    };
    ASSAY_TRY_STATUS(write(sealed::kBankFile, part.bank));
    ASSAY_TRY_STATUS(write(sealed::kBankStatementFile, as_bytes(part.bank_statement.json())));
    ASSAY_TRY_STATUS(write(sealed::kScoringFile, part.scoring));
    ASSAY_TRY_STATUS(write(sealed::kScoringStatementFile, as_bytes(part.scoring_statement.json())));
    return write(sealed::kScoringKeyFile, part.scoring_key_capsule);
}

Result<int> seal(const Session& session, const Options& options) {
    ASSAY_TRY(const sealed::SealRequest request, request_of(options));
    ASSAY_TRY(const item::Package package,
              item::read_package(session.disk, options.package, options.limits.limits()));
    ASSAY_TRY(const sealed::Views views, sealed::split_views(package));
    ASSAY_TRY(const sealed::SealedPart part, sealed::seal_part(session.random, views, request));
    command::NewFiles files(session.disk);
    ASSAY_TRY_STATUS(write_files(session.disk, files, options.out, part));
    ASSAY_TRY_STATUS(write_shares(session.disk, files, options.shares_out, part.officer_shares));
    ASSAY_TRY_STATUS(write_part_key(session, files, options, part.part_key));
    files.keep();
    print("bank " + part.bank_statement.object.bank.hex());
    print("scoring " + part.scoring_statement.object.scoring.hex());
    const auto code = [](const Digest& digest) {
        return crypto::short_code_grouped(crypto::short_of(digest));
    };
    tell(session.say("sealed.cli.sealed"_id, {{"items", std::to_string(views.items.items.size())},
                                              {"bank", code(part.bank_statement.digest)},
                                              {"scoring", code(part.scoring_statement.digest)}}));
    return 0;
}

}  // namespace

void add_seal_command(CommandLine& line) {
    const auto options = std::make_shared<Options>();
    const Session& session = line.session();
    auto& command = line.command("seal", "sealed.help.seal"_id,
                                 [options, &session] { return seal(session, *options); });
    line.required(command, "package", options->package, "bank.help.package"_id);
    line.required(command, "--out", options->out, "sealed.help.out"_id);
    line.required(command, "--exam", options->exam, "sealed.help.exam"_id);
    line.required(command, "--part", options->part, "sealed.help.part"_id);
    line.option(command, "--version", options->version, "sealed.help.version"_id)
        ->check(CLI::Range(std::uint64_t{1}, kVersionMax));
    line.required(command, "--title", options->title, "sealed.help.title"_id);
    line.required(command, "--not-before", options->not_before, "sealed.help.not-before"_id);
    line.required(command, "--not-after", options->not_after, "sealed.help.not-after"_id);
    line.required(command, "--scoring-recipient", options->scoring_recipient,
                  "sealed.help.scoring-recipient"_id);
    line.option(command, "--officers", options->officers, "sealed.help.officers"_id);
    line.required(command, "--officer-share-out", options->shares_out,
                  "sealed.help.officer-share-out"_id);
    line.option(command, "--part-key-out", options->part_key_out, "sealed.help.part-key-out"_id);
    command::pin_option(line, command, options->pin);
    limit_options(line, command, options->limits);
}

}  // namespace assay::bank
