// Interactions where the candidate moves pieces: order, gap match, associate.
#include "question-bank/render/interactions.h"

namespace assay::render {
namespace {

void draw_pool(Painter& painter, const std::vector<const item::Choice*>& choices) {
    const Tag pool(painter.out(), "div",
                   {{"class", "pool"},
                    {"role", "group"},
                    {"aria-label", painter.say("render.word.pieces"_id)}});
    for (const item::Choice* choice : choices) {
        if (choice->element != "gap" && choice->element != "associableHotspot") {
            draw_token(painter, *choice);
        }
    }
}

void draw_move_button(Painter& painter, const char* step, MessageId word) {
    const Tag button(painter.out(), "button",
                     {{"type", "button"},
                      {"class", std::string("move ") + step},
                      {"data-step", step},
                      {"aria-label", painter.say(word)}});
}

void draw_sortable(Painter& painter, const item::Choice& choice) {
    Markup& out = painter.out();
    const Tag line(out, "li",
                   {{"class", "piece"}, {"data-value", choice.identifier}, {"tabindex", "0"}});
    {
        const Tag grip(out, "span", {{"class", "grip"}, {"aria-hidden", "true"}});
    }
    {
        const Tag place(out, "span", {{"class", "place"}});
    }
    {
        const Tag body(out, "div", {{"class", "piece-body"}});
        painter.children(choice.node);
    }
    const Tag moves(out, "span", {{"class", "moves"}});
    draw_move_button(painter, "toggle", "render.word.add-remove"_id);
    draw_move_button(painter, "up", "render.word.move-up"_id);
    draw_move_button(painter, "down", "render.word.move-down"_id);
}

}  // namespace

void draw_order(Painter& painter, const item::Interaction& interaction) {
    Markup& out = painter.out();
    const bool subset = !interaction.attribute("maxChoices").empty() ||
                        !interaction.attribute("minChoices").empty();
    const Frame frame(painter, interaction, "order", {{"data-subset", subset ? "1" : "0"}});
    {
        const Tag list(
            out, "ol",
            {{"class", "sortable"}, {"aria-label", painter.say("render.word.order"_id)}});
        if (!subset) {
            for (const item::Choice* choice : shown_choices(painter, interaction)) {
                draw_sortable(painter, *choice);
            }
        }
    }
    if (subset) {
        const Tag rest(
            out, "ul",
            {{"class", "sortable rest"}, {"aria-label", painter.say("render.word.pieces"_id)}});
        for (const item::Choice* choice : shown_choices(painter, interaction)) {
            draw_sortable(painter, *choice);
        }
    }
    const Tag actions(out, "div", {{"class", "actions"}});
    if (!subset) {
        const Tag confirm(out, "button", {{"type", "button"}, {"class", "action confirm"}});
        out.text(painter.say("render.word.confirm-order"_id));
    }
}

void draw_gap_match(Painter& painter, const item::Interaction& interaction) {
    const Frame frame(painter, interaction, "gapMatch");
    draw_pool(painter, shown_choices(painter, interaction));
    const Tag body(painter.out(), "div", {{"class", "gap-body"}});
    for (const pugi::xml_node child : interaction.node.children()) {
        const std::string_view name = local_name(child);
        if (name != "prompt" && name != "gapText" && name != "gapImg") {
            painter.node(child);
        }
    }
}

void draw_gap(Painter& painter, pugi::xml_node node) {
    const Args number{{"number", std::to_string(painter.next_gap())}};
    const Tag gap(painter.out(), "button",
                  {{"type", "button"},
                   {"class", "gap"},
                   {"data-target", node.attribute("identifier").value()},
                   {"data-max", node.attribute("matchMax").as_string("1")},
                   {"data-label", painter.say("render.word.gap"_id, number)}});
}

void draw_associate(Painter& painter, const item::Interaction& interaction) {
    const Frame frame(painter, interaction, "associate");
    draw_pool(painter, shown_choices(painter, interaction));
    const Tag pairs(painter.out(), "ul",
                    {{"class", "pairs"}, {"aria-label", painter.say("render.word.pairs"_id)}});
}

}  // namespace assay::render
