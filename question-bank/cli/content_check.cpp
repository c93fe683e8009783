// What a body holds that not everyone can use, that never runs, or that the standard does not know.
#include <algorithm>
#include <array>
#include <string_view>

#include "question-bank/cli/item_checks.h"
#include "question-bank/item/xml.h"

namespace assay::bank {

namespace {

constexpr std::array<std::string_view, 15> kActive = {
    "script", "iframe", "frame", "frameset", "embed",   "applet",           "form",         "link",
    "meta",   "base",   "style", "set",      "animate", "animateTransform", "foreignObject"};

struct Known {
    std::string_view element;
    std::vector<std::string_view> attributes;
};

/// Attributes of the elements that decide how a test runs and is scored. Elsewhere vendors add
/// their own, and nothing depends on it.
const std::vector<Known>& known_attributes() {
    static const std::vector<Known> table = {
        {"responseDeclaration", {"identifier", "cardinality", "baseType"}},
        {"outcomeDeclaration",
         {"identifier", "cardinality", "baseType", "view", "interpretation", "longInterpretation",
          "normalMaximum", "normalMinimum", "masteryValue", "externalScored",
          "variableIdentifierRef"}},
        {"assessmentTest", {"identifier", "title", "toolName", "toolVersion", "class", "xmlns"}},
        {"testPart", {"identifier", "title", "navigationMode", "submissionMode", "class"}},
        {"assessmentSection",
         {"identifier", "title", "required", "fixed", "visible", "keepTogether", "class", "xmlns"}},
    };
    return table;
}

struct Kind {
    Severity severity;
    Area area;
};
constexpr Kind kUnsafe{Severity::kWarning, Area::kSafety};
constexpr Kind kNotForAll{Severity::kWarning, Area::kAccessibility};

void note(CheckReport& report, Kind kind, const CheckedFile& file, pugi::xml_node node,
          Message what) {
    report.findings.push_back(
        {kind.severity, kind.area, file.path, file.line(node), node.name(), std::move(what)});
}

bool starts_ignoring_case(std::string_view text, std::string_view prefix) {
    while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') {
        text.remove_prefix(1);
    }
    return text.size() >= prefix.size() &&
           std::equal(prefix.begin(), prefix.end(), text.begin(), [](char p, char t) {
               return p == (t >= 'A' && t <= 'Z' ? static_cast<char>(t + 32) : t);
           });
}

constexpr std::array<std::string_view, 15> kAddresses = {
    "href",       "src",        "data",    "xlink:href", "action",
    "poster",     "formaction", "srcset",  "srcdoc",     "background",
    "actiontype", "ping",       "archive", "codebase",   "classid"};

bool is_address(std::string_view name) {
    return std::find(kAddresses.begin(), kAddresses.end(), name) != kAddresses.end();
}

/// Lower case without what a browser skips in a scheme ("java\nscript:").
std::string squeezed(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (static_cast<unsigned char>(c) > ' ') {
            out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        }
    }
    return out;
}

/// A style that could fetch or run something.
bool is_active_style(std::string_view value) {
    const auto style = squeezed(value);
    for (const char* word : {"url(", "expression(", "@import", "-moz-binding", "behavior:", "\\"}) {
        if (style.find(word) != std::string::npos) {
            return true;
        }
    }
    return false;
}

bool is_active(pugi::xml_attribute attribute) {
    const std::string_view name = attribute.name();
    if (name.size() > 2 && starts_ignoring_case(name, "on") && name.find('-') == name.npos) {
        return true;
    }
    if (name == "style") {
        return is_active_style(attribute.value());
    }
    if (name == "srcdoc") {
        return true;
    }
    const auto value = is_address(name) ? squeezed(attribute.value()) : std::string();
    return value.starts_with("javascript:") || value.starts_with("vbscript:") ||
           value.starts_with("data:text") || value.starts_with("data:application") ||
           value.starts_with("data:image/svg");
}

bool is_remote(pugi::xml_attribute attribute) {
    const std::string_view value = attribute.value();
    return is_address(attribute.name()) &&
           (starts_ignoring_case(value, "http:") || starts_ignoring_case(value, "https:") ||
            value.starts_with("//"));
}

}  // namespace

