// Every case of expected_tests.jsonl: outcome processing of a test over its items' outcomes.
#include <cmath>
#include <iostream>

#include <gtest/gtest.h>
#include <pugixml.hpp>

#include "question-bank/item/number.h"
#include "question-bank/item/score.h"
#include "tests/question-bank/item/conformance_cases.h"

namespace assay::item::conformance {
namespace {

Value value_of(const boost::json::value& json) {
    if (json.is_null()) {
        return Value::null();
    }
    const auto& object = json.as_object();
    const auto base = base_type_named(text_of(object.at("baseType"))).value();
    Value out = Value::null(base, cardinality_named(text_of(object.at("cardinality"))).value());
    for (const auto& one : object.at("value").as_array()) {
        out.items.push_back(*scalar_from_text(base, text_of(one)));
    }
    return out;
}

ItemResult result_of(const boost::json::object& one) {
    ItemResult out;
    out.identifier = text_of(one.at("ref"));
    for (const char* part : {"responses", "outcomes"}) {
        for (const auto& [name, value] : one.at(part).as_object()) {
            out.variables[std::string(name)] = value_of(value);
        }
    }
    out.attempted = one.at("numAttempts").to_number<std::int64_t>() > 0;
    out.presented = one.at("presented").as_bool();
    out.responded = one.at("responded").as_bool();
    out.correct = one.at("correct").as_bool();
    return out;
}

/// The items of an assessmentResult, with the changes that the case asks for.
std::vector<ItemResult> reported(const boost::json::object& one,
                                 const std::filesystem::path& root) {
    pugi::xml_document document;
    (void)document.load_file((root / text_of(one.at("assessmentResult"))).c_str());
    std::vector<ItemResult> out;
    for (const auto node : document.document_element().children("itemResult")) {
        ItemResult item;
        item.identifier = node.attribute("identifier").value();
        for (const auto outcome : node.children("outcomeVariable")) {
            const auto base = base_type_named(outcome.attribute("baseType").value()).value();
            item.variables[outcome.attribute("identifier").value()] =
                Value::of(base, *scalar_from_text(base, outcome.child("value").text().get()));
        }
        for (const auto& change : one.at("changes").as_array()) {
            if (text_of(change.as_object().at("item")) == item.identifier) {
                item.variables["SCORE"] =
                    Value::real(*real_from(text_of(change.as_object().at("SCORE"))));
            }
        }
        out.push_back(std::move(item));
    }
    return out;
}

std::string run(const boost::json::object& one, const std::filesystem::path& root) {
    const auto xml = file_text(root / text_of(one.at("file")));
    const auto test = read_test(as_bytes(xml));
    if (!test.ok()) {
        return to_string(test.error());
    }
    std::vector<ItemResult> items;
    if (one.contains("items")) {
        for (const auto& item : one.at("items").as_array()) {
            items.push_back(result_of(item.as_object()));
        }
    } else {
        items = reported(one, root);
    }
    const auto outcomes = score_test(*test, items);
    if (!outcomes.ok()) {
        return to_string(outcomes.error());
    }
    for (const auto& [name, wanted] : one.at("expected").as_object()) {
        const auto found = outcomes->values.find(std::string_view(name.data(), name.size()));
        if (found == outcomes->values.end()) {
            return std::string(name) + " is missing";
        }
        const auto got = number_of(found->second);
        const auto want = real_from(text_of(wanted.as_array().at(0)));
        if (!got || !want || std::fabs(*got - *want) > 1e-9) {
            return std::string(name) + " differs";
        }
    }
    return {};
}

TEST(PublishedTests, ScoreAsTheirSourcesSay) {
    const auto data = test::conformance_data();
    if (!data) {
        GTEST_SKIP() << test::conformance_skip_reason();
    }
    Tally tally;
    for (const auto& one : cases(*data / "qti/expected_tests.jsonl")) {
        tally.add(text_of(one.at("id")), run(one, *data / "qti/tests"));
    }
    std::cout << "tests: " << tally.passed << " as published, " << tally.excepted
              << " known exceptions\n";
    EXPECT_TRUE(tally.unexpected.empty()) << tally.report();
}

}  // namespace
}  // namespace assay::item::conformance
