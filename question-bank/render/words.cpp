#include "question-bank/render/words.h"

#include "question-bank/render/markup.h"

namespace assay::render {
namespace {

struct Word {
    const char* key;
    MessageId id;
};

// What player/*.js asks for with say("key", ...). The player fills the {placeholders}.
constexpr Word kWords[] = {
    {"clear", "render.word.clear"_id},
    {"limit", "render.word.limit"_id},
    {"choose-exactly", "render.word.choose-exactly"_id},
    {"choose-between", "render.word.choose-between"_id},
    {"choose-most", "render.word.choose-most"_id},
    {"choose-least", "render.word.choose-least"_id},
    {"choose-any", "render.word.choose-any"_id},
    {"choose", "render.word.choose"_id},
    {"picked", "render.word.picked"_id},
    {"put-back", "render.word.put-back"_id},
    {"placed", "render.word.placed"_id},
    {"removed", "render.word.removed"_id},
    {"full", "render.word.full"_id},
    {"used-up", "render.word.used-up"_id},
    {"moved", "render.word.moved"_id},
    {"order-open", "render.word.order-open"_id},
    {"order-done", "render.word.order-done"_id},
    {"joined", "render.word.joined"_id},
    {"remove-pair", "render.word.remove-pair"_id},
    {"empty-pairs", "render.word.empty-pairs"_id},
    {"slider-open", "render.word.slider-open"_id},
    {"value", "render.word.value"_id},
    {"point", "render.word.point"_id},
    {"point-added", "render.word.point-added"_id},
    {"point-removed", "render.word.point-removed"_id},
    {"stage", "render.word.stage"_id},
    {"selected", "render.word.selected"_id},
    {"unselected", "render.word.unselected"_id},
    {"count", "render.word.count"_id},
    {"no-file", "render.word.no-file"_id},
    {"has-file", "render.word.has-file"_id},
    {"file-waiting", "render.word.file-waiting"_id},
    {"play", "render.word.play"_id},
    {"pause", "render.word.pause"_id},
    {"plays-left", "render.word.plays-left"_id},
    {"plays-done", "render.word.plays-done"_id},
    {"loading", "render.word.loading"_id},
    {"no-load", "render.word.no-load"_id},
    {"close", "render.word.close"_id},
    {"not-shown", "render.word.not-shown"_id},
    {"disabled", "render.word.disabled"_id},
};

}  // namespace

std::string player_words(const text::Texts& texts, text::Language language) {
    std::string out = "{";
    for (const Word& word : kWords) {
        out += out.size() == 1 ? "" : ",";
        out += json_string(word.key) + ':' + json_string(texts.say(language, word.id));
    }
    return out + '}';
}

}  // namespace assay::render
