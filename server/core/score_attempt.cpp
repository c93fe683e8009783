#include "server/core/score_attempt.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "question-bank/item/number.h"
#include "question-bank/item/score.h"
#include "question-bank/item/shuffle.h"

namespace assay::server_core {
namespace {

constexpr const char* kScore = "SCORE";
constexpr const char* kMaxScore = "MAXSCORE";

double number_or(const item::Values& values, const char* name, double otherwise) {
    const auto found = values.find(name);
    return found == values.end() ? otherwise : item::number_of(found->second).value_or(otherwise);
}

double max_of(const item::Item& read, const item::Values& outcomes) {
    const item::Declaration* score = read.outcome(kScore);
    const double normal = score != nullptr && score->normal_maximum ? *score->normal_maximum : 0;
    return number_or(outcomes, kMaxScore, normal);
}

std::optional<std::vector<std::string>> textual(const item::Value& value) {
    if (value.is_null()) {
        return std::nullopt;
    }
    return item::value_to_text(value);
}

void add_outcomes(std::vector<record::OutcomeEntry>& out, const std::string& item,
                  const item::Values& values) {
    for (const auto& [name, value] : values) {
        out.push_back({item, name, textual(value)});
    }
}

/// A file that was asked for is the value of its response.
const record::AnsweredFile* file_for(const record::AnsweredItem& answered,
                                     const item::NamedResult& asked) {
    for (const record::AnsweredFile& file : answered.files) {
        if (file.name == asked.response || file.name == asked.name) {
            return &file;
        }
    }
    return nullptr;
}

struct Answered {
    item::Responses responses;
    std::map<std::string, item::TextLines, std::less<>> raw;
    bool anything = false;
};

Result<Answered> read_answers(const item::Item& read, const record::AnsweredItem* answered) {
    Answered out;
    if (answered == nullptr) {
        return out;
    }
    for (const record::AnsweredResponse& response : answered->responses) {
        const item::Declaration* declaration = read.response(response.response);
        if (declaration == nullptr || !response.values) {
            continue;
        }
        ASSAY_TRY(out.responses[response.response],
                  item::value_from_text(*declaration, *response.values));
        if (response.typed) {
            out.raw[response.response] = {*response.typed};
        }
        out.anything = true;
    }
    for (const item::NamedResult& asked : read.results) {
        if (const record::AnsweredFile* file = file_for(*answered, asked); file != nullptr) {
            out.responses[asked.response] = item::Value::of(
                item::BaseType::kFile,
                item::FileReference{asked.name, asked.media_type, file->bytes, file->digest});
            out.anything = true;
        }
    }
    return out;
}

/// Scores one part after the other and adds them up.
class Scorer {
  public:
    Scorer(const ScoreRequest& request, std::map<std::string, ItemMarks> marks)
        : request_(request),
          marks_(std::move(marks)),
          seed_(record::form_seed(request.answers->attempt)) {
        report_.source_id = request.answers->attempt.hex();
        report_.time = request.time;
    }

    Status add_part(const ScoringPaper& paper) {
        const item::Test& test = paper.test();
        std::vector<item::ItemResult> results;
        std::vector<record::OutcomeEntry> items;
        for (const item::Form::Entry& entry : item::make_form(test, seed_).entries) {
            ASSAY_TRY_STATUS(add_item(entry, *paper.find(*entry.item), results, items));
        }
        ASSAY_TRY(const item::TestOutcomes outcomes, item::score_test(test, results));
        add_outcomes(out_.outcomes, "", outcomes.values);
        out_.outcomes.insert(out_.outcomes.end(), items.begin(), items.end());
        report_.test_identifier = test.identifier;
        report_.test_outcomes.insert(outcomes.values.begin(), outcomes.values.end());
        add_total(test, outcomes.values);
        return Ok{};
    }

    Result<AttemptScore> finish() {
        for (const auto& [name, mark] : marks_) {
            if (!used_.contains(name)) {
                return fail(Code::kInvalid, "server.mark.item"_id, {{"item", name}});
            }
        }
        out_.state = state();
        out_.report = item::write_result_report(report_);
        return std::move(out_);
    }

  private:
    struct Sum {
        std::int64_t score_milli = 0;
        std::int64_t max_milli = 0;
    };

    const record::AnsweredItem* answered(const std::string& identifier) const {
        const auto& items = request_.answers->items;
        const auto found = std::ranges::find(items, identifier, &record::AnsweredItem::item);
        return found == items.end() ? nullptr : &*found;
    }

