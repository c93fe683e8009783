#include "tests/terminal/proctor/campaign/tally.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace assay::proctor::campaign {
namespace {

constexpr double kRecallMin = 0.95;
constexpr double kMediumAnHourMax = 0.2;
constexpr double kAnyAnHourMax = 1;
/// A finding belongs to what ended so shortly before it was raised.
constexpr milliseconds kAfter{3000};

std::string name_of(record::FindingCode code) { return std::string(record::word(code)); }
double seconds_of(milliseconds time) { return static_cast<double>(time.count()) / 1000; }

double onset_limit(const std::string& name) {
    if (name == "ID_MISMATCH") {
        return 25;
    }
    if (name == "FEED_LOOP") {
        return 20;
    }
    return name == "FEED_STILL" ? 60 : 1;
}

const Raised* found(const Truth& truth, const Outcome& outcome) {
    for (const Raised& raised : outcome.raised) {
        const bool then = raised.raised >= truth.from && raised.raised <= truth.to + kAfter;
        if (raised.code == truth.code && then) {
            return &raised;
        }
    }
    return nullptr;
}

void say(std::uint64_t seed, const Plan& plan, const Raised& raised) {
    std::fprintf(stderr, "seed %d: %s besides at %.1f..%.1f s, scene %d\n", static_cast<int>(seed),
                 name_of(raised.code).c_str(), seconds_of(raised.onset), seconds_of(raised.raised),
                 static_cast<int>(plan.script.at(raised.onset).scene));
}

}  // namespace

double KindRow::onset_error() const {
    std::vector<double> sorted = onset_errors;
    std::sort(sorted.begin(), sorted.end());
    return sorted.empty() ? 0 : sorted[sorted.size() / 2];
}

void Recall::add(std::uint64_t seed, const Plan& plan, const Outcome& outcome) {
    std::vector<const Raised*> explained;
    for (const Truth& truth : plan.truths) {
        KindRow& row = rows_[name_of(truth.code)];
        ++row.played;
        const Raised* raised = found(truth, outcome);
        if (raised == nullptr) {
            std::fprintf(stderr, "seed %d: %s missed at %.0f s\n", static_cast<int>(seed),
                         name_of(truth.code).c_str(), seconds_of(truth.from));
            continue;
        }
        ++row.found;
        row.onset_errors.push_back(std::abs(seconds_of(raised->onset - truth.from)));
        explained.push_back(raised);
    }
    for (const Raised& raised : outcome.raised) {
        if (std::find(explained.begin(), explained.end(), &raised) == explained.end()) {
            ++rows_[name_of(raised.code)].besides;
            say(seed, plan, raised);
        }
    }
}

int Recall::besides() const {
    int sum = 0;
    for (const auto& [name, row] : rows_) {
        sum += row.besides;
    }
    return sum;
}

void Recall::print() const {
    std::printf("%-18s %7s %7s %7s %10s %8s\n", "kind", "played", "found", "recall", "onset err",
                "besides");
    for (const auto& [name, row] : rows_) {
        std::printf("%-18s %7d %7d %6.0f%% %8.2f s %8d\n", name.c_str(), row.played, row.found,
                    100 * row.recall(), row.onset_error(), row.besides);
    }
}

int Recall::failed() const {
    return static_cast<int>(std::count_if(rows_.begin(), rows_.end(), [](const auto& each) {
        return each.second.recall() < kRecallMin ||
               each.second.onset_error() > onset_limit(each.first);
    }));
}

std::string Recall::json() const {
    std::string out;
    for (const auto& [name, row] : rows_) {
        char text[160];
        std::snprintf(text, sizeof text,
                      "%s\"%s\":{\"played\":%d,\"found\":%d,\"onset\":%.2f,\"besides\":%d}",
                      out.empty() ? "" : ",", name.c_str(), row.played, row.found,
                      row.onset_error(), row.besides);
        out += text;
    }
    return "{" + out + "}";
}

void Benign::add(std::uint64_t seed, const Plan& plan, const Outcome& outcome) {
    ++hours_;
    for (const Raised& raised : outcome.raised) {
        ++raised_[name_of(raised.code)];
        ++any_;
        medium_ += raised.weight >= record::FindingWeight::kMedium ? 1 : 0;
        flagged_ += raised.code == record::FindingCode::kIdMismatch ? 1 : 0;
        say(seed, plan, raised);
    }
    windows_ += static_cast<int>(plan.length.count() / 60000);
    medians_.insert(medians_.end(), outcome.medians.begin(), outcome.medians.end());
    std::sort(medians_.begin(), medians_.end());
}

void Benign::print() const {
    std::printf("false alarms in %d h: %d of any kind, %d of medium or more\n", hours_, any_,
                medium_);
    for (const auto& [name, many] : raised_) {
        std::printf("  %s %d\n", name.c_str(), many);
    }
    std::printf(
        "the same person taken for another: %d in %d windows of a minute; least median "
        "cosine %.2f, 5th percentile %.2f\n",
        flagged_, windows_, medians_.empty() ? 0 : medians_.front(),
        medians_.empty() ? 0 : medians_[medians_.size() / 20]);
}

int Benign::failed() const {
    return (any_ > kAnyAnHourMax * hours_ ? 1 : 0) + (medium_ > kMediumAnHourMax * hours_ ? 1 : 0) +
           (flagged_ > 0 ? 1 : 0);
}

std::string Benign::json() const {
    char text[200];
    std::snprintf(text, sizeof text,
                  "{\"hours\":%d,\"any\":%d,\"medium\":%d,\"windows\":%d,\"flagged\":%d}", hours_,
                  any_, medium_, windows_, flagged_);
    return text;
}

}  // namespace assay::proctor::campaign
