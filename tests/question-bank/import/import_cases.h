#pragma once

#include <string>

#include <gtest/gtest.h>

#include "question-bank/import/item_writer.h"
#include "question-bank/item/package.h"
#include "question-bank/item/score.h"

namespace assay::import::test {

/// Questions as items of a package that our own reader reads.
inline item::Item item_at(const Import& source, std::size_t index) {
    const auto package = item::make_package(package_of(source, {"P", "Paper", "zh-CN"}));
    EXPECT_TRUE(package.ok()) << to_string(package.error());
    const auto items = package->of_kind(item::ResourceKind::kItem);
    auto read = item::read_item_at(*package, items.at(index)->href);
    EXPECT_TRUE(read.ok()) << to_string(read.error());
    for (const auto& finding : read->findings) {
        ADD_FAILURE() << finding.what.id.text();
    }
    return std::move(*read);
}

/// SCORE for what a candidate typed or chose.
inline std::string score(const item::Item& item,
                         const std::map<std::string, item::TextLines>& answers) {
    item::Responses responses;
    for (const auto& [name, lines] : answers) {
        auto captured = item::capture(*item.response(name), lines);
        EXPECT_TRUE(captured.ok()) << to_string(captured.error());
        responses[name] = std::move(captured->value);
    }
    const auto outcomes = item::score_item(item, responses);
    EXPECT_TRUE(outcomes.ok()) << to_string(outcomes.error());
    const auto lines = item::value_to_text(outcomes->values.at("SCORE"));
    return lines.empty() ? "" : lines[0];
}

}  // namespace assay::import::test
