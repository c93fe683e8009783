// Interactions where the candidate writes or sets a number: text entry, extended text, slider.
#include <algorithm>

#include "question-bank/render/interactions.h"

namespace assay::render {
namespace {

constexpr unsigned kLinesMax = 40;
constexpr unsigned kFieldsMax = 20;

bool is_numeric(const Painter& painter, const item::Interaction& interaction) {
    const item::Declaration* declaration = painter.item().response(interaction.response);
    return declaration != nullptr && (declaration->base == item::BaseType::kInteger ||
                                      declaration->base == item::BaseType::kFloat);
}

unsigned number_or(const item::Interaction& interaction, const char* name, unsigned otherwise) {
    return interaction.node.attribute(name).as_uint(otherwise);
}

double real_or(const item::Interaction& interaction, const char* name, double otherwise) {
    return interaction.node.attribute(name).as_double(otherwise);
}

}  // namespace

void draw_text_entry(Painter& painter, const item::Interaction& interaction) {
    const bool numeric = is_numeric(painter, interaction);
    const unsigned size =
        std::clamp(number_or(interaction, "expectedLength", numeric ? 8 : 14), 3U, 60U);
    const Args number{{"number", std::to_string(painter.next_gap())}};
    const std::string hint(interaction.attribute("placeholderText"));
    const Tag around(painter.out(), "span",
                     {{"class", "ia ia-textEntry"},
                      {"data-ia", "textEntry"},
                      {"data-response", interaction.response}});
    painter.out().empty("input", {{"type", "text"},
                                  {"class", "field"},
                                  {"size", std::to_string(size)},
                                  {numeric ? "inputmode" : "", "decimal"},
                                  {hint.empty() ? "" : "placeholder", hint},
                                  {"autocomplete", "off"},
                                  {"autocapitalize", "off"},
                                  {"spellcheck", "false"},
                                  {"aria-label", painter.say("render.word.blank"_id, number)}});
}

void draw_extended_text(Painter& painter, const item::Interaction& interaction) {
    Markup& out = painter.out();
    const item::Declaration* declaration = painter.item().response(interaction.response);
    const bool many =
        declaration != nullptr && declaration->cardinality != item::Cardinality::kSingle;
    const unsigned wanted =
        std::max(number_or(interaction, "maxStrings", 0), number_or(interaction, "minStrings", 1));
    const unsigned fields = many ? std::clamp(wanted, 1U, kFieldsMax) : 1;
    const unsigned lines =
        std::clamp(number_or(interaction, "expectedLines", fields > 1 ? 3 : 8), 2U, kLinesMax);
    const bool fixed_pitch = interaction.attribute("format") == "preFormatted";
    const Frame frame(painter, interaction, "extendedText");
    for (unsigned i = 0; i < fields; ++i) {
        const Args number{{"number", std::to_string(i + 1)}};
        const bool named = fields > 1 || !interaction.node.child("prompt");
        const Tag area(out, "textarea",
                       {{"class", fixed_pitch ? "field long fixed" : "field long"},
                        {"rows", std::to_string(lines)},
                        {"spellcheck", "false"},
                        {"autocomplete", "off"},
                        {named ? "aria-label" : "", painter.say("render.word.answer"_id, number)},
                        {named ? "" : "aria-labelledby", frame.id() + "-prompt"}});
    }
    const Tag count(out, "div", {{"class", "count"}, {"aria-hidden", "true"}});
}

void draw_slider(Painter& painter, const item::Interaction& interaction) {
    Markup& out = painter.out();
    const double lower = real_or(interaction, "lowerBound", 0);
    const double upper = std::max(lower, real_or(interaction, "upperBound", 100));
    const double written = real_or(interaction, "step", 1);
    const double step = written > 0 ? written : 1;
    const Frame frame(painter, interaction, "slider",
                      {{"data-lower", number_text(lower)},
                       {"data-upper", number_text(upper)},
                       {"data-step", number_text(step)},
                       {"data-reverse", interaction.attribute("reverse") == "true" ? "1" : "0"}});
    const Tag row(out, "div", {{"class", "slider"}});
    {
        const Tag bound(out, "span", {{"class", "bound"}});
        out.text(number_text(lower));
    }
    const bool prompted = !!interaction.node.child("prompt");
    out.empty("input", {{"type", "range"},
                        {"min", number_text(lower)},
                        {"max", number_text(upper)},
                        {"step", number_text(step)},
                        {prompted ? "" : "aria-label",
                         painter.say("render.word.answer"_id, {{"number", "1"}})},
                        {prompted ? "aria-labelledby" : "", frame.id() + "-prompt"}});
    {
        const Tag bound(out, "span", {{"class", "bound"}});
        out.text(number_text(upper));
    }
    const Tag value(out, "output", {{"class", "reading"}});
}

}  // namespace assay::render
