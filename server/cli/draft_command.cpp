#include "crypto/command/option_value.h"
#include "crypto/record/access.h"
#include "question-bank/sealed/statements.h"
#include "server/cli/command_line.h"
#include "server/cli/files.h"

// Unsigned statements for the officers, who sign them with `assay-keys statement sign`.
namespace assay::server_cli {
namespace {

struct DraftOptions {
    std::string out;
    std::vector<std::string> banks;
    std::string not_before;
    std::string attempt;
    std::string to;
    std::string purpose;
    std::string marker;
    record::MarkSheet mark;
};

template <typename T>
Result<int> write_draft(const Session& session, const std::string& out, T object) {
    const auto made = record::make(std::move(object));
    ASSAY_TRY_STATUS(write_new(session, out, as_bytes(made.json())));
    tell(session.say("server.drafted"_id, {{"path", out}}));
    print({{"statement", made.digest.hex()}});
    return 0;
}

Result<int> draft_batch(const Session& session, const DraftOptions& options) {
    record::Batch batch;
    batch.batch = session.random.id<BatchId>();
    for (const std::string& folder : options.banks) {
        ASSAY_TRY(const Bytes file,
                  read_statement(session, Path(folder) / sealed::kBankStatementFile));
        ASSAY_TRY(const auto part, record::read_signed<sealed::BankPart>(file));
        batch.exam = part.object.exam;
        batch.parts.push_back({part.object.part, part.object.bank});
    }
    batch.time = session.clock.wall();
    batch.not_before = batch.time;
    if (!options.not_before.empty()) {
        ASSAY_TRY(batch.not_before, command::time_value("--not-before", options.not_before));
    }
    return write_draft(session, options.out, std::move(batch));
}

Result<int> draft_opening(const Session& session, House& house, const DraftOptions& options) {
    record::Opening opening;
    ASSAY_TRY(opening.attempt, command::hex_value<AttemptId>("--attempt", options.attempt));
    ASSAY_TRY(const auto sitting, house.sittings().find_by_attempt(opening.attempt));
    ASSAY_TRY(const auto package, house.intake().accepted(opening.attempt));
    opening.package = package.digest;
    opening.attempt_key = sitting->attempts.find(opening.attempt)->recipient;
    ASSAY_TRY(const auto to, command::recipient_value("--to", options.to));
    opening.to = record::public_of(to);
    opening.purpose = options.purpose;
    opening.time = session.clock.wall();
    return write_draft(session, options.out, std::move(opening));
}

Result<int> draft_mark(const Session& session, const DraftOptions& options) {
    record::MarkSheet mark = options.mark;
    ASSAY_TRY(mark.attempt, command::hex_value<AttemptId>("--attempt", options.attempt));
    ASSAY_TRY(mark.marker, command::hex_value<MachineId>("--marker", options.marker));
    mark.time = session.clock.wall();
    return write_draft(session, options.out, std::move(mark));
}

}  // namespace

void add_draft_commands(CommandLine& line) {
    const Session& session = line.session();
    const auto options = std::make_shared<DraftOptions>();
    CLI::App& batch = line.command("draft-batch", "server.help.draft-batch"_id,
                                   [&session, options] { return draft_batch(session, *options); });
    line.required(batch, "--bank", options->banks, "server.help.bank-folder"_id);
    line.option(batch, "--not-before", options->not_before, "server.help.not-before"_id);
    line.required(batch, "--out", options->out, "server.help.out"_id);

    CLI::App& opening = line.on_house(
        "draft-opening", "server.help.draft-opening"_id,
        [&session, options](House& house) { return draft_opening(session, house, *options); });
    line.required(opening, "--attempt", options->attempt, "server.help.attempt"_id);
    line.required(opening, "--to", options->to, "server.help.to"_id);
    line.required(opening, "--purpose", options->purpose, "server.help.purpose"_id);
    line.required(opening, "--out", options->out, "server.help.out"_id);

    CLI::App& mark = line.command("draft-mark", "server.help.draft-mark"_id,
                                  [&session, options] { return draft_mark(session, *options); });
    line.required(mark, "--attempt", options->attempt, "server.help.attempt"_id);
    line.required(mark, "--marker", options->marker, "server.help.marker"_id);
    line.required(mark, "--item", options->mark.item, "server.help.item"_id);
    line.required(mark, "--criterion", options->mark.criterion, "server.help.criterion"_id);
    line.required(mark, "--mark-milli", options->mark.mark_milli, "server.help.mark-milli"_id);
    line.required(mark, "--max-milli", options->mark.max_milli, "server.help.max-milli"_id);
    line.required(mark, "--out", options->out, "server.help.out"_id);
}

}  // namespace assay::server_cli
