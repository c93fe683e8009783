#include "question-bank/preview/words.h"

namespace assay::preview {

namespace {

struct Word {
    const char* key;
    MessageId id;
};

constexpr Word kWords[] = {
    {"preview", "preview.page.preview"_id},
    {"tests", "preview.page.tests"_id},
    {"items", "preview.page.items"_id},
    {"item", "preview.page.item"_id},
    {"choose", "preview.page.choose"_id},
    {"theme", "preview.page.theme"_id},
    {"light", "preview.page.light"_id},
    {"dark", "preview.page.dark"_id},
    {"contrast", "preview.page.contrast"_id},
    {"seed", "preview.page.seed"_id},
    {"language", "preview.page.language"_id},
    {"show-key", "preview.page.show-key"_id},
    {"clear", "preview.page.clear"_id},
    {"tools", "preview.page.tools"_id},
    {"show-feedback", "preview.page.show-feedback"_id},
    {"next", "preview.page.next"_id},
    {"end", "preview.page.end"_id},
    {"back", "preview.page.back"_id},
    {"outcomes", "preview.page.outcomes"_id},
    {"test-outcomes", "preview.page.test-outcomes"_id},
    {"responses", "preview.page.responses"_id},
    {"typed", "preview.page.typed"_id},
    {"counts", "preview.page.counts"_id},
    {"key", "preview.page.key"_id},
    {"mapping", "preview.page.mapping"_id},
    {"nothing", "preview.page.nothing"_id},
    {"width", "preview.page.width"_id},
    {"fold-exact", "preview.page.fold-exact"_id},
    {"fold-width", "preview.page.fold-width"_id},
    {"fold-punctuation", "preview.page.fold-punctuation"_id},
    {"fold-unset", "preview.page.fold-unset"_id},
    {"chosen", "preview.page.chosen"_id},
    {"score", "preview.page.score"_id},
    {"correct", "preview.page.correct"_id},
    {"marker", "preview.page.marker"_id},
    {"score-null", "preview.page.score-null"_id},
    {"feedback", "preview.page.feedback"_id},
    {"rubric", "preview.page.rubric"_id},
    {"warnings", "preview.page.warnings"_id},
    {"error", "preview.page.error"_id},
    {"attempt", "preview.page.attempt"_id},
    {"gone", "preview.page.gone"_id},
};

}  // namespace

boost::json::object page_words(const text::Texts& texts, text::Language language) {
    boost::json::object out;
    for (const Word& word : kWords) {
        out[word.key] = texts.say(language, word.id);
    }
    return out;
}

}  // namespace assay::preview
