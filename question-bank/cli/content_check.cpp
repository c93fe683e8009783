// What a body holds that not everyone can use, that never runs, or that the standard does not know.
#include <algorithm>
#include <array>
#include <string_view>

#include "question-bank/cli/item_checks.h"
#include "question-bank/item/xml.h"

namespace assay::bank {

namespace {

constexpr std::array<std::string_view, 7> kActive = {"script", "iframe", "embed",        "applet",
                                                     "form",   "link",   "foreignObject"};

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

void note(CheckReport& report, Severity severity, Area area, const std::string& file,
          Message what) {
    report.findings.push_back({severity, area, file, 0, std::move(what)});
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

bool is_address(std::string_view name) {
    return name == "href" || name == "src" || name == "data" || name == "xlink:href" ||
           name == "action" || name == "poster" || name == "formaction";
}

bool is_active(pugi::xml_attribute attribute) {
    const std::string_view name = attribute.name();
    const std::string_view value = attribute.value();
    if (name.size() > 2 && starts_ignoring_case(name, "on") && name.find('-') == name.npos) {
        return true;
    }
    return is_address(name) &&
           (starts_ignoring_case(value, "javascript:") ||
            starts_ignoring_case(value, "vbscript:") || starts_ignoring_case(value, "data:text") ||
            starts_ignoring_case(value, "data:application"));
}

bool is_remote(pugi::xml_attribute attribute) {
    const std::string_view value = attribute.value();
    return is_address(attribute.name()) &&
           (starts_ignoring_case(value, "http:") || starts_ignoring_case(value, "https:") ||
            value.starts_with("//"));
}

}  // namespace

void check_safety(pugi::xml_node root, const std::string& file, CheckReport& report) {
    item::for_each_element(root, [&](pugi::xml_node node) {
        const std::string_view name = node.name();
        if (std::find(kActive.begin(), kActive.end(), name.substr(name.find(':') + 1)) !=
            kActive.end()) {
            note(report, Severity::kWarning, Area::kSafety, file,
                 {"bank.check.active"_id, {{"element", std::string(name)}}});
        }
        for (const auto attribute : node.attributes()) {
            if (is_active(attribute)) {
                note(report, Severity::kWarning, Area::kSafety, file,
                     {"bank.check.active"_id,
                      {{"element", std::string(name) + "/" + attribute.name()}}});
            } else if (is_remote(attribute)) {
                note(report, Severity::kWarning, Area::kSafety, file,
                     {"bank.check.remote"_id, {{"href", attribute.value()}}});
            }
        }
    });
}

void check_attributes(pugi::xml_node root, const std::string& file, CheckReport& report) {
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
                    note(report, Severity::kError, Area::kContent, file,
                         {"bank.check.attribute"_id,
                          {{"element", node.name()}, {"attribute", std::string(name)}}});
                }
            }
        }
    });
}

void check_accessibility(const item::Item& item, const std::string& file, CheckReport& report) {
    item::for_each_element(item.body, [&](pugi::xml_node node) {
        const std::string_view name = node.name();
        if (name == "img" && !node.attribute("alt")) {
            note(report, Severity::kWarning, Area::kAccessibility, file,
                 {"bank.check.no-alternative"_id, {{"source", node.attribute("src").value()}}});
        }
        if (name == "object" && node.attribute("data") && item::plain_text(node).empty()) {
            note(report, Severity::kWarning, Area::kAccessibility, file,
                 {"bank.check.no-alternative"_id, {{"source", node.attribute("data").value()}}});
        }
    });
    for (const auto& interaction : item.interactions) {
        for (const auto& choice : interaction.choices) {
            if (choice.label.empty() && choice.element != "gap") {
                note(report, Severity::kNote, Area::kAccessibility, file,
                     {"bank.check.no-label"_id, {{"choice", choice.identifier}}});
            }
        }
    }
}

}  // namespace assay::bank
