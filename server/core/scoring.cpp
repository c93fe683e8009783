#include "server/core/scoring.h"

#include <algorithm>

#include "question-bank/sealed/capsule.h"
#include "question-bank/sealed/scoring.h"
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

/// Number, predecessor, salt and time may differ: what a person would call the same result.
bool same_result(const record::AttemptResult& a, const record::AttemptResult& b) {
    return a.manifest == b.manifest && a.source == b.source && a.scoring == b.scoring &&
           a.outcomes == b.outcomes && a.marks == b.marks && a.score_milli == b.score_milli &&
           a.max_milli == b.max_milli && a.state == b.state;
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

/// A scoring view may be larger than what Store::body gives. open_scoring checks the digest.
Result<Bytes> whole_body(store::Store& store, const Digest& digest) {
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

Result<std::vector<ScoredAttempt>> Scoring::score(const SittingId& id,
                                                  const crypto::AgeIdentity& scoring_key) {
    ASSAY_TRY(const auto sitting, parts_.sittings.find(id));
    if (record::public_of(scoring_key.recipient()) != sitting->manifest.object.scoring_recipient) {
        return fail(Code::kDenied, "server.score.key"_id);
    }
    std::vector<ScoredAttempt> out;
    for (const record::AttemptRow& row : sitting->attempts.attempts) {
        auto scored = score_one(*sitting, row, scoring_key);
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
    ports_.log.info("server.log.scored"_id,
                    {{"sitting", id.hex()}, {"attempts", std::to_string(out.size())}});
    return out;
}

Result<ScoredAttempt> Scoring::score_one(const Sitting& sitting, const record::AttemptRow& row,
                                         const crypto::AgeIdentity& scoring_key) {
    const auto package = parts_.intake.accepted(row.attempt);
    if (package.ok()) {
        return score_package(sitting, row, *package, scoring_key);
    }
    if (package.error().code != Code::kNotFound) {
        return package.error();
    }
    return score_missing(sitting, row);
}

/// Nothing to open: the rooms' accounts say why.
Result<ScoredAttempt> Scoring::score_missing(const Sitting& sitting,
                                             const record::AttemptRow& row) {
    ASSAY_TRY(const auto account, account_of(ports_, sitting, row.attempt));
    if (!account) {
        ScoredAttempt open;
        open.attempt = row.attempt;
        return open;
    }
    const bool absent = account->row.disposition == record::Disposition::kAbsent;
    record::AttemptResult result =
        result_for(sitting, row.attempt, account->seal,
                   absent ? record::ResultState::kAbsent : record::ResultState::kWithheld);
    ASSAY_TRY(ScoredAttempt out, keep_result(sitting, std::move(result), ""));
    if (account->row.package) {
        out.problem = fail(Code::kNotFound, "server.score.package-missing"_id,
                           {{"attempt", row.attempt.hex()}});
    }
    return out;
}

Result<record::PackageContents> Scoring::open_contents(const record::AttemptRow& row,
                                                       const record::Package& package,
                                                       const crypto::AgeIdentity& scoring_key) {
    ASSAY_TRY(const Bytes file, ports_.store.body(package.package));
    ASSAY_TRY(const store::Wrap wrap, ports_.store.wrap(row.attempt, kScoringWrap));
    ASSAY_TRY(const crypto::AgeIdentity key,
              sealed::open_capsule(wrap.sealed, scoring_key, row.recipient));
    ASSAY_TRY(Bytes tar, crypto::age_decrypt(file, key));
    const crypto::WipeLater wiper(tar);
    return record::read_contents(tar);
}

Result<ScoredAttempt> Scoring::score_package(const Sitting& sitting, const record::AttemptRow& row,
                                             const record::Signed<record::Package>& package,
                                             const crypto::AgeIdentity& scoring_key) {
    ASSAY_TRY(const record::PackageContents contents,
              open_contents(row, package.object, scoring_key));
    const Status agrees = record::check_contents(package.object, contents);
    ASSAY_TRY_STATUS(keep_opened(package, contents, agrees.ok()));
    record::AttemptResult result =
        result_for(sitting, row.attempt, package.digest, record::ResultState::kWithheld);
    if (!agrees.ok()) {
        ASSAY_TRY(ScoredAttempt out, keep_result(sitting, std::move(result), ""));
        out.problem = agrees.error();
        return out;
    }
    ASSAY_TRY(const record::Answers answers,
              record::read_document<record::Answers>(contents.answers));
    std::vector<const ScoringPaper*> papers;
    for (const record::PartDigest& part : package.object.parts) {
        ASSAY_TRY(const ScoringPaper* const view, paper(part, scoring_key, result));
        papers.push_back(view);
    }
    ASSAY_TRY(Marks marks, marks_of(ports_, row.attempt));
    ScoreRequest request;
    request.parts = papers;
    request.answers = &answers;
    request.marks = marks.sheets;
    request.pass = sitting.manifest.object.rules.pass;
    request.time = package.object.time;
    ASSAY_TRY(AttemptScore score, score_attempt(request));
    result.outcomes = std::move(score.outcomes);
    result.marks = std::move(marks.digests);
    result.score_milli = score.score_milli;
    result.max_milli = score.max_milli;
    result.state = score.state;
    ASSAY_TRY(ScoredAttempt out, keep_result(sitting, std::move(result), score.report));
    out.unmarked = std::move(score.unmarked);
    return out;
}

Result<const ScoringPaper*> Scoring::paper(const record::PartDigest& part,
                                           const crypto::AgeIdentity& scoring_key,
                                           record::AttemptResult& result) {
    if (!papers_.contains(part.part)) {
        ASSAY_TRY(const auto keys, parts_.trust.keys());
        ASSAY_TRY(const KeptPart kept_part, parts_.sittings.part(part.part));
        if (kept_part.bank.object.bank != part.bank) {
            return fail(Code::kRefused, "server.score.other-bank"_id, {{"part", part.part.hex()}});
        }
        ASSAY_TRY(const Bytes capsule, ports_.store.body(kept_part.scoring_key));
        ASSAY_TRY(const crypto::AgeIdentity view_key,
                  sealed::open_capsule(capsule, scoring_key, kept_part.scoring.object.recipient));
        ASSAY_TRY(const Bytes file, whole_body(ports_.store, kept_part.scoring.object.scoring));
        ASSAY_TRY(sealed::ScoringView view,
                  sealed::open_scoring(file, kept_part.scoring, kept_part.bank, *keys, view_key));
        views_[part.part] = view.scoring;
        ASSAY_TRY(const item::Package package, item::make_package(std::move(view.files)));
        ASSAY_TRY(ScoringPaper read, ScoringPaper::read(package));
        papers_[part.part] = std::make_unique<const ScoringPaper>(std::move(read));
    }
    result.scoring.push_back(views_.at(part.part));
    return papers_.at(part.part).get();
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

Result<ScoredAttempt> Scoring::keep_result(const Sitting& sitting, record::AttemptResult result,
                                           const std::string& report) {
    ScoredAttempt out;
    out.attempt = result.attempt;
    out.state = result.state;
    if (const auto last = newest_result(ports_, result.attempt); last.ok()) {
        if (same_result(last->object, result)) {
            return out;
        }
        if (last->object.state != record::ResultState::kWithheld) {
            return fail(Code::kRefused, "server.score.correction"_id,
                        {{"attempt", result.attempt.hex()}});
        }
        result.number = last->object.number + 1;
        result.predecessor = last->digest;
    }
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
    ASSAY_TRY(const std::string receipt, keep(ports_, entry, where));
    out.fresh = true;
    return out;
}

Status Scoring::add_mark(ByteView file) {
    ASSAY_TRY(const auto keys, parts_.trust.keys());
    ASSAY_TRY(const auto sheet, record::read_signed<record::MarkSheet>(file));
    ASSAY_TRY_STATUS(record::require(sheet, keys->officers(), 1));
    ASSAY_TRY(const auto sitting, parts_.sittings.find_by_attempt(sheet.object.attempt));
    return ports_.store.put_personal(
        {{kMarkTable, sheet.object.attempt, to_bytes(sheet.digest.view()), to_bytes(file)}});
}

}  // namespace assay::server_core