    Status add_item(const item::Form::Entry& entry, const item::Item& read,
                    std::vector<item::ItemResult>& results,
                    std::vector<record::OutcomeEntry>& entries) {
        ASSAY_TRY(Answered given, read_answers(read, answered(entry.identifier)));
        item::Circumstances circumstances;
        circumstances.seed = item::seed_for(seed_, entry.identifier);
        ASSAY_TRY(const std::optional<Marked> marked, settle(entry.identifier, read));
        if (marked) {
            circumstances.marks[kScore] =
                item::Value::real(static_cast<double>(marked->mark_milli) / 1000.0);
        } else if (read.needs_marker() && !given.anything) {
            circumstances.marks[kScore] = item::Value::real(0);
        }
        ASSAY_TRY(const item::Outcomes outcomes,
                  item::score_item(read, given.responses, circumstances));
        const std::int64_t max = to_milli(max_of(read, outcomes.values));
        if (read.needs_marker() && given.anything &&
            (!marked || !marked->settled || marked->max_milli != max)) {
            out_.unmarked.push_back(entry.identifier);
            if (marked && marked->disputed) {
                out_.disputed.push_back(entry.identifier);
            }
        }
        Sum& part = parts_[entry.part];
        part.score_milli += to_milli(number_or(outcomes.values, kScore, 0));
        part.max_milli += max;
        add_outcomes(entries, entry.identifier, outcomes.values);
        results.push_back(item::item_result(entry.identifier, read, given.responses, outcomes));
        add_report(entry, read, std::move(given), outcomes);
        return Ok{};
    }

    Result<std::optional<Marked>> settle(const std::string& item, const item::Item& read) {
        const auto marks = marks_.find(item);
        if (marks == marks_.end()) {
            return std::optional<Marked>();
        }
        used_.insert(item);
        const item::Declaration* const declared = read.outcome(kMarkTolerance);
        const auto points = declared == nullptr ? std::nullopt : item::number_of(declared->initial);
        const auto tolerance = points ? std::optional(to_milli(*points)) : std::nullopt;
        ASSAY_TRY(Marked marked, settle_marks(item, marks->second, tolerance));
        return std::optional(marked);
    }

    void add_report(const item::Form::Entry& entry, const item::Item& read, Answered given,
                    const item::Outcomes& outcomes) {
        item::ItemReport report;
        report.identifier = entry.identifier;
        report.sequence = report_.items.size() + 1;
        report.time = request_.time;
        report.item = &read;
        report.responses = std::move(given.responses);
        report.raw = std::move(given.raw);
        report.outcomes = outcomes.values;
        report_.items.push_back(std::move(report));
    }

    /// The test's own SCORE where its outcome processing gives one, else the sum of the items.
    void add_total(const item::Test& test, const item::Values& outcomes) {
        Sum sum;
        for (const item::TestPart& part : test.parts) {
            const Sum& of_part = parts_[&part];
            sum.score_milli += of_part.score_milli;
            sum.max_milli += of_part.max_milli;
        }
        const auto own = outcomes.find(kScore);
        if (test.outcome_processing && own != outcomes.end() &&
            item::number_of(own->second).has_value()) {
            sum.score_milli = to_milli(*item::number_of(own->second));
        }
        for (const item::Declaration& declared : test.outcomes) {
            if (declared.identifier == kScore && declared.normal_maximum) {
                sum.max_milli = to_milli(*declared.normal_maximum);
            }
        }
        out_.score_milli += sum.score_milli;
        out_.max_milli += sum.max_milli;
    }

    record::ResultState state() const {
        if (!out_.unmarked.empty()) {
            return record::ResultState::kWithheld;
        }
        const auto reaches = [](std::int64_t score, std::int64_t max, std::uint32_t permille) {
            return score * 1000 >= max * static_cast<std::int64_t>(permille);
        };
        bool passed = reaches(out_.score_milli, out_.max_milli, request_.pass.total_permille);
        for (const auto& [part, sum] : parts_) {
            passed = passed && reaches(sum.score_milli, sum.max_milli, request_.pass.part_permille);
        }
        return passed ? record::ResultState::kPassed : record::ResultState::kFailed;
    }

    const ScoreRequest& request_;
    std::map<std::string, ItemMarks> marks_;
    std::set<std::string> used_;
    std::uint64_t seed_;
    std::map<const item::TestPart*, Sum> parts_;
    item::AttemptReport report_;
    AttemptScore out_;
};

}  // namespace

std::int64_t to_milli(double points) {
    return std::llround(item::rounded_decimal(points, 3) * 1000.0);
}

Result<ScoringPaper> ScoringPaper::read(const item::Package& package) {
    const auto tests = package.of_kind(item::ResourceKind::kTest);
    if (tests.empty()) {
        return fail(Code::kNotFound, "server.score.no-test"_id);
    }
    const std::string& path = tests.front()->href;
    ScoringPaper out;
    ASSAY_TRY(item::Test test, item::read_test_at(package, path));
    for (const item::Test::Place& place : test.places()) {
        const auto at = item::resolve(path, place.item->href);
        if (!at) {
            return fail(Code::kInvalid, "server.score.item"_id, {{"item", place.item->identifier}});
        }
        ASSAY_TRY(item::Item read, item::read_item_at(package, *at));
        out.items_.emplace(place.item->href, std::move(read));
    }
    out.test_ = std::make_unique<const item::Test>(std::move(test));
    return out;
}

const item::Item* ScoringPaper::find(const item::ItemRef& reference) const {
    const auto found = items_.find(reference.href);
    return found == items_.end() ? nullptr : &found->second;
}

Result<AttemptScore> score_attempt(const ScoreRequest& request) {
    ASSAY_TRY(auto marks, marks_by_item(request.marks));
    Scorer scorer(request, std::move(marks));
    for (const ScoringPaper* paper : request.parts) {
        ASSAY_TRY_STATUS(scorer.add_part(*paper));
    }
    return scorer.finish();
}

}  // namespace assay::server_core