void check_safety(pugi::xml_node root, const CheckedFile& file, CheckReport& report) {
    item::for_each_element(root, [&](pugi::xml_node node) {
        const std::string_view name = node.name();
        if (std::find(kActive.begin(), kActive.end(), name.substr(name.find(':') + 1)) !=
            kActive.end()) {
            note(report, kUnsafe, file, node,
                 {"bank.check.active"_id, {{"element", std::string(name)}}});
        }
        for (const auto attribute : node.attributes()) {
            if (is_active(attribute)) {
                note(report, kUnsafe, file, node,
                     {"bank.check.active"_id,
                      {{"element", std::string(name) + "/" + attribute.name()}}});
            } else if (is_remote(attribute)) {
                note(report, kUnsafe, file, node,
                     {"bank.check.remote"_id, {{"href", attribute.value()}}});
            }
        }
    });
}

void check_attributes(pugi::xml_node root, const CheckedFile& file, CheckReport& report) {
    item::for_each_element(root, [&](pugi::xml_node node) {
        for (const auto& known : known_attributes()) {
            if (known.element != node.name()) {
                continue;
            }
            for (const auto attribute : node.attributes()) {
                const std::string_view name = attribute.name();
                const bool ours = std::find(known.attributes.begin(), known.attributes.end(),
                                            name) != known.attributes.end();
                if (!ours && name.find(':') == name.npos && !name.starts_with("data-")) {
                    note(report, {Severity::kError, Area::kContent}, file, node,
                         {"bank.check.attribute"_id,
                          {{"element", node.name()}, {"attribute", std::string(name)}}});
                }
            }
        }
    });
}

namespace {

/// Text that asks to tell things apart by their colour.
bool names_colour_alone(std::string_view text) {
    for (const std::string_view phrase :
         {"红色的", "绿色的", "蓝色的", "黄色的", "标红", "红字", "in red", "in green", "in blue",
          "red one", "green one", "blue one", "the red ", "the green ", "marked red"}) {
        if (text.find(phrase) != std::string_view::npos) {
            return true;
        }
    }
    return false;
}

void check_pictures(pugi::xml_node node, const CheckedFile& file, CheckReport& report) {
    const std::string_view name = node.name();
    if (name == "img" && !node.attribute("alt")) {
        note(report, kNotForAll, file, node,
             {"bank.check.no-alternative"_id, {{"source", node.attribute("src").value()}}});
    }
    if (name == "object" && node.attribute("data") && item::plain_text(node).empty() &&
        !node.attribute("aria-label")) {
        note(report, kNotForAll, file, node,
             {"bank.check.no-alternative"_id, {{"source", node.attribute("data").value()}}});
    }
    if (name == "video" && !node.child("track")) {
        note(report, kNotForAll, file, node, {"bank.check.no-captions"_id, {}});
    }
    if (name == "table" &&
        !node.find_node([](pugi::xml_node n) { return std::string_view(n.name()) == "th"; })) {
        note(report, {Severity::kNote, Area::kAccessibility}, file, node,
             {"bank.check.no-headings"_id, {}});
    }
}

/// Colour that a style gives to text, or that a sentence relies on.
void check_colour(const item::Item& item, const CheckedFile& file, CheckReport& report) {
    bool coloured = false;
    item::for_each_element(item.body, [&](pugi::xml_node node) {
        const std::string_view style = node.attribute("style").value();
        coloured =
            coloured || style.find("color") != std::string_view::npos || node.attribute("color");
    });
    if (coloured || names_colour_alone(item::plain_text(item.body))) {
        note(report, {Severity::kNote, Area::kAccessibility}, file, item.body,
             {"bank.check.colour"_id, {}});
    }
}

bool has_label(const item::Item& item, const item::Interaction& interaction) {
    const bool own = interaction.node.child("prompt") || interaction.node.attribute("label") ||
                     interaction.node.attribute("aria-label") ||
                     interaction.node.attribute("aria-labelledby");
    return own || !item::plain_text(item.body).empty();
}

}  // namespace

void check_accessibility(const item::Item& item, const CheckedFile& file, CheckReport& report) {
    item::for_each_element(item.body,
                           [&](pugi::xml_node node) { check_pictures(node, file, report); });
    check_colour(item, file, report);
    for (const auto& interaction : item.interactions) {
        if (!has_label(item, interaction)) {
            note(report, kNotForAll, file, interaction.node, {"bank.check.no-prompt"_id, {}});
        }
        for (const auto& choice : interaction.choices) {
            if (choice.label.empty() && choice.element != "gap") {
                note(report, {Severity::kNote, Area::kAccessibility}, file, choice.node,
                     {"bank.check.no-label"_id, {{"choice", choice.identifier}}});
            }
        }
    }
}

}  // namespace assay::bank
