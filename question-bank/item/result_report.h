#pragma once

#include <string>
#include <vector>

#include "crypto/base/clock.h"
#include "question-bank/item/score.h"

namespace assay::item {

/// What a report says about one item of an attempt.
struct ItemReport {
    std::string identifier;
    std::size_t sequence = 0;  ///< place on the paper, from 1
    std::string session_status = "final";
    WallTime time;
    const Item* item = nullptr;
    Responses responses;
    std::map<std::string, TextLines, std::less<>> raw;  ///< where capture changed an answer
    Values outcomes;  ///< empty before scoring: a score package holds no score
};

/// An attempt as an assessmentResult of QTI Results Reporting 2.2.
struct AttemptReport {
    std::string source_id;  ///< the attempt's id, hex: no name, no number of a person
    std::string test_identifier;
    WallTime time;
    Values test_outcomes;
    std::vector<ItemReport> items;
};

/// XML in UTF-8, the same bytes for the same report.
std::string write_result_report(const AttemptReport& report);

}  // namespace assay::item
