#pragma once

#include <string>

#include "question-bank/render/painter.h"

namespace assay::render {

/// Stands inside of a line of text.
bool is_inline(item::InteractionKind kind);

/// Draws the interaction whose element is `node`, or a note that it cannot be answered here.
void draw_interaction(Painter& painter, pugi::xml_node node);

void draw_choice(Painter& painter, const item::Interaction& interaction);
void draw_inline_choice(Painter& painter, const item::Interaction& interaction);
void draw_text_entry(Painter& painter, const item::Interaction& interaction);
void draw_extended_text(Painter& painter, const item::Interaction& interaction);
void draw_match(Painter& painter, const item::Interaction& interaction);
void draw_order(Painter& painter, const item::Interaction& interaction);
void draw_gap_match(Painter& painter, const item::Interaction& interaction);
void draw_associate(Painter& painter, const item::Interaction& interaction);
void draw_hottext_group(Painter& painter, const item::Interaction& interaction);
void draw_slider(Painter& painter, const item::Interaction& interaction);
void draw_graphic(Painter& painter, const item::Interaction& interaction);
void draw_position_object(Painter& painter, const item::Interaction& interaction);
void draw_drawing(Painter& painter, const item::Interaction& interaction);
void draw_upload(Painter& painter, const item::Interaction& interaction);
void draw_media_interaction(Painter& painter, const item::Interaction& interaction);
void draw_end_attempt(Painter& painter, const item::Interaction& interaction);
void draw_unsupported(Painter& painter);

/// Elements that belong to an interaction around them.
void draw_gap(Painter& painter, pugi::xml_node node);
void draw_hottext(Painter& painter, pugi::xml_node node);

/// A recording outside of an interaction; `node` is audio, video or object.
void draw_media(Painter& painter, pugi::xml_node node);
/// A file that a practical task gives to the candidate.
void draw_material(Painter& painter, pugi::xml_node link, const std::string& url);

/// The frame around every block interaction: attributes that the player reads, and the prompt.
class Frame {
  public:
    Frame(Painter& painter, const item::Interaction& interaction, std::string_view kind,
          const Attributes& more = {});
    const std::string& id() const { return id_; }

  private:
    std::string id_;
    Tag tag_;
};

/// Choices in the order in which this candidate sees them.
std::vector<const item::Choice*> shown_choices(const Painter& painter,
                                               const item::Interaction& interaction);

/// "A", "B", ... "Z", "AA": how a choice is called on paper.
std::string letter_of(std::size_t index);

/// A number as JSON and HTML have it.
std::string number_text(double value);

/// A movable piece: gapText, gapImg, simpleAssociableChoice.
void draw_token(Painter& painter, const item::Choice& choice);

}  // namespace assay::render
