#include "question-bank/render/interactions.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "question-bank/item/shuffle.h"

namespace assay::render {
namespace {

using item::InteractionKind;

const item::Interaction* interaction_at(const item::Item& item, pugi::xml_node node) {
    const auto found = std::find_if(item.interactions.begin(), item.interactions.end(),
                                    [&](const auto& each) { return each.node == node; });
    return found == item.interactions.end() ? nullptr : &*found;
}

struct Drawer {
    InteractionKind kind;
    void (*draw)(Painter&, const item::Interaction&);
};

constexpr std::array<Drawer, 20> kDrawers{{
    {InteractionKind::kChoice, draw_choice},
    {InteractionKind::kTextEntry, draw_text_entry},
    {InteractionKind::kExtendedText, draw_extended_text},
    {InteractionKind::kInlineChoice, draw_inline_choice},
    {InteractionKind::kMatch, draw_match},
    {InteractionKind::kOrder, draw_order},
    {InteractionKind::kGapMatch, draw_gap_match},
    {InteractionKind::kAssociate, draw_associate},
    {InteractionKind::kHottext, draw_hottext_group},
    {InteractionKind::kEndAttempt, draw_end_attempt},
    {InteractionKind::kHotspot, draw_graphic},
    {InteractionKind::kSlider, draw_slider},
    {InteractionKind::kSelectPoint, draw_graphic},
    {InteractionKind::kGraphicGapMatch, draw_graphic},
    {InteractionKind::kUpload, draw_upload},
    {InteractionKind::kMedia, draw_media_interaction},
    {InteractionKind::kGraphicOrder, draw_graphic},
    {InteractionKind::kGraphicAssociate, draw_graphic},
    {InteractionKind::kPositionObject, draw_position_object},
    {InteractionKind::kDrawing, draw_drawing},
}};

const char* cardinality_word(const Painter& painter, const item::Interaction& interaction) {
    const item::Declaration* declaration = painter.item().response(interaction.response);
    if (declaration == nullptr) {
        return "single";
    }
    switch (declaration->cardinality) {
        case item::Cardinality::kMultiple:
            return "multiple";
        case item::Cardinality::kOrdered:
            return "ordered";
        case item::Cardinality::kRecord:
            return "record";
        case item::Cardinality::kSingle:
            break;
    }
    return "single";
}

Attributes frame_attributes(const Painter& painter, const item::Interaction& interaction,
                            std::string_view kind, const std::string& id, const Attributes& more) {
    Attributes out{{"class", "ia ia-" + std::string(kind)},
                   {"id", id},
                   {"data-ia", std::string(kind)},
                   {"data-response", interaction.response},
                   {"data-cardinality", cardinality_word(painter, interaction)},
                   {"data-max", std::to_string(interaction.choices_max)},
                   {"data-min", std::to_string(interaction.choices_min)},
                   {"role", "group"}};
    if (interaction.node.child("prompt")) {
        out.emplace_back("aria-labelledby", id + "-prompt");
    }
    out.insert(out.end(), more.begin(), more.end());
    return out;
}

}  // namespace

bool is_inline(InteractionKind kind) {
    return kind == InteractionKind::kTextEntry || kind == InteractionKind::kInlineChoice ||
           kind == InteractionKind::kEndAttempt;
}

void draw_interaction(Painter& painter, pugi::xml_node node) {
    const item::Interaction* interaction = interaction_at(painter.item(), node);
    if (interaction == nullptr) {
        painter.children(node);
        return;
    }
    const auto drawer = std::find_if(kDrawers.begin(), kDrawers.end(), [&](const Drawer& each) {
        return each.kind == interaction->kind;
    });
    if (drawer == kDrawers.end()) {
        draw_unsupported(painter);
        return;
    }
    drawer->draw(painter, *interaction);
}

void draw_unsupported(Painter& painter) {
    const Tag tag(painter.out(), "div", {{"class", "unsupported"}, {"role", "note"}});
    painter.out().text(painter.say("render.word.unsupported"_id));
}

void draw_end_attempt(Painter& painter, const item::Interaction& interaction) {
    const Tag tag(painter.out(), "span",
                  {{"class", "ia ia-endAttempt"},
                   {"data-ia", "endAttempt"},
                   {"data-response", interaction.response}});
    const std::string title(interaction.attribute("title"));
    const Tag button(painter.out(), "button", {{"type", "button"}, {"class", "action"}});
    painter.out().text(title.empty() ? painter.say("render.word.end-attempt"_id) : title);
}

Frame::Frame(Painter& painter, const item::Interaction& interaction, std::string_view kind,
             const Attributes& more)
    : id_(painter.next_id()),
      tag_(painter.out(), "div", frame_attributes(painter, interaction, kind, id_, more)) {
    if (const pugi::xml_node prompt = interaction.node.child("prompt")) {
        const Tag tag(painter.out(), "div", {{"class", "prompt"}, {"id", id_ + "-prompt"}});
        painter.children(prompt);
    }
}

std::vector<const item::Choice*> shown_choices(const Painter& painter,
                                               const item::Interaction& interaction) {
    const std::uint64_t seed = item::seed_for(painter.request().seed, interaction.response);
    std::vector<const item::Choice*> out;
    for (const std::size_t index : item::choice_order(interaction, seed)) {
        if (index < interaction.choices.size()) {
            out.push_back(&interaction.choices[index]);
        }
    }
    return out;
}

std::string letter_of(std::size_t index) {
    std::string out;
    do {
        out.insert(out.begin(), static_cast<char>('A' + index % 26));
        index /= 26;
    } while (index-- > 0);
    return out;
}

std::string number_text(double value) {
    std::array<char, 32> out{};
    const auto end = std::to_chars(out.data(), out.data() + out.size(), value);
    return {out.data(), end.ptr};
}

void draw_token(Painter& painter, const item::Choice& choice) {
    const Tag tag(painter.out(), "button",
                  {{"type", "button"},
                   {"class", "token"},
                   {"data-value", choice.identifier},
                   {"data-max", std::to_string(choice.match_max)},
                   {"aria-pressed", "false"}});
    painter.children(choice.node);
}

}  // namespace assay::render
