// Every case of expected_expressions.jsonl: typed operands of one operator, and what it gives.
#include <cmath>
#include <iostream>

#include <gtest/gtest.h>
#include <pugixml.hpp>

#include "question-bank/item/number.h"
#include "question-bank/item/operator.h"
#include "question-bank/item/read_declaration.h"
#include "question-bank/item/read_rule.h"
#include "tests/question-bank/item/conformance_cases.h"

namespace assay::item::conformance {
namespace {

std::string scalar_text(const boost::json::value& value) {
    return value.is_string() ? text_of(value) : boost::json::serialize(value);
}

Value record_of(const boost::json::array& fields) {
    Value out = Value::null(BaseType::kUnknown, Cardinality::kRecord);
    for (const auto& one : fields) {
        const auto& field = one.as_object();
        const auto base = base_type_named(text_of(field.at("baseType"))).value();
        const auto& held = field.at("value");
        out.fields.push_back({scalar_text(field.at("field")),
                              held.is_null()
                                  ? Value::null(base)
                                  : Value::of(base, *scalar_from_text(base, scalar_text(held)))});
    }
    return out;
}

Scalar file_named(const std::string& name) { return FileReference{name, "text/plain", 0, {}}; }

Value value_of(const boost::json::value& json) {
    if (json.is_null()) {
        return Value::null();
    }
    const auto& object = json.as_object();
    const auto cardinality = cardinality_named(text_of(object.at("cardinality"))).value();
    if (cardinality == Cardinality::kRecord) {
        return record_of(object.at("value").as_array());
    }
    const auto base = base_type_named(text_of(object.at("baseType"))).value_or(BaseType::kUnknown);
    Value out = Value::null(base, cardinality);
    for (const auto& one : object.at("value").as_array()) {
        if (one.is_null()) {
            out.items.emplace_back(std::monostate());
        } else if (base == BaseType::kFile) {
            out.items.push_back(file_named(text_of(one)));
        } else {
            out.items.push_back(*scalar_from_text(base, scalar_text(one)));
        }
    }
    return out;
}

VariableKind kind_of(const std::string& name) {
    if (name == "ResponseVariable") {
        return VariableKind::kResponse;
    }
    return name == "OutcomeVariable" ? VariableKind::kOutcome : VariableKind::kTemplate;
}

/// A case's variables, and the declarations they point to.
struct State {
    std::map<std::string, Declaration> declarations;
    Context context;
};

Declaration declaration_of(const std::string& name, const boost::json::object& state) {
    Declaration out;
    out.kind = kind_of(text_of(state.at("kind")));
    out.identifier = name;
    out.cardinality = cardinality_named(text_of(state.at("card"))).value();
    out.base = state.at("base").is_null()
                   ? BaseType::kUnknown
                   : base_type_named(text_of(state.at("base"))).value_or(BaseType::kUnknown);
    out.initial = value_of(state.at("default"));
    out.correct = value_of(state.at("correct"));
    std::string xml = "<responseDeclaration identifier=\"" + name + "\" cardinality=\"" +
                      std::string(name_of(out.cardinality)) + "\" baseType=\"" +
                      std::string(name_of(out.base)) + "\">";
    for (const char* mapping : {"mapping", "areaMapping"}) {
        xml += state.at(mapping).is_null() ? "" : text_of(state.at(mapping));
    }
    Xml source{std::make_shared<pugi::xml_document>(), {}};
    (void)source.document->load_string((xml + "</responseDeclaration>").c_str());
    std::vector<Finding> findings;
    const auto read =
        read_declaration(source.root(), out.kind, {source, QtiVersion::k21, findings});
    out.mapping = read.mapping;
    out.area_mapping = read.area_mapping;
    return out;
}

void load(const boost::json::value& json, State& state) {
    if (json.is_null()) {
        return;
    }
    for (const auto& [key, one] : json.as_object()) {
        const std::string name(key);
        state.declarations[name] = declaration_of(name, one.as_object());
        const auto* declaration = &state.declarations[name];
        state.context.variables[name] = {declaration, value_of(one.at("v")), declaration->initial,
                                         declaration->correct};
    }
}

bool close(double a, double b) {
    return a == b || (std::isfinite(b) && std::fabs(a - b) <= 1e-9 * std::max(1.0, std::fabs(b)));
}

bool same(const Value& got, const Value& want) {
    if (got.is_null() || want.is_null()) {
        return got.is_null() && want.is_null();
    }
    const auto a = number_of(got);
    const auto b = number_of(want);
    if (a && b) {
        return got.base == want.base && close(*a, *b);
    }
    return got.base == want.base && same_value(got, want);
}

std::string shown(const Value& value) {
    std::string out(name_of(value.base));
    for (const auto& line : value_to_text(value)) {
        out += ' ' + line;
    }
    return out;
}

std::string run(const boost::json::object& one) {
    pugi::xml_document document;
    (void)document.load_string(text_of(one.at("xml")).c_str());
    const auto rule = read_rule(document.document_element());
    if (rule.op == nullptr) {
        return "unknown operator";
    }
    State state;
    load(one.at("state"), state);
    std::vector<Value> operands;
    if (!one.at("operands").is_null()) {
        for (const auto& operand : one.at("operands").as_array()) {
            operands.push_back(value_of(operand));
        }
    }
    const auto result = apply({rule, state.context, operands});
    if (!one.at("error").is_null()) {
        return result.ok() ? "gives " + shown(*result) + ", expected " + text_of(one.at("error"))
                           : "";
    }
    if (!result.ok()) {
        return to_string(result.error());
    }
    const auto want = value_of(one.at("result"));
    return same(*result, want) ? "" : "gives " + shown(*result) + ", expected " + shown(want);
}

TEST(PublishedExpressions, GiveWhatTheirSourcesSay) {
    const auto data = test::conformance_data();
    if (!data) {
        GTEST_SKIP() << test::conformance_skip_reason();
    }
    Tally tally;
    for (const auto& one : cases(*data / "qti/expected_expressions.jsonl")) {
        tally.add(text_of(one.at("id")), run(one));
    }
    std::cout << "expressions: " << tally.passed << " as published, " << tally.excepted
              << " known exceptions\n";
    EXPECT_TRUE(tally.unexpected.empty()) << tally.report();
}

}  // namespace
}  // namespace assay::item::conformance
