#include "server/core/scoring.h"

#include <algorithm>

#include "crypto/record/verify_office.h"
#include "question-bank/sealed/capsule.h"
#include "question-bank/sealed/scoring.h"
#include "server/core/rulings.h"
#include "server/core/tables.h"

namespace assay::server_core {
namespace {

Bytes number_key(std::uint64_t number) {
    Bytes out;
    append_be64(out, number);
    return out;
}

record::AttemptResult result_for(const Sitting& sitting, const AttemptId& attempt,
                                 const Digest& source, record::ResultState state) {
    record::AttemptResult out;
    out.attempt = attempt;
    out.manifest = sitting.manifest.digest;
    out.source = source;
    out.state = state;
    return out;
}

struct Marks {
    std::vector<record::MarkSheet> sheets;
    std::vector<Digest> digests;
};

Result<Marks> marks_of(Ports& ports, const AttemptId& attempt) {
    ASSAY_TRY(const auto rows, ports.store.personal(kMarkTable, attempt));
    std::vector<record::Signed<record::MarkSheet>> sheets;
    for (const store::PersonalRow& row : rows) {
        ASSAY_TRY(auto sheet, record::read_signed<record::MarkSheet>(row.value));
        sheets.push_back(std::move(sheet));
    }
    // By time, then digest: the same order wherever the same sheets are.
    std::ranges::sort(sheets, [](const auto& a, const auto& b) {
        return std::pair(a.object.time, a.digest) < std::pair(b.object.time, b.digest);
    });
    Marks out;
    for (auto& sheet : sheets) {
        out.digests.push_back(sheet.digest);
        out.sheets.push_back(std::move(sheet.object));
    }
    return out;
}

/// What the rooms' newest seals say about an attempt.
struct Account {
    Digest seal;
    record::SealRow row;
};

Result<std::optional<Account>> account_of(Ports& ports, const Sitting& sitting,
                                          const AttemptId& attempt) {
    store::Keys where;
    where.sitting = sitting.manifest.object.sitting;
    ASSAY_TRY(const auto seals, all_kept<record::Seal>(ports, where));
    std::map<RoomId, const record::Signed<record::Seal>*> newest;
    for (const auto& seal : seals) {
        auto& slot = newest[seal.object.room];
        if (slot == nullptr || slot->object.number < seal.object.number) {
            slot = &seal;
        }
    }
    for (const auto& [room, seal] : newest) {
        for (const record::SealRow& row : seal->object.rows) {
            if (row.attempt == attempt && row.disposition != record::Disposition::kMovedTo) {
                return std::optional<Account>(Account{seal->digest, row});
            }
        }
    }
    return std::optional<Account>();
}

}  // namespace

Result<Bytes> scoring_view_file(store::Store& store, const Digest& digest) {
    ASSAY_TRY(const std::uint64_t size, store.body_size(digest));
    if (size > sealed::kScoringBytesMax) {
        return fail(Code::kLimit, "server.score.view-size"_id,
                    {{"limit", std::to_string(sealed::kScoringBytesMax)}});
    }
    Bytes out;
    while (out.size() < size) {
        ASSAY_TRY(const Bytes piece, store.body_range(digest, out.size(), store::kBodyBytesMax));
        if (piece.empty()) {
            return fail(Code::kCorrupt, "server.body.unknown"_id);
        }
        append(out, piece);
    }
    return out;
}

bool same_result(const record::AttemptResult& a, const record::AttemptResult& b) {
    return a.source == b.source && a.scoring == b.scoring && a.outcomes == b.outcomes &&
           a.marks == b.marks && a.score_milli == b.score_milli && a.max_milli == b.max_milli &&
           a.state == b.state;
}

Result<record::Signed<record::AttemptResult>> newest_result(Ports& ports,
                                                            const AttemptId& attempt) {
    ASSAY_TRY(const auto rows, ports.store.personal(kResultTable, attempt));
    if (rows.empty()) {
        return fail(Code::kNotFound, "server.result.none"_id, {{"attempt", attempt.hex()}});
    }
    const auto newest = std::ranges::max_element(rows, {}, &store::PersonalRow::key);
    return record::read_signed<record::AttemptResult>(newest->value);
}

Result<Bytes> opened_statement(Ports& ports, const Digest& package) {
    const auto row = ports.store.row(kOpenedTable, to_bytes(package.view()));
    if (!row.ok()) {
        return fail(Code::kNotFound, "server.opened.none"_id);
    }
    ASSAY_TRY(const Digest digest, Digest::from_bytes(row->value));
    ASSAY_TRY(const store::StoredObject stored, ports.store.object(digest));
    return stored.object.envelope;
}

/// The views that the manifest names, those of corrections in their order, then the proposed one.
Result<Scoring::Run> Scoring::begin(const Sitting& sitting, const crypto::AgeIdentity& scoring_key,
                                    const Proposal* proposal) {
    const record::SittingManifest& manifest = sitting.manifest.object;
    if (record::public_of(scoring_key.recipient()) != manifest.scoring_recipient) {
        return fail(Code::kDenied, "server.score.key"_id);
    }
    Run run{sitting, scoring_key, {}};
    std::vector<Digest> corrected;
    store::Keys where;
    where.sitting = manifest.sitting;
    ASSAY_TRY(const auto corrections, all_kept<record::Correction>(ports_, where));
    for (const auto& each : corrections) {
        if (each.object.what == kCorrectView) {
            corrected.push_back(each.object.replacement);
        }
    }
    if (proposal != nullptr && proposal->what == kCorrectView) {
        corrected.push_back(proposal->replacement);
    }
    for (const record::ManifestPart& part : manifest.parts) {
        run.views[part.part] = part.scoring;
        for (const Digest& view : corrected) {
            if (parts_.sittings.part_with_view(part.part, view).ok()) {
                run.views[part.part] = view;
            }
        }
    }
    return run;
}

Result<std::vector<ScoredAttempt>> Scoring::score(const SittingId& id,
                                                  const crypto::AgeIdentity& scoring_key) {
    ASSAY_TRY(const auto sitting, parts_.sittings.find(id));
    ASSAY_TRY(const Run run, begin(*sitting, scoring_key, nullptr));
    return score_all(run, nullptr);
}

Result<std::vector<ScoredAttempt>> Scoring::score_all(
    const Run& run, const record::Signed<record::Correction>* why) {
    std::vector<ScoredAttempt> out;
    for (const record::AttemptRow& row : run.sitting.attempts.attempts) {
        auto scored = score_one(run, row, why);
        if (!scored.ok()) {
            ports_.log.error(scored.error());
            ScoredAttempt trouble;
            trouble.attempt = row.attempt;
            trouble.problem = scored.error();
            out.push_back(std::move(trouble));
            continue;
        }
        out.push_back(std::move(scored).value());
    }
    ports_.log.info("server.log.scored"_id, {{"sitting", run.sitting.manifest.object.sitting.hex()},
                                             {"attempts", std::to_string(out.size())}});
    return out;
}

Result<ScoredAttempt> Scoring::score_one(const Run& run, const record::AttemptRow& row,
                                         const record::Signed<record::Correction>* why) {
    ASSAY_TRY(Computed computed, compute(run, row));
    if (!computed.result) {
        ScoredAttempt open;
        open.attempt = row.attempt;
        return open;
    }
    return keep_result(run.sitting, std::move(computed), why);
}

Result<Scoring::Computed> Scoring::compute(const Run& run, const record::AttemptRow& row) {
    ASSAY_TRY(const auto voided, void_decision(ports_, row.attempt));
    if (voided) {
        Computed out;
        out.result = result_for(run.sitting, row.attempt, *voided, record::ResultState::kVoid);
        return out;
    }
    const auto package = parts_.intake.accepted(row.attempt);
    if (package.ok()) {
        return compute_package(run, row, *package);
    }
    if (package.error().code != Code::kNotFound) {
        return package.error();
    }
    return compute_missing(run.sitting, row);
}

/// Nothing to open: the rooms' accounts say why.
Result<Scoring::Computed> Scoring::compute_missing(const Sitting& sitting,
                                                   const record::AttemptRow& row) {
    ASSAY_TRY(const auto account, account_of(ports_, sitting, row.attempt));
    Computed out;
    if (!account) {
        return out;
    }
    const bool absent = account->row.disposition == record::Disposition::kAbsent;
    out.result = result_for(sitting, row.attempt, account->seal,
                            absent ? record::ResultState::kAbsent : record::ResultState::kWithheld);
    if (account->row.package) {
        out.problem = fail(Code::kNotFound, "server.score.package-missing"_id,
                           {{"attempt", row.attempt.hex()}});
    }
    return out;
}

Result<record::PackageContents> Scoring::open_contents(const Run& run,
                                                       const record::AttemptRow& row,
                                                       const record::Package& package) {
    ASSAY_TRY(const Bytes file, ports_.store.body(package.package));
    ASSAY_TRY(const store::Wrap wrap, ports_.store.wrap(row.attempt, kScoringWrap));
    ASSAY_TRY(const crypto::AgeIdentity key,
              sealed::open_capsule(wrap.sealed, run.scoring_key, row.recipient));
    ASSAY_TRY(Bytes tar, crypto::age_decrypt(file, key));
    const crypto::WipeLater wiper(tar);
    return record::read_contents(tar);
}

Result<Scoring::Computed> Scoring::compute_package(const Run& run, const record::AttemptRow& row,
                                                   const record::Signed<record::Package>& package) {
    ASSAY_TRY(const record::PackageContents contents, open_contents(run, row, package.object));
    const Status agrees = record::check_contents(package.object, contents);
    ASSAY_TRY_STATUS(keep_opened(package, contents, agrees.ok()));
    Computed out;
    out.result =
        result_for(run.sitting, row.attempt, package.digest, record::ResultState::kWithheld);
    if (!agrees.ok()) {
        out.problem = agrees.error();
        return out;
    }
    ASSAY_TRY_STATUS(add_score(run, package.object, contents, out));
    return out;
}

Status Scoring::add_score(const Run& run, const record::Package& package,
                          const record::PackageContents& contents, Computed& out) {
    record::AttemptResult& result = *out.result;
    ASSAY_TRY(const record::Answers answers,
              record::read_document<record::Answers>(contents.answers));
    std::vector<const ScoringPaper*> papers;
    for (const record::PartDigest& part : package.parts) {
        ASSAY_TRY(const ScoringPaper* const view, paper(run, part));
        papers.push_back(view);
        result.scoring.push_back(run.views.at(part.part));
    }
    ASSAY_TRY(Marks marks, marks_of(ports_, package.attempt));
    ScoreRequest request;
    request.parts = papers;
    request.answers = &answers;
    request.marks = marks.sheets;
    request.pass = run.sitting.manifest.object.rules.pass;
    request.time = package.time;
    ASSAY_TRY(AttemptScore score, score_attempt(request));
    result.outcomes = std::move(score.outcomes);
    result.marks = std::move(marks.digests);
    result.score_milli = score.score_milli;
    result.max_milli = score.max_milli;
    result.state = score.state;
    out.report = std::move(score.report);
    out.unmarked = std::move(score.unmarked);
    out.disputed = std::move(score.disputed);
    return Ok{};
}

Result<const ScoringPaper*> Scoring::paper(const Run& run, const record::PartDigest& part) {
    const auto wanted = run.views.find(part.part);
    if (wanted == run.views.end()) {
        return fail(Code::kRefused, "server.score.other-bank"_id, {{"part", part.part.hex()}});
    }
    const Digest& view_digest = wanted->second;
    if (!papers_.contains(view_digest)) {
        ASSAY_TRY(const auto keys, parts_.trust.keys());
        ASSAY_TRY(const KeptPart kept_part, parts_.sittings.part_with_view(part.part, view_digest));
        if (kept_part.bank.object.bank != part.bank) {
            return fail(Code::kRefused, "server.score.other-bank"_id, {{"part", part.part.hex()}});
        }
        ASSAY_TRY(const Bytes capsule, ports_.store.body(kept_part.scoring_key));
        ASSAY_TRY(
            const crypto::AgeIdentity view_key,
            sealed::open_capsule(capsule, run.scoring_key, kept_part.scoring.object.recipient));
        ASSAY_TRY(const Bytes file, scoring_view_file(ports_.store, view_digest));
        ASSAY_TRY(sealed::ScoringView view,
                  sealed::open_scoring(file, kept_part.scoring, kept_part.bank, *keys, view_key));
        ASSAY_TRY(const item::Package package, item::make_package(std::move(view.files)));
        ASSAY_TRY(ScoringPaper read, ScoringPaper::read(package));
        papers_[view_digest] = std::make_unique<const ScoringPaper>(std::move(read));
    }
    return papers_.at(view_digest).get();
}

/// The word that lets a terminal forget the sitting. The first one stands.
Status Scoring::keep_opened(const record::Signed<record::Package>& package,
                            const record::PackageContents& contents, bool agrees) {
    if (ports_.store.row(kOpenedTable, to_bytes(package.digest.view())).ok()) {
        return Ok{};
    }
    record::Opened opened;
    opened.package = package.digest;
    opened.attempt = package.object.attempt;
    opened.epoch = package.object.epoch;
    opened.commitment_right = record::commitment(contents.salt, package.object.attempt,
                                                 contents.answers) == package.object.commitment;
    opened.answers_equal_journal = agrees;
    opened.time = ports_.clock.wall();
    const auto made = record::sign(std::move(opened), parts_.result_key);
    store::Keys where;
    where.attempt = package.object.attempt;
    store::Batch batch;
    batch.objects.push_back(as_object(made, where));
    batch.objects.back().log = false;
    batch.rows.push_back({kOpenedTable, to_bytes(package.digest.view()), where, "",
                          to_bytes(made.digest.view()), store::kAnyRevision});
    ASSAY_TRY(const store::Committed done, ports_.store.put(std::move(batch)));
    return Ok{};
}

Result<ScoredAttempt> Scoring::keep_result(const Sitting& sitting, Computed computed,
                                           const record::Signed<record::Correction>* why) {
    record::AttemptResult& result = *computed.result;
    ScoredAttempt out;
    out.attempt = result.attempt;
    out.state = result.state;
    out.unmarked = std::move(computed.unmarked);
    out.disputed = std::move(computed.disputed);
    out.problem = std::move(computed.problem);
    if (const auto last = newest_result(ports_, result.attempt); last.ok()) {
        if (same_result(last->object, result)) {
            return out;
        }
        const bool named =
            why != nullptr &&
            std::ranges::find(why->object.replaced, last->digest) != why->object.replaced.end();
        if (last->object.state != record::ResultState::kWithheld && !named) {
            return fail(Code::kRefused, "server.score.correction"_id,
                        {{"attempt", result.attempt.hex()}});
        }
        result.number = last->object.number + 1;
        result.predecessor = last->digest;
        if (named) {
            result.manifest = why->digest;
        }
    }
    ASSAY_TRY_STATUS(sign_result(sitting, std::move(result), computed.report));
    out.fresh = true;
    return out;
}

Status Scoring::sign_result(const Sitting& sitting, record::AttemptResult result,
                            const std::string& report) {
    ports_.random.fill(result.salt.bytes);
    result.scorer = parts_.scorer;
    result.time = ports_.clock.wall();
    const auto made = record::sign(std::move(result), parts_.result_key);
    const Bytes key = number_key(made.object.number);
    std::vector<store::PersonalRow> rows{
        {kResultTable, made.object.attempt, key, to_bytes(made.json())}};
    if (!report.empty()) {
        rows.push_back({kReportTable, made.object.attempt, key, to_bytes(report)});
    }
    ASSAY_TRY_STATUS(ports_.store.put_personal(rows));
    store::Keys where;
    where.site = sitting.manifest.object.site;
    where.sitting = sitting.manifest.object.sitting;
    const auto entry =
        record::sign(record::ResultEntry{made.digest, made.object.time}, parts_.result_key);
    ASSAY_TRY([[maybe_unused]] const std::string receipt, keep(ports_, entry, where));
    return Ok{};
}

Status keep_mark(Ports& ports, const Trust& trust, Sittings& sittings, ByteView file) {
    ASSAY_TRY(const auto keys, trust.keys());
    ASSAY_TRY(const auto sheet, record::read_signed<record::MarkSheet>(file));
    // Attempt and rubric as the sheet has them: whether they are of this exam shows when it counts.
    const record::MarkSheet& object = sheet.object;
    ASSAY_TRY_STATUS(record::check_mark_sheet(sheet, object.attempt, object.rubric, *keys));
    ASSAY_TRY(const auto sitting, sittings.find_by_attempt(sheet.object.attempt));
    ASSAY_TRY(const Marks there, marks_of(ports, object.attempt));
    ASSAY_TRY_STATUS(check_independent(object, there.sheets));
    return ports.store.put_personal(
        {{kMarkTable, sheet.object.attempt, to_bytes(sheet.digest.view()), to_bytes(file)}});
}

}  // namespace assay::server_core
