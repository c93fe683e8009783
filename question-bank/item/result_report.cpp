#include "question-bank/item/result_report.h"

#include <sstream>

#include <pugixml.hpp>

namespace assay::item {

namespace {

constexpr const char* kNamespace = "http://www.imsglobal.org/xsd/imsqti_result_v2p2";

void set(pugi::xml_node node, const char* name, std::string_view value) {
    node.append_attribute(name).set_value(std::string(value).c_str());
}

void describe(pugi::xml_node node, const std::string& name, const Value& value) {
    set(node, "identifier", name);
    set(node, "cardinality", name_of(value.cardinality));
    if (value.base != BaseType::kUnknown) {
        set(node, "baseType", name_of(value.base));
    }
}

void add_values(pugi::xml_node parent, const Value& value) {
    for (const auto& item : value.items) {
        parent.append_child("value").text().set(scalar_to_text(value.base, item).c_str());
    }
    for (const auto& field : value.fields) {
        auto node = parent.append_child("value");
        set(node, "fieldIdentifier", field.name);
        set(node, "baseType", name_of(field.value.base));
        const auto lines = value_to_text(field.value);
        node.text().set(lines.empty() ? "" : lines.front().c_str());
    }
}

void add_response(pugi::xml_node parent, const ItemReport& report, const std::string& name,
                  const Value& value) {
    auto node = parent.append_child("responseVariable");
    describe(node, name, value);
    const auto* declaration = report.item == nullptr ? nullptr : report.item->response(name);
    if (declaration != nullptr && !declaration->correct.is_null()) {
        add_values(node.append_child("correctResponse"), declaration->correct);
    }
    add_values(node.append_child("candidateResponse"), value);
}

void add_outcome(pugi::xml_node parent, const Item* item, const std::string& name,
                 const Value& value) {
    auto node = parent.append_child("outcomeVariable");
    describe(node, name, value);
    const auto* declaration = item == nullptr ? nullptr : item->outcome(name);
    if (declaration != nullptr && declaration->normal_maximum) {
        set(node, "normalMaximum", scalar_to_text(BaseType::kFloat, *declaration->normal_maximum));
    }
    add_values(node, value);
}

/// What was typed before capture changed it, as a response variable beside the captured one.
void add_raw(pugi::xml_node parent, const std::string& name, const TextLines& lines) {
    auto node = parent.append_child("responseVariable");
    set(node, "identifier", name + ".raw");
    set(node, "cardinality", "ordered");
    set(node, "baseType", "string");
    auto response = node.append_child("candidateResponse");
    for (const auto& line : lines) {
        response.append_child("value").text().set(line.c_str());
    }
}

void add_item(pugi::xml_node root, const ItemReport& report) {
    auto node = root.append_child("itemResult");
    set(node, "identifier", report.identifier);
    set(node, "sequenceIndex", std::to_string(report.sequence));
    set(node, "datestamp", report.time.text());
    set(node, "sessionStatus", report.session_status);
    for (const auto& [name, value] : report.responses) {
        add_response(node, report, name, value);
    }
    for (const auto& [name, lines] : report.raw) {
        add_raw(node, name, lines);
    }
    for (const auto& [name, value] : report.outcomes) {
        add_outcome(node, report.item, name, value);
    }
}

}  // namespace

std::string write_result_report(const AttemptReport& report) {
    pugi::xml_document document;
    auto declaration = document.append_child(pugi::node_declaration);
    set(declaration, "version", "1.0");
    set(declaration, "encoding", "UTF-8");
    auto root = document.append_child("assessmentResult");
    set(root, "xmlns", kNamespace);
    set(root.append_child("context"), "sourcedId", report.source_id);
    auto test = root.append_child("testResult");
    set(test, "identifier", report.test_identifier);
    set(test, "datestamp", report.time.text());
    for (const auto& [name, value] : report.test_outcomes) {
        add_outcome(test, nullptr, name, value);
    }
    for (const auto& item : report.items) {
        add_item(root, item);
    }
    std::ostringstream out;
    document.save(out, "  ", pugi::format_indent, pugi::encoding_utf8);
    return std::move(out).str();
}

}  // namespace assay::item
