#include "terminal/ui/history.h"

#include <gtest/gtest.h>

#include "terminal/ui/scene.h"

namespace assay::terminal_ui {
namespace {

using sitting::AnswerVersion;

AnswerVersion version(std::uint64_t record, std::int64_t second, const std::string& text) {
    return {record, WallTime{second}, std::vector{text}, std::nullopt};
}

TEST(History, ShowsWhereTheCandidateRestedAndWhatARestoreReplaced) {
    std::vector<AnswerVersion> versions{version(3, 100, "a"),   version(4, 101, "ab"),
                                        version(5, 130, "abc"), version(6, 131, "x"),
                                        version(7, 132, "ab"),  version(8, 133, "abd")};
    versions[4].restores = 4;
    const auto entries = history_entries("Q1", "RESPONSE", versions);
    ASSERT_EQ(entries.size(), 3U);
    EXPECT_EQ(entries[0].text, "ab");
    EXPECT_EQ(entries[1].text, "x") << "what the restore replaced";
    EXPECT_EQ(entries[2].text, "abd") << "the newest";
    EXPECT_EQ(entries[2].record, 8U);
    EXPECT_TRUE(history_entries("Q1", "RESPONSE", {}).empty());
}

TEST(History, CountsLettersAndCutsBetweenThem) {
    const auto entries = history_entries("Q1", "R", {version(1, 1, "答a")});
    EXPECT_EQ(entries.at(0).letters, 2U);
    std::string text;
    for (std::size_t i = 0; i <= kHistoryLettersMax; ++i) {
        text += "答";
    }
    EXPECT_EQ(shown_text(text), text.substr(3) + "…");
    EXPECT_EQ(shown_text(text.substr(3)), text.substr(3));
}

TEST(History, IsOfferedWhereSomethingWasTyped) {
    auto paper = std::make_shared<sitting::Paper>();
    for (const auto base : {item::BaseType::kString, item::BaseType::kIdentifier}) {
        auto made = std::make_shared<item::Item>();
        made->responses.resize(1);
        made->responses[0].identifier = "RESPONSE";
        made->responses[0].base = base;
        sitting::Paper::Entry entry;
        entry.identifier = base == item::BaseType::kString ? "Essay" : "Choice";
        entry.item = made;
        paper->entries.push_back(std::move(entry));
    }
    Facts facts;
    facts.paper = paper;
    facts.choices.item = "Essay";
    EXPECT_FALSE(make_scene(facts).history_open);
    facts.state.items["Essay"].responses["RESPONSE"].values = {"a"};
    facts.state.items["Choice"].responses["RESPONSE"].values = {"A"};
    EXPECT_TRUE(make_scene(facts).history_open);
    facts.choices.item = "Choice";
    EXPECT_FALSE(make_scene(facts).history_open);
    facts.choices.panel = Panel::kHistory;
    EXPECT_EQ(make_scene(facts).screen, ScreenName::kHistory);
}

}  // namespace
}  // namespace assay::terminal_ui
