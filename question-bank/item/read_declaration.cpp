#include "question-bank/item/read_declaration.h"

#include <sstream>

#include "question-bank/item/number.h"

namespace assay::item {

namespace {

void note(const DeclarationSource& source, pugi::xml_node node, Message what) {
    source.findings.push_back({std::move(what), source.xml.line(node)});
}

std::optional<double> real_attribute_of(pugi::xml_node node, const char* name) {
    const auto attribute = node.attribute(name);
    return attribute ? real_from(attribute.value()) : std::nullopt;
}

bool is_true(pugi::xml_attribute attribute) {
    const std::string_view text = attribute.value();
    return text == "true" || text == "1";
}

std::optional<Scalar> read_scalar(pugi::xml_node node, BaseType base, std::string_view text,
                                  const DeclarationSource& source) {
    auto scalar = scalar_from_text(base, text);
    if (!scalar.ok()) {
        note(source, node,
             {"item.declaration.value"_id,
              {{"value", std::string(text.substr(0, 80))}, {"type", std::string(name_of(base))}}});
        return std::nullopt;
    }
    return std::move(*scalar);
}

void read_field(pugi::xml_node node, Value& out, const DeclarationSource& source) {
    const auto base = base_type_named(node.attribute("baseType").value());
    auto scalar = read_scalar(node, base.value_or(BaseType::kString), raw_text(node), source);
    if (scalar) {
        out.fields.push_back({node.attribute("fieldIdentifier").value(),
                              Value::of(base.value_or(BaseType::kString), std::move(*scalar))});
    }
}

/// The value elements of a defaultValue or correctResponse.
Value read_values(pugi::xml_node parent, const Declaration& declaration,
                  const DeclarationSource& source) {
    Value out = Value::null(declaration.base, declaration.cardinality);
    for (const auto node : parent.children("value")) {
        if (declaration.cardinality == Cardinality::kRecord) {
            read_field(node, out, source);
            continue;
        }
        const std::string text(trimmed(raw_text(node)));
        if (text.empty()) {
            continue;
        }
        auto scalar = read_scalar(node, declaration.base, text, source);
        if (scalar) {
            out.items.push_back(std::move(*scalar));
        }
    }
    if (declaration.cardinality == Cardinality::kSingle && out.items.size() > 1) {
        note(source, parent,
             {"item.declaration.too-many"_id, {{"variable", declaration.identifier}}});
        out.items.resize(1);
    }
    return out;
}

Mapping read_mapping(pugi::xml_node node, const Declaration& declaration,
                     const DeclarationSource& source) {
    Mapping mapping;
    mapping.lower = real_attribute_of(node, "lowerBound");
    mapping.upper = real_attribute_of(node, "upperBound");
    mapping.otherwise = real_attribute_of(node, "defaultValue").value_or(0);
    for (const auto entry : node.children("mapEntry")) {
        auto key = read_scalar(entry, declaration.base, entry.attribute("mapKey").value(), source);
        const auto mapped = real_attribute_of(entry, "mappedValue");
        if (!key || !mapped) {
            continue;
        }
        const auto sensitive = entry.attribute("caseSensitive");
        mapping.entries.push_back(
            {std::move(*key), *mapped,
             sensitive ? is_true(sensitive) : map_is_case_sensitive(source.version)});
    }
    return mapping;
}

AreaMapping read_area_mapping(pugi::xml_node node, const DeclarationSource& source) {
    AreaMapping mapping;
    mapping.lower = real_attribute_of(node, "lowerBound");
    mapping.upper = real_attribute_of(node, "upperBound");
    mapping.otherwise = real_attribute_of(node, "defaultValue").value_or(0);
    for (const auto entry : node.children("areaMapEntry")) {
        auto area =
            area_from_text(entry.attribute("shape").value(), entry.attribute("coords").value());
        if (!area.ok()) {
            note(source, entry, area.error().what);
            continue;
        }
        mapping.entries.push_back(
            {std::move(*area), real_attribute_of(entry, "mappedValue").value_or(0)});
    }
    return mapping;
}

Value lookup_target(pugi::xml_node node, const char* name, BaseType base,
                    const DeclarationSource& source) {
    const auto attribute = node.attribute(name);
    if (!attribute) {
        return Value::null(base);
    }
    auto scalar = read_scalar(node, base, attribute.value(), source);
    return scalar ? Value::of(base, std::move(*scalar)) : Value::null(base);
}

LookupTable read_lookup(pugi::xml_node node, BaseType base, const DeclarationSource& source) {
    LookupTable table;
    table.interpolation = std::string_view(node.name()) == "interpolationTable";
    table.otherwise = lookup_target(node, "defaultValue", base, source);
    const char* entry = table.interpolation ? "interpolationTableEntry" : "matchTableEntry";
    for (const auto row : node.children(entry)) {
        const auto boundary = row.attribute("includeBoundary");
        table.rows.push_back({real_attribute_of(row, "sourceValue").value_or(0),
                              !boundary || is_true(boundary),
                              lookup_target(row, "targetValue", base, source)});
    }
    return table;
}

void read_heading(pugi::xml_node node, Declaration& out, const DeclarationSource& source) {
    out.identifier = std::string(trimmed(node.attribute("identifier").value()));
    const auto cardinality = cardinality_named(node.attribute("cardinality").value());
    if (!cardinality) {
        note(source, node, {"item.declaration.cardinality"_id, {{"variable", out.identifier}}});
    }
    out.cardinality = cardinality.value_or(Cardinality::kSingle);
    const auto base = node.attribute("baseType");
    out.base = base_type_named(base.value()).value_or(BaseType::kUnknown);
    if (out.base == BaseType::kUnknown && out.cardinality != Cardinality::kRecord) {
        note(source, node, {"item.declaration.type"_id, {{"variable", out.identifier}}});
        out.base = BaseType::kString;
    }
    out.external_scored = node.attribute("externalScored").value();
    out.normal_minimum = real_attribute_of(node, "normalMinimum");
    out.normal_maximum = real_attribute_of(node, "normalMaximum");
    out.mastery = real_attribute_of(node, "masteryValue");
    std::istringstream views(node.attribute("view").value());
    for (std::string view; views >> view;) {
        out.views.push_back(view);
    }
}

}  // namespace

bool map_is_case_sensitive(QtiVersion version) {
    return version != QtiVersion::k22 && version != QtiVersion::k30;
}

Declaration read_declaration(pugi::xml_node node, VariableKind kind,
                             const DeclarationSource& source) {
    Declaration out;
    out.kind = kind;
    read_heading(node, out, source);
    out.initial = read_values(node.child("defaultValue"), out, source);
    out.correct = read_values(node.child("correctResponse"), out, source);
    if (const auto mapping = node.child("mapping")) {
        out.mapping = read_mapping(mapping, out, source);
    }
    if (const auto mapping = node.child("areaMapping")) {
        out.area_mapping = read_area_mapping(mapping, source);
    }
    for (const char* name : {"matchTable", "interpolationTable"}) {
        if (const auto table = node.child(name)) {
            out.lookup = read_lookup(table, out.base, source);
        }
    }
    return out;
}

void read_declarations(pugi::xml_node parent, const DeclarationSource& source, Item& item) {
    for (const auto node : parent.children()) {
        const std::string_view name = node.name();
        if (name == "responseDeclaration") {
            item.responses.push_back(read_declaration(node, VariableKind::kResponse, source));
        } else if (name == "outcomeDeclaration") {
            item.outcomes.push_back(read_declaration(node, VariableKind::kOutcome, source));
        } else if (name == "templateDeclaration") {
            item.templates.push_back(read_declaration(node, VariableKind::kTemplate, source));
        }
    }
}

}  // namespace assay::item
