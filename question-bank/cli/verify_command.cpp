// assay-bank verify DIR --keys keylist.dsse.json --rows rows.json
#include <memory>

#include "crypto/hash.h"
#include "question-bank/cli/delivery.h"

namespace assay::bank {

namespace {

struct Options {
    std::string folder;
    TrustOptions trust;
};

Result<int> verify(const Session& session, const Options& options) {
    ASSAY_TRY(const Delivery delivery, read_delivery(session.disk, options.folder));
    ASSAY_TRY(const record::TrustedKeys keys, read_trust(session.disk, options.trust));
    ASSAY_TRY_STATUS(sealed::check_pair(delivery.bank, delivery.scoring, keys));
    ASSAY_TRY(const auto bank, session.disk.open_read_only(delivery.path(sealed::kBankFile)));
    ASSAY_TRY_STATUS(sealed::check_arrival(*bank, delivery.bank.object));
    ASSAY_TRY(const Bytes scoring, read_file(session.disk, delivery.path(sealed::kScoringFile),
                                             sealed::kScoringBytesMax));
    ASSAY_TRY_STATUS(sealed::check_scoring_file(scoring, delivery.scoring.object));
    tell(session.say("sealed.cli.verified"_id,
                     {{"title", delivery.bank.object.title},
                      {"not_before", delivery.bank.object.not_before.text()},
                      {"not_after", delivery.bank.object.not_after.text()}}));
    return 0;
}

}  // namespace

void add_verify_command(CommandLine& line) {
    const auto options = std::make_shared<Options>();
    const Session& session = line.session();
    auto& command = line.command("verify", "sealed.help.verify"_id,
                                 [options, &session] { return verify(session, *options); });
    line.required(command, "folder", options->folder, "sealed.help.folder"_id);
    trust_options(line, command, options->trust);
}

}  // namespace assay::bank
