// Every case of expected.jsonl: an item, responses, and the outcomes that others published or agree
// on.
#include <algorithm>
#include <cmath>
#include <iostream>

#include <gtest/gtest.h>

#include "question-bank/item/number.h"
#include "question-bank/item/score.h"
#include "tests/question-bank/item/conformance_cases.h"

namespace assay::item::conformance {
namespace {

TextLines lines_of(const boost::json::value& value) {
    TextLines out;
    if (value.is_array()) {
        for (const auto& line : value.as_array()) {
            out.push_back(text_of(line));
        }
    } else if (value.is_object()) {
        for (const auto& [name, field] : value.as_object()) {
            out.push_back(std::string(name) + '=' +
                          (field.is_string() ? text_of(field) : boost::json::serialize(field)));
        }
    }
    return out;
}

bool same_text(const std::string& a, const std::string& b) {
    const auto x = real_from(a);
    const auto y = real_from(b);
    if (x && y && std::isfinite(*x) && std::isfinite(*y)) {
        return std::fabs(*x - *y) <= 1e-9 * std::max(1.0, std::fabs(*y));
    }
    return a == b;
}

std::string joined(const TextLines& lines) {
    std::string out;
    for (const auto& line : lines) {
        out += (out.empty() ? "" : ",") + line;
    }
    return out;
}

std::string compare(const Values& values, const boost::json::object& expected) {
    for (const auto& [name, wanted] : expected) {
        const auto found = values.find(std::string_view(name.data(), name.size()));
        if (found == values.end()) {
            return std::string(name) + " is missing";
        }
        auto got = value_to_text(found->second);
        auto want = lines_of(wanted);
        if (found->second.cardinality == Cardinality::kMultiple) {
            std::sort(got.begin(), got.end());
            std::sort(want.begin(), want.end());
        }
        if (got.size() != want.size() ||
            !std::equal(got.begin(), got.end(), want.begin(), same_text)) {
            return std::string(name) + " is " + joined(got) + ", expected " + joined(want);
        }
    }
    return {};
}

std::string run(const boost::json::object& one, const std::filesystem::path& root) {
    const auto xml = file_text(root / text_of(one.at("item")));
    const auto item = read_item(as_bytes(xml));
    if (!item.ok()) {
        return to_string(item.error());
    }
    Responses responses;
    for (const auto& [name, value] : one.at("responses").as_object()) {
        const auto* declaration = item->response(std::string_view(name.data(), name.size()));
        if (declaration == nullptr) {
            continue;
        }
        auto read = value_from_text(*declaration, lines_of(value));
        if (!read.ok()) {
            return to_string(read.error());
        }
        responses[std::string(name)] = std::move(*read);
    }
    const auto outcomes = score_item(*item, responses);
    if (!outcomes.ok()) {
        return to_string(outcomes.error());
    }
    return compare(outcomes->values, one.at("expected").as_object());
}

TEST(PublishedItems, ScoreAsTheirSourcesSay) {
    const auto data = test::conformance_data();
    if (!data) {
        GTEST_SKIP() << test::conformance_skip_reason();
    }
    Tally tally;
    for (const auto& one : cases(*data / "qti/expected.jsonl")) {
        tally.add(text_of(one.at("id")), run(one, *data / "qti"));
    }
    std::cout << "items: " << tally.passed << " as published, " << tally.excepted
              << " known exceptions\n";
    EXPECT_TRUE(tally.unexpected.empty()) << tally.report();
}

}  // namespace
}  // namespace assay::item::conformance
