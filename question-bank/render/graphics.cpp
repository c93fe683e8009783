// Interactions on a picture: hotspot, select point, graphic gap match, order and associate,
// position object, drawing. The picture and a drawing of the same size over it scale together.
#include "question-bank/render/interactions.h"

namespace assay::render {
namespace {

using item::InteractionKind;

struct Picture {
    std::string reference;
    std::string alt;
    double width = 0;
    double height = 0;
};

/// The first object or img directly inside; its size is 0 where the author gave none.
Picture background(pugi::xml_node node) {
    for (const pugi::xml_node child : node.children()) {
        const std::string_view name = local_name(child);
        if (name != "object" && name != "img") {
            continue;
        }
        const char* source = name == "object" ? "data" : "src";
        const std::string alt =
            name == "object" ? plain_text(child) : child.attribute("alt").value();
        return {child.attribute(source).value(), alt, child.attribute("width").as_double(),
                child.attribute("height").as_double()};
    }
    return {};
}

std::string points_text(const std::vector<double>& coordinates) {
    std::string out;
    for (const double value : coordinates) {
        out += (out.empty() ? "" : " ") + number_text(value);
    }
    return out;
}

void draw_shape(Markup& out, const item::Area& area, const Picture& picture) {
    const std::vector<double>& c = area.coordinates;
    if (area.shape == item::Shape::kRectangle && c.size() >= 4) {
        out.empty("rect", {{"x", number_text(c[0])},
                           {"y", number_text(c[1])},
                           {"width", number_text(c[2] - c[0])},
                           {"height", number_text(c[3] - c[1])}});
    } else if (area.shape == item::Shape::kCircle && c.size() >= 3) {
        out.empty("circle",
                  {{"cx", number_text(c[0])}, {"cy", number_text(c[1])}, {"r", number_text(c[2])}});
    } else if (area.shape == item::Shape::kEllipse && c.size() >= 4) {
        out.empty("ellipse", {{"cx", number_text(c[0])},
                              {"cy", number_text(c[1])},
                              {"rx", number_text(c[2])},
                              {"ry", number_text(c[3])}});
    } else if (area.shape == item::Shape::kPolygon) {
        out.empty("polygon", {{"points", points_text(c)}});
    } else {
        out.empty("rect", {{"x", "0"},
                           {"y", "0"},
                           {"width", number_text(picture.width)},
                           {"height", number_text(picture.height)}});
    }
}

std::string spot_label(const Painter& painter, const item::Choice& choice, std::size_t index) {
    return choice.label.empty()
               ? painter.say("render.word.spot"_id, {{"number", std::to_string(index + 1)}})
               : choice.label;
}

void draw_spots(Painter& painter, const item::Interaction& interaction, const Picture& picture) {
    Markup& out = painter.out();
    std::size_t index = 0;
    for (const item::Choice& choice : interaction.choices) {
        if (choice.area) {
            const Tag spot(out, "g",
                           {{"class", "spot"},
                            {"role", "button"},
                            {"tabindex", "0"},
                            {"aria-pressed", "false"},
                            {"data-target", choice.identifier},
                            {"data-max", std::to_string(choice.match_max)},
                            {"aria-label", spot_label(painter, choice, index)}});
            draw_shape(out, *choice.area, picture);
            ++index;
        }
    }
}

void draw_stage(Painter& painter, const item::Interaction* interaction, const Picture& picture) {
    Markup& out = painter.out();
    const std::string width = number_text(picture.width);
    const std::string height = number_text(picture.height);
    const Tag stage(out, "div",
                    {{"class", "stage"}, {"data-width", width}, {"data-height", height}});
    painter.picture(picture.reference, picture.alt);
    {
        const Tag drawing(out, "svg",
                          {{"class", "overlay"},
                           {"viewBox", "0 0 " + width + " " + height},
                           {"preserveAspectRatio", "none"}});
        if (interaction != nullptr) {
            draw_spots(painter, *interaction, picture);
        }
    }
    const Tag layer(out, "div", {{"class", "layer"}});
}

std::string_view kind_word(InteractionKind kind) {
    switch (kind) {
        case InteractionKind::kSelectPoint:
            return "selectPoint";
        case InteractionKind::kGraphicGapMatch:
            return "graphicGapMatch";
        case InteractionKind::kGraphicOrder:
            return "graphicOrder";
        case InteractionKind::kGraphicAssociate:
            return "graphicAssociate";
        default:
            return "hotspot";
    }
}

}  // namespace

void draw_graphic(Painter& painter, const item::Interaction& interaction) {
    Markup& out = painter.out();
    const Picture picture = background(interaction.node);
    const Frame frame(painter, interaction, kind_word(interaction.kind));
    if (interaction.kind == InteractionKind::kGraphicGapMatch) {
        const Tag pool(out, "div",
                       {{"class", "pool"},
                        {"role", "group"},
                        {"aria-label", painter.say("render.word.pieces"_id)}});
        for (const item::Choice& choice : interaction.choices) {
            if (!choice.area) {
                draw_token(painter, choice);
            }
        }
    }
    draw_stage(painter, &interaction, picture);
    if (interaction.kind == InteractionKind::kGraphicAssociate) {
        const Tag pairs(out, "ul",
                        {{"class", "pairs"}, {"aria-label", painter.say("render.word.pairs"_id)}});
    }
    if (interaction.kind == InteractionKind::kSelectPoint) {
        const Tag help(out, "p", {{"class", "help"}});
        out.text(painter.say("render.word.point-help"_id));
    }
}

void draw_tool(Painter& painter, const char* name, MessageId word, bool holds) {
    const Tag button(painter.out(), "button",
                     {{"type", "button"},
                      {"class", std::string("action draw-") + name},
                      {holds ? "aria-pressed" : "", "false"}});
    painter.out().text(painter.say(word));
}

/// The stage's picture stands in positionObjectStage, around the interaction.
void draw_position_object(Painter& painter, const item::Interaction& interaction) {
    Markup& out = painter.out();
    const Picture piece = background(interaction.node);
    const Picture stage = background(interaction.node.parent());
    const Frame frame(painter, interaction, "selectPoint",
                      {{"data-piece", painter.picture_address(piece.reference)},
                       {"data-piece-width", number_text(piece.width)}});
    draw_stage(painter, nullptr, stage);
    const Tag help(out, "p", {{"class", "help"}});
    out.text(painter.say("render.word.point-help"_id));
}

void draw_drawing(Painter& painter, const item::Interaction& interaction) {
    Markup& out = painter.out();
    const Frame frame(painter, interaction, "drawing",
                      {{"data-result", item::drawing_name(interaction.response)}});
    draw_stage(painter, nullptr, background(interaction.node));
    {
        const Tag actions(out, "div", {{"class", "actions"}});
        draw_tool(painter, "erase", "render.word.draw-erase"_id, true);
        draw_tool(painter, "undo", "render.word.draw-undo"_id, false);
        draw_tool(painter, "clear", "render.word.draw-clear"_id, false);
    }
    const Tag help(out, "p", {{"class", "help"}});
    out.text(painter.say("render.word.draw-help"_id));
}

}  // namespace assay::render
