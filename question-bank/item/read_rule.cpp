#include "question-bank/item/read_rule.h"

#include <algorithm>
#include <array>

#include "question-bank/item/number.h"
#include "question-bank/item/operator.h"
#include "question-bank/item/process.h"

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

/// A text that is no value of its type stays text, and its evaluation says what is wrong.
std::shared_ptr<const Value> constant_of(const Rule& rule) {
    const auto base = base_type_named(rule.attribute("baseType"));
    if (rule.name != "baseValue" || !base || rule.text.empty()) {
        return nullptr;
    }
    auto scalar = scalar_from_text(*base, rule.text);
    return scalar.ok() ? std::make_shared<const Value>(Value::of(*base, std::move(*scalar)))
                       : nullptr;
}

}  // namespace

Rule read_rule(const Xml& xml, pugi::xml_node node, std::vector<Finding>& findings) {
    Rule rule;
    rule.name = node.name();
    rule.line = xml.line(node);
    rule.op = operator_named(rule.name);
    rule.perform = rule_named(rule.name);
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
        rule.constant = constant_of(rule);
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
