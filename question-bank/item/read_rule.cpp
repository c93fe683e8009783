#include "question-bank/item/read_rule.h"

#include <algorithm>
#include <array>

#include "question-bank/item/number.h"
#include "question-bank/item/operator.h"

namespace assay::item {

namespace {

constexpr std::array<std::string_view, 33> kRules = {
    "responseProcessing",
    "responseCondition",
    "responseIf",
    "responseElseIf",
    "responseElse",
    "responseProcessingFragment",
    "exitResponse",
    "setOutcomeValue",
    "lookupOutcomeValue",
    "templateProcessing",
    "templateCondition",
    "templateIf",
    "templateElseIf",
    "templateElse",
    "exitTemplate",
    "setTemplateValue",
    "setCorrectResponse",
    "setDefaultValue",
    "templateConstraint",
    "outcomeProcessing",
    "outcomeCondition",
    "outcomeIf",
    "outcomeElseIf",
    "outcomeElse",
    "exitTest",
    "outcomeProcessingFragment",
    "value",
    "include",
    "setResponseValue",
    "preCondition",
    "branchRule",
    "templateDefault",
    "templateProcessingFragment",
};

}  // namespace

Rule read_rule(const Xml& xml, pugi::xml_node node, std::vector<Finding>& findings) {
    Rule rule;
    rule.name = node.name();
    rule.line = xml.line(node);
    rule.op = operator_named(rule.name);
    for (const auto attribute : node.attributes()) {
        rule.attributes.emplace_back(attribute.name(), attribute.value());
    }
    bool elements = false;
    for (const auto child : node.children()) {
        if (child.type() == pugi::node_element) {
            rule.children.push_back(read_rule(xml, child, findings));
            elements = true;
        }
    }
    if (!elements) {
        rule.text = raw_text(node);
    }
    const auto local = rule.name.substr(rule.name.find(':') + 1);
    if (rule.op == nullptr && std::find(kRules.begin(), kRules.end(), local) == kRules.end()) {
        findings.push_back({{"item.rule.unknown"_id, {{"element", rule.name}}}, rule.line});
    }
    return rule;
}

Rule read_rule(pugi::xml_node node) {
    std::vector<Finding> findings;
    return read_rule(Xml{}, node, findings);
}

}  // namespace assay::item
