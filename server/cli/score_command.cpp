#include "crypto/base32.h"
#include "crypto/command/new_file.h"
#include "crypto/command/option_value.h"
#include "crypto/file_hash.h"
#include "server/cli/command_line.h"
#include "server/cli/files.h"
#include "server/cli/scoring_options.h"
#include "server/core/exports.h"
#include "server/core/openings.h"

namespace assay::server_cli {
namespace {

struct ScoreOptions {
    std::string sitting;
    std::string out;
    std::string opening;
    ScoringRing scoring;
};

boost::json::object row_of(const server_core::ScoredAttempt& attempt) {
    boost::json::object row{{"attempt", attempt.attempt.hex()}};
    row["state"] = attempt.state ? record::word(*attempt.state) : std::string_view("open");
    row["new"] = attempt.fresh;
    boost::json::array unmarked;
    for (const std::string& item : attempt.unmarked) {
        unmarked.emplace_back(item);
    }
    row["unmarked"] = std::move(unmarked);
    boost::json::array disputed;
    for (const std::string& item : attempt.disputed) {
        disputed.emplace_back(item);
    }
    row["disputed"] = std::move(disputed);
    if (attempt.problem) {
        row["problem"] = attempt.problem->what.id.text();
    }
    return row;
}

Result<int> score(const Session& session, House& house, const ScoreOptions& options) {
    ASSAY_TRY(const SittingId sitting, command::hex_value<SittingId>("--sitting", options.sitting));
    ASSAY_TRY(const crypto::AgeIdentity key, scoring_key(session, options.scoring));
    ASSAY_TRY(const Digest scorer, own_digest(session));
    ASSAY_TRY(const auto run, house.scoring(scorer).score(sitting, key));
    return print_scored(session, run);
}

MessageId word_of(record::ResultState state) {
    switch (state) {
        case record::ResultState::kPassed:
            return "server.csv.passed"_id;
        case record::ResultState::kFailed:
            return "server.csv.failed"_id;
        case record::ResultState::kAbsent:
            return "server.csv.absent"_id;
        case record::ResultState::kVoid:
            return "server.csv.void"_id;
        case record::ResultState::kWithheld:
            break;
    }
    return "server.csv.withheld"_id;
}

/// A spreadsheet is for people; the column of codes beside it is for programs.
server_core::CsvWords csv_words(const Session& session) {
    const auto say = [&session](MessageId id) { return session.say(id); };
    return {{say("server.csv.number"_id), say("server.csv.name"_id), say("server.csv.seat"_id),
             say("server.csv.state"_id), say("server.csv.code"_id), say("server.csv.score"_id),
             say("server.csv.maximum"_id), say("server.csv.sequence"_id),
             say("server.csv.digest"_id), say("server.csv.attempt"_id)},
            [say](record::ResultState state) { return say(word_of(state)); }};
}

Result<int> results(const Session& session, House& house, const ScoreOptions& options) {
    ASSAY_TRY(const SittingId sitting, command::hex_value<SittingId>("--sitting", options.sitting));
    ASSAY_TRY(const server_core::Exported out,
              server_core::export_results(house.ports(), house.sittings(), sitting, session.disk,
                                          options.out, csv_words(session)));
    tell(session.say("server.exported"_id, {{"count", std::to_string(out.results)},
                                            {"without", std::to_string(out.without)},
                                            {"path", options.out}}));
    print({{"results", out.results}, {"reports", out.reports}, {"without", out.without}});
    return 0;
}

Result<int> open(const Session& session, House& house, const ScoreOptions& options) {
    ASSAY_TRY(const Bytes opening, read_statement(session, options.opening));
    ASSAY_TRY(const crypto::AgeIdentity key, scoring_key(session, options.scoring));
    ASSAY_TRY(const server_core::OpenedAttempt opened,
              server_core::open_attempt(house.ports(), house.trust(), house.sittings(),
                                        house.intake(), opening, key));
    const Path out = options.out;
    ASSAY_TRY_STATUS(session.disk.make_folders(out));
    command::NewFiles files(session.disk);
    ASSAY_TRY_STATUS(files.write(out / "attempt-key.age", opened.key));
    ASSAY_TRY_STATUS(files.write(out / "package.age", opened.package));
    ASSAY_TRY_STATUS(files.write(out / "package.dsse.json", opened.statement));
    ASSAY_TRY_STATUS(files.write(out / "opening.dsse.json", opening));
    ASSAY_TRY_STATUS(files.write(out / "opening.tlog-proof", as_bytes(opened.receipt)));
    files.keep();
    tell(session.say("server.opened"_id, {{"path", options.out}}));
    return 0;
}

}  // namespace

void scoring_options(CommandLine& line, CLI::App& command, ScoringRing& options) {
    line.required(command, "--scoring-ring", options.ring.path, "server.help.scoring-ring"_id);
    command::pin_option(line, command, options.ring.pin, "--scoring-pin-fd");
    line.option(command, "--scoring-key", options.key, "server.help.scoring-key"_id);
}

Result<crypto::AgeIdentity> scoring_key(const Session& session, const ScoringRing& options) {
    ASSAY_TRY(const crypto::KeyRing ring, open_ring(session, options.ring.path, options.ring.pin));
    return ring.age(options.key);
}

/// H of the program that runs: a result names what computed it.
Result<Digest> own_digest(const Session& session) {
    ASSAY_TRY(const auto file, session.disk.open_read_only("/proc/self/exe"));
    return crypto::sha256(*file);
}

Result<int> print_scored(const Session& session,
                         const std::vector<server_core::ScoredAttempt>& run) {
    boost::json::array rows;
    std::size_t problems = 0;
    for (const server_core::ScoredAttempt& attempt : run) {
        rows.push_back(row_of(attempt));
        if (attempt.problem) {
            tell(attempt.attempt.hex() + ": " +
                 session.texts.say_error(session.language, *attempt.problem));
            ++problems;
        }
    }
    tell(session.say("server.scored"_id, {{"count", std::to_string(run.size())},
                                          {"problems", std::to_string(problems)}}));
    print(rows);
    return problems == 0 ? 0 : exit_code(Code::kRefused);
}

void add_score_commands(CommandLine& line) {
    const Session& session = line.session();
    const auto options = std::make_shared<ScoreOptions>();
    CLI::App& scored = line.on_house(
        "score", "server.help.score"_id,
        [&session, options](House& house) { return score(session, house, *options); });
    line.required(scored, "--sitting", options->sitting, "server.help.sitting"_id);
    scoring_options(line, scored, options->scoring);

    CLI::App& exported = line.on_house(
        "results", "server.help.results"_id,
        [&session, options](House& house) { return results(session, house, *options); });
    line.required(exported, "--sitting", options->sitting, "server.help.sitting"_id);
    line.required(exported, "--out", options->out, "server.help.out"_id);

    CLI::App& opened =
        line.on_house("open", "server.help.open"_id,
                      [&session, options](House& house) { return open(session, house, *options); });
    line.required(opened, "--opening", options->opening, "server.help.opening"_id);
    line.required(opened, "--out", options->out, "server.help.out"_id);
    scoring_options(line, opened, options->scoring);
}

}  // namespace assay::server_cli
