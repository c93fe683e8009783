#include "crypto/base32.h"
#include "crypto/hash.h"
#include "crypto/record/slip.h"
#include "server/audit/session.h"
#include "server/audit/trail.h"

namespace assay::audit {
namespace {

struct ProofOptions {
    std::string receipt;
    std::string statement;
    std::string log_key;
    std::string policy;
    std::string answers;
};

Result<std::string> policy_text(const Session& session, const ProofOptions& options) {
    if (options.policy.empty()) {
        return std::string();
    }
    ASSAY_TRY(const Bytes file, read_file(session.disk, options.policy, tlog::kNoteBytesMax));
    return to_string(ByteView(file));
}

void add_unknown(Report& report, const std::string& file, const Proven& proven) {
    if (proven.unknown > 0) {
        report.skip(
            {"audit.check.unknown-signatures"_id, {}}, file,
            {"audit.why.unknown-signatures"_id, {{"count", std::to_string(proven.unknown)}}});
    }
}

void add_proof(Report& report, const std::string& file, const Result<Proven>& proven) {
    if (!proven.ok()) {
        report.add({"audit.check.logged"_id, {}}, file, proven.error());
        return;
    }
    report.add({"audit.check.logged-at"_id,
                {{"index", std::to_string(proven->index)},
                 {"size", std::to_string(proven->size)},
                 {"witnesses", std::to_string(proven->witnesses)}}},
               file, Ok{});
    add_unknown(report, file, *proven);
}

Result<crypto::Envelope> read_statement(const Session& session, const std::string& path) {
    ASSAY_TRY(const Bytes file, read_file(session.disk, path, crypto::kEnvelopeBytesMax));
    return crypto::Envelope::parse(file);
}

Result<Report> audit_receipt(const Session& session, const ProofOptions& options) {
    ASSAY_TRY(const auto log, log_key_value(options.log_key));
    ASSAY_TRY(const std::string policy, policy_text(session, options));
    ASSAY_TRY(const Bytes receipt, read_file(session.disk, options.receipt, tlog::kNoteBytesMax));
    Report report;
    const auto statement = read_statement(session, options.statement);
    if (!statement.ok()) {
        report.add({"audit.check.statement"_id, {}}, options.statement, statement.error());
        return report;
    }
    add_proof(report, options.receipt, prove(receipt, statement->payload, log, policy));
    report.skip({"audit.check.statement-signers"_id,
                 {{"code", crypto::short_code(crypto::sha256(statement->payload))}}},
                options.statement, {"audit.why.signers"_id, {}});
    return report;
}

/// With answers.json out of the opened package, the slip's salt must give its commitment.
void add_salt(Report& report, const Session& session, const ProofOptions& options,
              const record::Slip& slip, const record::Package& package) {
    const Message what{"audit.check.slip-salt"_id, {}};
    if (!slip.salt || options.answers.empty()) {
        report.skip(what, options.receipt, {"audit.why.slip-salt"_id, {}});
        return;
    }
    const auto answers = read_file(session.disk, options.answers, kTableBytesMax);
    if (!answers.ok()) {
        report.add(what, options.answers, answers.error());
        return;
    }
    const bool same =
        record::commitment(*slip.salt, package.attempt, *answers) == package.commitment;
    report.add(what, options.answers, same ? Status(Ok{}) : disagree("audit.slip.salt"_id));
}

void add_slip_proof(Report& report, const ProofOptions& options,
                    const std::optional<tlog::NoteKey>& log, const record::Slip& slip,
                    ByteView payload) {
    const Message what{"audit.check.logged"_id, {}};
    if (slip.proof.empty()) {
        report.skip(what, options.receipt, {"audit.why.slip-no-proof"_id, {}});
    } else if (!log) {
        report.skip(what, options.receipt, {"audit.why.slip-no-key"_id, {}});
    } else {
        add_proof(report, options.receipt, prove(as_bytes(slip.proof), payload, *log, ""));
    }
}

Result<Report> audit_slip(const Session& session, const ProofOptions& options) {
    std::optional<tlog::NoteKey> log;
    if (!options.log_key.empty()) {
        ASSAY_TRY(log, log_key_value(options.log_key));
    }
    ASSAY_TRY(const Bytes file, read_file(session.disk, options.receipt, record::kSlipBytesMax));
    Report report;
    const auto slip = record::Slip::from_text(as_text(file));
    if (!slip.ok()) {
        report.add({"audit.check.slip"_id, {}}, options.receipt, slip.error());
        return report;
    }
    const Message what{
        slip->countersigned ? "audit.check.slip-of"_id : "audit.check.slip-not-countersigned"_id,
        {{"code", crypto::short_code(slip->statement)}}};
    if (options.statement.empty()) {
        report.skip(what, options.receipt, {"audit.why.slip-no-statement"_id, {}});
        return report;
    }
    const auto read = [&]() -> Result<record::Signed<record::Package>> {
        ASSAY_TRY(const Bytes statement,
                  read_file(session.disk, options.statement, crypto::kEnvelopeBytesMax));
        return record::read_signed<record::Package>(statement);
    };
    const auto package = read();
    if (!package.ok()) {
        report.add({"audit.check.statement"_id, {}}, options.statement, package.error());
        return report;
    }
    const bool same = package->digest == slip->statement;
    if (report.add(what, options.receipt, same ? Status(Ok{}) : disagree("audit.slip.other"_id))) {
        add_slip_proof(report, options, log, *slip, package->envelope.payload);
        add_salt(report, session, options, *slip, package->object);
    }
    return report;
}

}  // namespace

void add_proof_commands(CommandLine& line) {
    const Session& session = line.session();
    const auto options = std::make_shared<ProofOptions>();
    CLI::App& receipt = line.command("receipt", "audit.help.receipt"_id, [&session, options] {
        return audit_receipt(session, *options);
    });
    line.option(receipt, "--receipt", options->receipt, "audit.help.receipt-file"_id)->required();
    line.option(receipt, "--statement", options->statement, "audit.help.statement"_id)->required();
    line.option(receipt, "--log-key", options->log_key, "audit.help.log-key"_id)->required();
    line.option(receipt, "--policy", options->policy, "audit.help.policy"_id);
    CLI::App& slip = line.command("slip", "audit.help.slip"_id,
                                  [&session, options] { return audit_slip(session, *options); });
    line.option(slip, "slip", options->receipt, "audit.help.slip-file"_id)->required();
    line.option(slip, "--statement", options->statement, "audit.help.statement"_id);
    line.option(slip, "--log-key", options->log_key, "audit.help.log-key"_id);
    line.option(slip, "--answers", options->answers, "audit.help.answers"_id);
}

}  // namespace assay::audit
