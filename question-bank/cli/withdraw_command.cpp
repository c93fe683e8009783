// assay-bank withdraw DIR --reason TEXT: the statement that stops a sealed part, for officers to
// sign.
#include <memory>

#include "crypto/base32.h"
#include "crypto/record/release.h"
#include "question-bank/cli/delivery.h"

namespace assay::bank {

namespace {

constexpr std::size_t kReasonBytesMax = 1000;

struct Options {
    std::string folder;
    std::string reserve;
    std::string reason;
    std::string out;
};

record::PartDigest digest_of(const Delivery& delivery) {
    return {delivery.bank.object.part, delivery.bank.object.bank};
}

Result<int> withdraw(const Session& session, const Options& options) {
    if (options.reason.empty() || options.reason.size() > kReasonBytesMax) {
        return fail(Code::kInvalid, "sealed.cli.reason"_id,
                    {{"limit", std::to_string(kReasonBytesMax)}});
    }
    ASSAY_TRY(const Delivery stopped, read_delivery(session.disk, options.folder));
    record::Withdrawal withdrawal{stopped.bank.object.exam, digest_of(stopped), std::nullopt,
                                  options.reason, session.clock.wall()};
    if (!options.reserve.empty()) {
        ASSAY_TRY(const Delivery reserve, read_delivery(session.disk, options.reserve));
        withdrawal.reserve = digest_of(reserve);
        if (reserve.bank.object.exam != withdrawal.exam) {
            return fail(Code::kRefused, "sealed.cli.reserve-exam"_id);
        }
    }
    const auto statement = record::make(std::move(withdrawal));
    ASSAY_TRY_STATUS(write_new(session.disk, options.out, as_bytes(statement.json())));
    tell(session.say("sealed.cli.withdrawal"_id,
                     {{"code", crypto::short_code_grouped(crypto::short_of(statement.digest))}}));
    return 0;
}

}  // namespace

void add_withdraw_command(CommandLine& line) {
    const auto options = std::make_shared<Options>();
    const Session& session = line.session();
    auto& command = line.command("withdraw", "sealed.help.withdraw"_id,
                                 [options, &session] { return withdraw(session, *options); });
    line.required(command, "folder", options->folder, "sealed.help.folder"_id);
    line.required(command, "--reason", options->reason, "sealed.help.reason"_id);
    line.required(command, "--out", options->out, "sealed.help.withdrawal-out"_id);
    line.option(command, "--reserve", options->reserve, "sealed.help.reserve"_id);
}

}  // namespace assay::bank
