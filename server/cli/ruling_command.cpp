#include "crypto/command/option_value.h"
#include "server/cli/command_line.h"
#include "server/cli/files.h"
#include "server/cli/scoring_options.h"
#include "server/core/rulings.h"

// What officers decide after a sitting: drafts for them to sign, and what they signed.
namespace assay::server_cli {
namespace {

struct RulingOptions {
    std::string path;
    std::string out;
    std::string report;
    std::string package;
    std::string sitting;
    std::string attempt;
    std::string question;
    std::string chosen;
    std::string reason;
    std::string what;
    std::string replacement;
    std::vector<std::string> many;
    ScoringRing scoring;
};
using Options = std::shared_ptr<RulingOptions>;

template <typename T>
Result<int> drafted(const Session& session, const std::string& out, T object) {
    const auto made = record::make(std::move(object));
    ASSAY_TRY_STATUS(write_new(session, out, as_bytes(made.json())));
    tell(session.say("server.drafted"_id, {{"path", out}}));
    print({{"statement", made.digest.hex()}});
    return 0;
}

Result<int> kept(const Session& session, const std::string& path) {
    tell(session.say("server.kept.ruling"_id, {{"path", path}}));
    return 0;
}

Result<int> draft_decision(const Session& session, const RulingOptions& options) {
    record::Decision out;
    ASSAY_TRY(out.sitting, command::hex_value<SittingId>("--sitting", options.sitting));
    ASSAY_TRY(out.attempt, command::hex_value<AttemptId>("--attempt", options.attempt));
    out.question = options.question;
    for (const std::string& each : options.many) {
        ASSAY_TRY(const Digest candidate, command::hex_value<Digest>("--candidate", each));
        out.candidates.push_back(candidate);
    }
    if (!options.chosen.empty()) {
        ASSAY_TRY(out.chosen, command::hex_value<Digest>("--chosen", options.chosen));
    }
    out.reason = options.reason;
    out.time = session.clock.wall();
    return drafted(session, options.out, std::move(out));
}

/// One file for each kPublicationResultsMax results: OUT-1, OUT-2, ...
Result<int> draft_publication(const Session& session, House& house, const RulingOptions& options) {
    ASSAY_TRY(const SittingId id, command::hex_value<SittingId>("--sitting", options.sitting));
    ASSAY_TRY(const auto sitting, house.sittings().find(id));
    std::vector<record::Publication> files;
    std::size_t withheld = 0;
    for (const record::AttemptRow& row : sitting->attempts.attempts) {
        const auto result = server_core::newest_result(house.ports(), row.attempt);
        if (!result.ok() || result->object.state == record::ResultState::kWithheld) {
            ++withheld;
            continue;
        }
        if (files.empty() || files.back().results.size() == server_core::kPublicationResultsMax) {
            files.push_back({id, {}, session.clock.wall()});
        }
        files.back().results.push_back(result->digest);
    }
    for (std::size_t i = 0; i < files.size(); ++i) {
        const std::string name = options.out + "-" + std::to_string(i + 1) + ".dsse.json";
        ASSAY_TRY_STATUS(write_new(session, name, as_bytes(record::make(files[i]).json())));
        tell(session.say("server.drafted"_id, {{"path", name}}));
    }
    print({{"files", files.size()}, {"without", withheld}});
    return 0;
}

Result<int> draft_erasure(const Session& session, House& house, const RulingOptions& options) {
    record::Erasure out;
    ASSAY_TRY(out.sitting, command::hex_value<SittingId>("--sitting", options.sitting));
    ASSAY_TRY(const auto sitting, house.sittings().find(out.sitting));
    out.manifest = sitting->manifest.digest;
    for (const std::string& each : options.many) {
        ASSAY_TRY(const AttemptId attempt, command::hex_value<AttemptId>("--attempt", each));
        out.attempts.push_back(attempt);
    }
    if (options.many.empty()) {
        for (const record::AttemptRow& row : sitting->attempts.attempts) {
            out.attempts.push_back(row.attempt);
        }
    }
    out.reason = options.reason;
    out.time = session.clock.wall();
    return drafted(session, options.out, std::move(out));
}

/// The dry run: its report says who would change and how; the draft names it by digest.
Result<int> draft_correction(const Session& session, House& house, const RulingOptions& options) {
    ASSAY_TRY(const SittingId sitting, command::hex_value<SittingId>("--sitting", options.sitting));
    server_core::Proposal proposal{options.what, {}};
    ASSAY_TRY(proposal.replacement,
              command::hex_value<Digest>("--replacement", options.replacement));
    ASSAY_TRY(const crypto::AgeIdentity key, scoring_key(session, options.scoring));
    ASSAY_TRY(const Digest scorer, own_digest(session));
    ASSAY_TRY(const server_core::DryRun run, house.scoring(scorer).dry_run(sitting, proposal, key));
    const Bytes report = record::write_document(run);
    ASSAY_TRY_STATUS(write_new(session, options.report, report));
    record::Correction out;
    out.sitting = sitting;
    for (const server_core::Change& change : run.changes) {
        out.replaced.push_back(change.replaced);
        tell(session.say("server.correction.change"_id,
                         {{"attempt", change.attempt.hex()},
                          {"old", std::to_string(change.old_score_milli)},
                          {"new", std::to_string(change.score_milli)},
                          {"oldState", std::string(record::word(change.old_state))},
                          {"newState", std::string(record::word(change.state))}}));
    }
    out.what = options.what;
    out.replacement = proposal.replacement;
    out.reason = options.reason;
    out.report = crypto::sha256(report);
    out.time = session.clock.wall();
    return drafted(session, options.out, std::move(out));
}

Result<int> correct(const Session& session, House& house, const RulingOptions& options) {
    ASSAY_TRY(const Bytes file, read_statement(session, options.path));
    ASSAY_TRY(const crypto::AgeIdentity key, scoring_key(session, options.scoring));
    ASSAY_TRY(const Digest scorer, own_digest(session));
    ASSAY_TRY(const auto run, house.scoring(scorer).correct(file, key));
    return print_scored(session, run);
}

Result<int> recover(const Session& session, House& house, const RulingOptions& options) {
    ASSAY_TRY(const Bytes file, read_statement(session, options.path));
    ASSAY_TRY(const Bytes package, read_file(session.disk, options.package, kPackageFileBytesMax));
    ASSAY_TRY(const auto reply, house.rulings().recover(file, package));
    return kept(session, options.path);
}

Result<int> erase(const Session& session, House& house, const RulingOptions& options) {
    ASSAY_TRY(const Bytes file, read_statement(session, options.path));
    ASSAY_TRY(const std::size_t count, house.rulings().erase(file));
    print({{"erased", count}});
    return kept(session, options.path);
}

using Rule = Status (server_core::Rulings::*)(ByteView);

void add_signed(CommandLine& line, const char* name, MessageId help, Rule rule,
                const Options& options) {
    const Session& session = line.session();
    CLI::App& added =
        line.on_house(name, help, [&session, options, rule](House& house) -> Result<int> {
            ASSAY_TRY(const Bytes file, read_statement(session, options->path));
            server_core::Rulings rulings = house.rulings();
            ASSAY_TRY_STATUS((rulings.*rule)(file));
            return kept(session, options->path);
        });
    line.required(added, "path", options->path, "server.help.path"_id);
}

void add_drafts(CommandLine& line, const Options& options) {
    const Session& session = line.session();
    CLI::App& decision =
        line.command("draft-decision", "server.help.draft-decision"_id,
                     [&session, options] { return draft_decision(session, *options); });
    line.required(decision, "--sitting", options->sitting, "server.help.sitting"_id);
    line.required(decision, "--attempt", options->attempt, "server.help.attempt"_id);
    line.required(decision, "--question", options->question, "server.help.question"_id);
    line.option(decision, "--candidate", options->many, "server.help.candidate"_id);
    line.option(decision, "--chosen", options->chosen, "server.help.chosen"_id);
    line.required(decision, "--reason", options->reason, "server.help.reason"_id);
    line.required(decision, "--out", options->out, "server.help.out"_id);

    CLI::App& publication = line.on_house(
        "draft-publication", "server.help.draft-publication"_id,
        [&session, options](House& house) { return draft_publication(session, house, *options); });
    line.required(publication, "--sitting", options->sitting, "server.help.sitting"_id);
    line.required(publication, "--out", options->out, "server.help.out"_id);

    CLI::App& erasure = line.on_house(
        "draft-erasure", "server.help.draft-erasure"_id,
        [&session, options](House& house) { return draft_erasure(session, house, *options); });
    line.required(erasure, "--sitting", options->sitting, "server.help.sitting"_id);
    line.option(erasure, "--attempt", options->many, "server.help.attempt"_id);
    line.required(erasure, "--reason", options->reason, "server.help.reason"_id);
    line.required(erasure, "--out", options->out, "server.help.out"_id);
}

void add_corrections(CommandLine& line, const Options& options) {
    const Session& session = line.session();
    CLI::App& draft = line.on_house(
        "draft-correction", "server.help.draft-correction"_id,
        [&session, options](House& house) { return draft_correction(session, house, *options); });
    line.required(draft, "--sitting", options->sitting, "server.help.sitting"_id);
    line.required(draft, "--what", options->what, "server.help.what"_id);
    line.required(draft, "--replacement", options->replacement, "server.help.replacement"_id);
    line.required(draft, "--reason", options->reason, "server.help.reason"_id);
    line.required(draft, "--report", options->report, "server.help.report"_id);
    line.required(draft, "--out", options->out, "server.help.out"_id);
    scoring_options(line, draft, options->scoring);

    CLI::App& corrected = line.on_house(
        "correct", "server.help.correct"_id,
        [&session, options](House& house) { return correct(session, house, *options); });
    line.required(corrected, "path", options->path, "server.help.path"_id);
    scoring_options(line, corrected, options->scoring);
}

}  // namespace

void add_ruling_commands(CommandLine& line) {
    const Session& session = line.session();
    const auto options = std::make_shared<RulingOptions>();
    add_drafts(line, options);
    add_corrections(line, options);
    add_signed(line, "decide", "server.help.decide"_id, &server_core::Rulings::decide, options);
    add_signed(line, "publish", "server.help.publish"_id, &server_core::Rulings::publish, options);

    CLI::App& erased = line.on_house(
        "erase", "server.help.erase"_id,
        [&session, options](House& house) { return erase(session, house, *options); });
    line.required(erased, "path", options->path, "server.help.path"_id);

    CLI::App& recovered = line.on_house(
        "recover", "server.help.recover"_id,
        [&session, options](House& house) { return recover(session, house, *options); });
    line.required(recovered, "path", options->path, "server.help.path"_id);
    line.required(recovered, "--package", options->package, "server.help.package"_id);
}

}  // namespace assay::server_cli
