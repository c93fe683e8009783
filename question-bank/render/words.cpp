#include "question-bank/render/words.h"

#include <span>

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
    {"draw-stage", "render.word.draw-stage"_id},
    {"draw-count", "render.word.draw-count"_id},
    {"draw-down", "render.word.draw-down"_id},
    {"draw-full", "render.word.draw-full"_id},
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

// Those of the tools.
constexpr Word kToolWords[] = {
    {"tools", "render.word.tools"_id},
    {"tool-highlighter", "render.word.tool-highlighter"_id},
    {"tool-eliminator", "render.word.tool-eliminator"_id},
    {"tool-mask", "render.word.tool-mask"_id},
    {"tool-line-reader", "render.word.tool-line-reader"_id},
    {"tool-notes", "render.word.tool-notes"_id},
    {"tool-calculator", "render.word.tool-calculator"_id},
    {"tool-scientific", "render.word.tool-scientific"_id},
    {"tool-read-aloud", "render.word.tool-read-aloud"_id},
    {"tool-on", "render.word.tool-on"_id},
    {"tool-off", "render.word.tool-off"_id},
    {"strike", "render.word.strike"_id},
    {"cover", "render.word.cover"_id},
    {"uncover", "render.word.uncover"_id},
    {"marked", "render.word.marked"_id},
    {"unmarked", "render.word.unmarked"_id},
    {"line-move", "render.word.line-move"_id},
    {"notes-help", "render.word.notes-help"_id},
    {"read-start", "render.word.read-start"_id},
    {"read-stop", "render.word.read-stop"_id},
    {"sum", "render.word.sum"_id},
    {"no-result", "render.word.no-result"_id},
    {"degrees", "render.word.degrees"_id},
    {"key-back", "render.word.key-back"_id},
    {"key-clear", "render.word.key-clear"_id},
    {"key-root", "render.word.key-root"_id},
    {"key-power", "render.word.key-power"_id},
    {"key-equals", "render.word.key-equals"_id},
};

void add_words(std::span<const Word> words, const text::Texts& texts, text::Language language,
               std::string& out) {
    for (const Word& word : words) {
        out += out.size() == 1 ? "" : ",";
        out += json_string(word.key) + ':' + json_string(texts.say(language, word.id));
    }
}

}  // namespace

PlayerWords::PlayerWords(const text::Texts& texts, text::Language language) : plain_("{") {
    add_words(kWords, texts, language, plain_);
    with_tools_ = plain_;
    add_words(kToolWords, texts, language, with_tools_);
    plain_ += '}';
    with_tools_ += '}';
}

}  // namespace assay::render
