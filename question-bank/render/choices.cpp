// Interactions where the candidate picks among texts: choice, inline choice, hottext, match.
#include "question-bank/render/interactions.h"

namespace assay::render {
namespace {

bool is_radio(const Painter& painter, const item::Interaction& interaction) {
    const item::Declaration* declaration = painter.item().response(interaction.response);
    return interaction.choices_max == 1 ||
           (declaration != nullptr && declaration->cardinality == item::Cardinality::kSingle);
}

void draw_one_choice(Painter& painter, const item::Choice& choice, const std::string& group,
                     bool radio, std::size_t index) {
    Markup& out = painter.out();
    const Tag item(out, "li");
    const Tag label(out, "label", {{"class", "choice"}});
    out.empty(
        "input",
        {{"type", radio ? "radio" : "checkbox"}, {"name", group}, {"value", choice.identifier}});
    {
        const Tag badge(out, "span", {{"class", "badge"}});
        out.text(letter_of(index));
    }
    const Tag body(out, "span", {{"class", "choice-body"}});
    painter.children(choice.node);
}

std::string label_or_position(const item::Choice& choice, std::size_t index) {
    return choice.label.empty() ? std::to_string(index + 1) : choice.label;
}

void draw_matrix_row(Painter& painter, const item::Choice& row, std::size_t index,
                     const std::vector<const item::Choice*>& columns) {
    Markup& out = painter.out();
    const Tag line(out, "tr");
    {
        const Tag head(out, "th", {{"scope", "row"}});
        painter.children(row.node);
    }
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const Tag cell(out, "td");
        const Tag label(out, "label", {{"class", "cell"}});
        out.empty("input", {{"type", "checkbox"},
                            {"data-row", row.identifier},
                            {"data-column", columns[i]->identifier},
                            {"data-row-max", std::to_string(row.match_max)},
                            {"data-column-max", std::to_string(columns[i]->match_max)},
                            {"aria-label", label_or_position(row, index) + " / " +
                                               label_or_position(*columns[i], i)}});
        const Tag mark(out, "span", {{"class", "tick"}});
    }
}

}  // namespace

void draw_choice(Painter& painter, const item::Interaction& interaction) {
    const bool radio = is_radio(painter, interaction);
    const Frame frame(painter, interaction, "choice", {{"data-radio", radio ? "1" : "0"}});
    const bool across = interaction.attribute("orientation") == "horizontal";
    const Tag list(painter.out(), "ul",
                   {{"class", across ? "choices across" : "choices"}, {"role", "presentation"}});
    const auto choices = shown_choices(painter, interaction);
    for (std::size_t i = 0; i < choices.size(); ++i) {
        draw_one_choice(painter, *choices[i], frame.id(), radio, i);
    }
}

void draw_inline_choice(Painter& painter, const item::Interaction& interaction) {
    Markup& out = painter.out();
    const std::string id = painter.next_id();
    const Tag around(out, "span",
                     {{"class", "ia ia-inlineChoice"},
                      {"id", id},
                      {"data-ia", "inlineChoice"},
                      {"data-response", interaction.response}});
    {
        const Args number{{"number", std::to_string(painter.next_gap())}};
        const Tag button(out, "button",
                         {{"type", "button"},
                          {"class", "combo"},
                          {"role", "combobox"},
                          {"aria-haspopup", "listbox"},
                          {"aria-expanded", "false"},
                          {"aria-controls", id + "-list"},
                          {"aria-label", painter.say("render.word.blank"_id, number)}});
        out.text(painter.say("render.word.choose"_id));
    }
    const Tag list(
        out, "span",
        {{"class", "listbox"}, {"role", "listbox"}, {"id", id + "-list"}, {"hidden", ""}});
    for (const item::Choice* choice : shown_choices(painter, interaction)) {
        const Tag option(out, "span",
                         {{"class", "option"},
                          {"role", "option"},
                          {"aria-selected", "false"},
                          {"data-value", choice->identifier}});
        painter.children(choice->node);
    }
}

void draw_hottext_group(Painter& painter, const item::Interaction& interaction) {
    const Frame frame(painter, interaction, "hottext");
    for (const pugi::xml_node child : interaction.node.children()) {
        if (local_name(child) != "prompt") {
            painter.node(child);
        }
    }
}

void draw_hottext(Painter& painter, pugi::xml_node node) {
    const Tag button(painter.out(), "span",
                     {{"class", "hottext"},
                      {"role", "checkbox"},
                      {"tabindex", "0"},
                      {"aria-checked", "false"},
                      {"data-value", node.attribute("identifier").value()}});
    painter.children(node);
}

void draw_match(Painter& painter, const item::Interaction& interaction) {
    Markup& out = painter.out();
    const Frame frame(painter, interaction, "match");
    std::vector<const item::Choice*> rows;
    std::vector<const item::Choice*> columns;
    for (const item::Choice* choice : shown_choices(painter, interaction)) {
        (choice->set == 0 ? rows : columns).push_back(choice);
    }
    const Tag scroll(out, "div", {{"class", "wide"}});
    const Tag table(out, "table", {{"class", "matrix"}});
    {
        const Tag head(out, "thead");
        const Tag line(out, "tr");
        {
            const Tag corner(out, "td");
        }
        for (const item::Choice* column : columns) {
            const Tag cell(out, "th", {{"scope", "col"}});
            painter.children(column->node);
        }
    }
    const Tag body(out, "tbody");
    for (std::size_t i = 0; i < rows.size(); ++i) {
        draw_matrix_row(painter, *rows[i], i, columns);
    }
}

}  // namespace assay::render
