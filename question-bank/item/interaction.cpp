#include "question-bank/item/interaction.h"

#include <algorithm>
#include <array>

#include "question-bank/item/number.h"

namespace assay::item {

namespace {

constexpr std::array<std::string_view, 22> kElements = {
    "choiceInteraction",         "textEntryInteraction",       "extendedTextInteraction",
    "inlineChoiceInteraction",   "matchInteraction",           "orderInteraction",
    "gapMatchInteraction",       "associateInteraction",       "hottextInteraction",
    "endAttemptInteraction",     "hotspotInteraction",         "sliderInteraction",
    "selectPointInteraction",    "graphicGapMatchInteraction", "uploadInteraction",
    "mediaInteraction",          "graphicOrderInteraction",    "graphicAssociateInteraction",
    "positionObjectInteraction", "drawingInteraction",         "customInteraction",
    "portableCustomInteraction",
};

constexpr std::array<std::string_view, 9> kChoices = {
    "simpleChoice",           "inlineChoice",  "gapText",           "gapImg", "gap", "hottext",
    "simpleAssociableChoice", "hotspotChoice", "associableHotspot",
};

std::uint32_t count_attribute(pugi::xml_node node, const char* name, std::uint32_t otherwise) {
    const auto attribute = node.attribute(name);
    const auto number = attribute ? integer_from(attribute.value()) : std::nullopt;
    return number && *number >= 0 && *number <= UINT32_MAX ? static_cast<std::uint32_t>(*number)
                                                           : otherwise;
}

bool is_true(pugi::xml_node node, const char* name) {
    const std::string_view text = node.attribute(name).value();
    return text == "true" || text == "1";
}

std::string label_of(pugi::xml_node node) {
    for (const char* name : {"hotspotLabel", "objectLabel"}) {
        if (const auto label = node.attribute(name)) {
            return label.value();
        }
    }
    auto text = plain_text(node);
    if (text.empty()) {
        text = node.find_node([](pugi::xml_node n) { return n.attribute("alt"); })
                   .attribute("alt")
                   .value();
    }
    return text;
}

std::size_t set_of(pugi::xml_node node) {
    const auto parent = node.parent();
    if (std::string_view(parent.name()) != "simpleMatchSet") {
        return 0;
    }
    const auto first = parent.parent().child("simpleMatchSet");
    return parent == first ? 0 : 1;
}

Choice read_choice(pugi::xml_node node) {
    Choice choice;
    choice.identifier = std::string(trimmed(node.attribute("identifier").value()));
    choice.element = node.name();
    choice.set = set_of(node);
    choice.fixed = is_true(node, "fixed");
    choice.match_max = count_attribute(node, "matchMax", 1);
    choice.match_min = count_attribute(node, "matchMin", 0);
    if (node.attribute("shape")) {
        auto area =
            area_from_text(node.attribute("shape").value(), node.attribute("coords").value());
        if (area.ok()) {
            choice.area = std::move(*area);
        }
    }
    choice.label = label_of(node);
    choice.node = node;
    return choice;
}

std::uint32_t most(InteractionKind kind, pugi::xml_node node) {
    switch (kind) {
        case InteractionKind::kMatch:
        case InteractionKind::kAssociate:
        case InteractionKind::kGraphicAssociate:
            return count_attribute(node, "maxAssociations", 1);
        case InteractionKind::kOrder:
        case InteractionKind::kGraphicOrder:
            return count_attribute(node, "maxChoices", 0);
        case InteractionKind::kExtendedText:
            return count_attribute(node, "maxStrings", 0);
        case InteractionKind::kGapMatch:
        case InteractionKind::kGraphicGapMatch:
            return count_attribute(node, "maxAssociations", 0);  // 3.0 only; 2.x has no limit
        default:
            return count_attribute(node, "maxChoices", 1);
    }
}

std::uint32_t least(InteractionKind kind, pugi::xml_node node) {
    switch (kind) {
        case InteractionKind::kMatch:
        case InteractionKind::kAssociate:
        case InteractionKind::kGraphicAssociate:
        case InteractionKind::kGapMatch:
        case InteractionKind::kGraphicGapMatch:
            return count_attribute(node, "minAssociations", 0);
        case InteractionKind::kExtendedText:
            return count_attribute(node, "minStrings", 0);
        default:
            return count_attribute(node, "minChoices", 0);
    }
}

Interaction read_interaction(const Xml& xml, InteractionKind kind, pugi::xml_node node) {
    Interaction out;
    out.kind = kind;
    out.node = node;
    out.line = xml.line(node);
    out.response = std::string(trimmed(node.attribute("responseIdentifier").value()));
    out.shuffle = is_true(node, "shuffle");
    out.choices_max = most(kind, node);
    out.choices_min = least(kind, node);
    for_each_element(node, [&](pugi::xml_node at) {
        if (std::find(kChoices.begin(), kChoices.end(), at.name()) != kChoices.end()) {
            out.choices.push_back(read_choice(at));
        }
    });
    return out;
}

}  // namespace

std::string_view element_of(InteractionKind kind) {
    return kElements.at(static_cast<std::size_t>(kind));
}

std::optional<InteractionKind> interaction_named(std::string_view element) {
    const auto found = std::find(kElements.begin(), kElements.end(), element);
    return found == kElements.end()
               ? std::nullopt
               : std::optional(static_cast<InteractionKind>(found - kElements.begin()));
}

std::vector<Interaction> read_interactions(const Xml& xml, pugi::xml_node body) {
    std::vector<Interaction> out;
    for_each_element(body, [&](pugi::xml_node node) {
        const std::string_view name = node.name();
        const auto kind = interaction_named(name.substr(name.find(':') + 1));
        if (kind) {
            out.push_back(read_interaction(xml, *kind, node));
        }
    });
    return out;
}

}  // namespace assay::item
