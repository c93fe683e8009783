#include <algorithm>
#include <set>

#include "crypto/record/verify_office.h"
#include "question-bank/item/package.h"
#include "server/audit/part_checks.h"
#include "server/core/score_attempt.h"

// The result, and whether the same bytes come out again.
namespace assay::audit {
namespace {

constexpr const char* kResultFile = "result.dsse.json";

using SignedResult = record::Signed<record::AttemptResult>;

Result<SignedResult> read_result(const Trail& trail, ByteView file) {
    ASSAY_TRY(auto result, record::read_signed<record::AttemptResult>(file));
    // Which correction or result stands before it is not in the folder: those members are its own.
    const record::ResultPlace place{trail.package->object.attempt, result.object.manifest,
                                    trail.package->digest, result.object.predecessor};
    ASSAY_TRY_STATUS(record::check_result(result, place, *trail.keys));
    ASSAY_TRY_STATUS(only_signers(result.envelope, trail.keys->signing(record::Role::kResult)));
    return result;
}

struct Marks {
    std::vector<record::MarkSheet> sheets;
    std::vector<Digest> digests;
};

/// In the order in which the server counts them: by time, then digest.
Marks read_marks(Trail& trail) {
    std::vector<record::Signed<record::MarkSheet>> sheets;
    for (const std::string& name : trail.folder.names("marks", "", ".dsse.json")) {
        const auto read = [&]() -> Result<record::Signed<record::MarkSheet>> {
            ASSAY_TRY(const Bytes file, trail.folder.envelope(name));
            ASSAY_TRY(auto sheet, record::read_signed<record::MarkSheet>(file));
            ASSAY_TRY_STATUS(record::check_mark_sheet(sheet, trail.package->object.attempt,
                                                      sheet.object.rubric, *trail.keys));
            ASSAY_TRY_STATUS(only_signers(sheet.envelope, trail.keys->officers()));
            return sheet;
        };
        auto sheet = read();
        if (trail.report.add({"audit.check.mark"_id, {}}, name,
                             sheet.ok() ? Status(Ok{}) : sheet.error())) {
            sheets.push_back(std::move(*sheet));
        }
    }
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

/// What optional things have to be here before a score can be computed again; nothing where all is.
std::optional<Message> not_given(const Trail& trail, const Views& views,
                                 const SignedResult& result) {
    if (!trail.contents) {
        return Message{"audit.why.not-opened"_id, {}};
    }
    const auto& parts = trail.package->object.parts;
    if (!std::ranges::all_of(parts, [&](const auto& each) { return views.contains(each.part); })) {
        return Message{"audit.why.no-view"_id, {}};
    }
    if (result.object.manifest != trail.manifest->digest) {
        return Message{"audit.why.correction"_id, {}};
    }
    return std::nullopt;
}

Result<server_core::AttemptScore> score_again(const Trail& trail, const Views& views,
                                              const Marks& marks) {
    ASSAY_TRY(const auto answers, record::read_document<record::Answers>(trail.contents->answers));
    std::vector<server_core::ScoringPaper> papers;
    for (const record::PartDigest& part : trail.package->object.parts) {
        ASSAY_TRY(const auto package, item::make_package(views.at(part.part).files));
        ASSAY_TRY(auto paper, server_core::ScoringPaper::read(package));
        papers.push_back(std::move(paper));
    }
    std::vector<const server_core::ScoringPaper*> order;
    for (const auto& paper : papers) {
        order.push_back(&paper);
    }
    server_core::ScoreRequest request;
    request.parts = order;
    request.answers = &answers;
    request.marks = marks.sheets;
    request.pass = trail.manifest->object.rules.pass;
    request.time = trail.package->object.time;
    return server_core::score_attempt(request);
}

/// Thousandths as people write points.
std::string points(std::int64_t milli) {
    std::string rest = std::to_string(1000 + std::abs(milli % 1000)).substr(1);
    rest.erase(rest.find_last_not_of('0') + 1);
    return (milli < 0 ? "-" : "") + std::to_string(std::abs(milli / 1000)) +
           (rest.empty() ? "" : "." + rest);
}

/// The payload that the server would have signed for this score.
Bytes payload_again(const Trail& trail, const Views& views, const SignedResult& result,
                    server_core::AttemptScore score) {
    record::AttemptResult again = result.object;
    again.scoring.clear();
    for (const record::PartDigest& part : trail.package->object.parts) {
        again.scoring.push_back(views.at(part.part).scoring);
    }
    again.outcomes = std::move(score.outcomes);
    again.score_milli = score.score_milli;
    again.max_milli = score.max_milli;
    again.state = score.state;
    return record::payload_of(again);
}

/// The items that come out otherwise without the mark sheets that are not here.
std::set<std::string> unmarked_items(const SignedResult& result,
                                     const Result<server_core::AttemptScore>& score) {
    if (!score.ok()) {
        return {};
    }
    std::set<std::string> out(score->unmarked.begin(), score->unmarked.end());
    for (const record::OutcomeEntry& signed_one : result.object.outcomes) {
        const bool same = std::ranges::any_of(score->outcomes, [&](const auto& each) {
            return each.item == signed_one.item && each.name == signed_one.name &&
                   each.values == signed_one.values;
        });
        if (!same && !signed_one.item.empty()) {
            out.insert(signed_one.item);
        }
    }
    return out;
}

/// Names the items; where none comes out otherwise, other sheets of the same marks are meant.
void miss_marks(Trail& trail, const Message& what, const SignedResult& result,
                const std::set<std::string>& items) {
    for (const std::string& item : items) {
        trail.report.missing(what, "marks/*" + item + ".dsse.json",
                             {"audit.why.mark"_id, {{"item", item}}});
    }
    if (items.empty()) {
        trail.report.missing(
            what, "marks/*.dsse.json",
            {"audit.why.marks"_id, {{"wanted", std::to_string(result.object.marks.size())}}});
    }
}

void recompute(Trail& trail, const Views& views, const SignedResult& result) {
    const Message what{"audit.check.score"_id, {}};
    const Marks marks = read_marks(trail);
    if (auto why = not_given(trail, views, result)) {
        trail.report.skip(what, kResultFile, std::move(*why));
        return;
    }
    auto score = score_again(trail, views, marks);
    if (result.object.marks != marks.digests) {
        miss_marks(trail, what, result, unmarked_items(result, score));
        return;
    }
    if (!score.ok()) {
        trail.report.add(what, kResultFile, score.error());
        return;
    }
    const std::string computed = points(score->score_milli);
    const Message done{"audit.check.score-of"_id,
                       {{"score", computed}, {"max", points(score->max_milli)}}};
    if (payload_again(trail, views, result, std::move(*score)) == result.envelope.payload) {
        trail.report.add(done, kResultFile, Ok{});
        return;
    }
    trail.report.add(
        what, kResultFile,
        disagree("audit.score.other"_id,
                 {{"computed", computed}, {"signed", points(result.object.score_milli)}}));
}

}  // namespace

void check_score(Trail& trail) {
    const Views views = open_views(trail);
    const Message what{"audit.check.result"_id, {}};
    if (!trail.folder.has(kResultFile)) {
        trail.report.skip(what, kResultFile, {"audit.why.optional"_id, {}});
        return;
    }
    if (lacks(trail, what, kResultFile, trail.package.has_value())) {
        return;
    }
    const auto file = take(trail, what, kResultFile, crypto::kEnvelopeBytesMax);
    if (!file) {
        return;
    }
    const auto result = read_result(trail, *file);
    if (trail.report.add(what, kResultFile, result.ok() ? Status(Ok{}) : result.error())) {
        recompute(trail, views, *result);
    }
}

}  // namespace assay::audit
