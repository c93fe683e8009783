#pragma once

#include "crypto/base/check.h"
#include "question-bank/import/item_writer.h"
#include "question-bank/item/item.h"
#include "question-bank/item/score.h"

namespace assay::import::test {

/// Whatever came in is an item that our own reader reads and scores, and its points are what the
/// question says.
inline void check_questions(const Import& source) {
    ASSAY_CHECK(source.questions.size() <= kQuestionsMax);
    for (const auto& question : source.questions) {
        const auto read = item::read_item(as_bytes(item_of(question, "Q1", "zh-CN")));
        if (!read.ok()) {
            ASSAY_CHECK(read.error().code == Code::kLimit);
            continue;
        }
        ASSAY_CHECK(!read->interactions.empty());
        const item::Responses none;
        ASSAY_CHECK(item::score_item(*read, none).ok());
    }
}

}  // namespace assay::import::test
