#include <gtest/gtest.h>

#include "question-bank/item/package.h"
#include "question-bank/item/score.h"
#include "question-bank/item/views.h"
#include "tests/support/paths.h"

namespace assay::item {
namespace {

class SampleExam : public testing::TestWithParam<const char*> {
  protected:
    void SetUp() override {
        SystemDisk disk;
        auto read = read_package(disk, test::repository() / "question-bank/sample");
        ASSERT_TRUE(read.ok()) << to_string(read.error());
        package_ = std::move(*read);
        const auto* resource = test_in_language(package_, GetParam());
        ASSERT_NE(resource, nullptr);
        path_ = resource->href;
        auto test = read_test_at(package_, path_);
        ASSERT_TRUE(test.ok()) << to_string(test.error());
        test_ = std::move(*test);
    }

    Item item_of(const std::string& identifier) const {
        for (const auto& place : test_.places()) {
            if (place.item->identifier == identifier) {
                auto read = read_item_at(package_, *resolve(path_, place.item->href));
                EXPECT_TRUE(read.ok()) << to_string(read.error());
                return std::move(*read);
            }
        }
        ADD_FAILURE() << "no item " << identifier;
        return {};
    }

    /// Answers as a candidate gives them: through capture.
    Outcomes scored(const std::string& identifier,
                    const std::map<std::string, TextLines>& answers) const {
        const auto read = item_of(identifier);
        Responses responses;
        for (const auto& [name, lines] : answers) {
            const auto captured = capture(*read.response(name), lines);
            EXPECT_TRUE(captured.ok()) << to_string(captured.error());
            responses[name] = captured->value;
        }
        const auto outcomes = score_item(read, responses);
        EXPECT_TRUE(outcomes.ok()) << to_string(outcomes.error());
        return *outcomes;
    }

    double score(const std::string& identifier,
                 const std::map<std::string, TextLines>& answers) const {
        return number_of(scored(identifier, answers).values.at("SCORE")).value_or(-1);
    }

    Package package_;
    item::Test test_;
    std::string path_;
};

TEST_P(SampleExam, HasThirteenItemsInTwoPartsWithoutAFinding) {
    EXPECT_EQ(test_.parts.size(), 2U);
    EXPECT_EQ(test_.places().size(), 13U);
    EXPECT_TRUE(package_.findings.empty());
    for (const auto& place : test_.places()) {
        EXPECT_TRUE(item_of(place.item->identifier).findings.empty()) << place.item->identifier;
    }
}

TEST_P(SampleExam, GivesTheFullScoreForRightAnswers) {
    EXPECT_EQ(score("Q01", {{"RESPONSE", {"A"}}}), 3);
    EXPECT_EQ(score("Q02", {{"RESPONSE", {"D", "A", "B"}}}), 5);
    EXPECT_EQ(score("Q03", {{"RESPONSE", {"UV"}}}), 3);
    EXPECT_EQ(score("Q04", {{"RESPONSE", {"3.5"}}}), 4);
    EXPECT_EQ(score("Q05", {{"FIRST", {"YOY"}}, {"SECOND", {"MOM"}}}), 4);
    EXPECT_EQ(score("Q06", {{"RESPONSE", {"GMV F1", "AOV F2", "RPR F3", "ROI F4"}}}), 8);
    EXPECT_EQ(score("Q07", {{"RESPONSE", {"GOAL", "COLLECT", "CLEAN", "ANALYSE", "REPORT"}}}), 5);
    EXPECT_EQ(score("Q08", {{"RESPONSE", {"DUP G1", "MISS G2", "OUT G3"}}}), 6);
    EXPECT_EQ(score("Q09", {{"RESPONSE", {"S2", "S4"}}}), 6);
    EXPECT_EQ(score("Q10", {{"RESPONSE", {"D4"}}}), 6);
    EXPECT_EQ(score("Q11", {{"AOV", {"96"}}, {"BEST", {"LIVE"}}, {"RETURN", {"SEARCH"}}}), 15);
}

TEST_P(SampleExam, GivesEveryRightSpellingAndWidth) {
    EXPECT_EQ(score("Q03", {{"RESPONSE", {"unique visitor"}}}), 3);
    EXPECT_EQ(score("Q03", {{"RESPONSE", {"　ＵＶ "}}}), 3);
    EXPECT_EQ(score("Q04", {{"RESPONSE", {"３．５"}}}), 4);
    EXPECT_EQ(score("Q04", {{"RESPONSE", {"3.54"}}}), 4);
}

TEST_P(SampleExam, GivesLessForWrongOrMissingAnswers) {
    EXPECT_EQ(score("Q01", {{"RESPONSE", {"B"}}}), 0);
    EXPECT_EQ(score("Q01", {}), 0);
    EXPECT_EQ(score("Q02", {{"RESPONSE", {"A", "C"}}}), 0);
    EXPECT_EQ(score("Q02", {{"RESPONSE", {"A", "B"}}}), 4);
    EXPECT_EQ(score("Q03", {{"RESPONSE", {"PV"}}}), 0);
    EXPECT_EQ(score("Q04", {{"RESPONSE", {"3.6"}}}), 0);
    EXPECT_EQ(score("Q04", {{"RESPONSE", {"three"}}}), 0);
    EXPECT_EQ(score("Q06", {{"RESPONSE", {"GMV F1", "AOV F3"}}}), 2);
    EXPECT_EQ(score("Q07", {{"RESPONSE", {"COLLECT", "GOAL", "CLEAN", "ANALYSE", "REPORT"}}}), 0);
    EXPECT_EQ(score("Q09", {{"RESPONSE", {"S1", "S2", "S4"}}}), 3);
    EXPECT_EQ(score("Q11", {{"AOV", {"95"}}, {"BEST", {"LIVE"}}}), 5);
}

TEST_P(SampleExam, LeavesEssayAndPracticalTaskToAPerson) {
    EXPECT_TRUE(scored("Q12", {{"RESPONSE", {"..."}}}).needs_marker);
    const auto task = item_of("Q13");
    EXPECT_TRUE(task.needs_marker());
    ASSERT_EQ(task.results.size(), 1U);
    EXPECT_EQ(task.results[0].name, "report.txt");
    EXPECT_TRUE(task.results[0].edited_here);
    ASSERT_EQ(task.materials.size(), 1U);
    EXPECT_TRUE(package_.files.contains(*resolve("zh/q13.xml", task.materials[0].href)));
    EXPECT_FALSE(scored("Q01", {}).needs_marker);
}

TEST_P(SampleExam, AddsUpToAHundred) {
    std::vector<ItemResult> results;
    for (const auto& place : test_.places()) {
        const auto read = item_of(place.item->identifier);
        ItemResult result;
        result.identifier = place.item->identifier;
        result.variables["SCORE"] = Value::real(*read.outcome("SCORE")->normal_maximum);
        results.push_back(std::move(result));
    }
    const auto outcomes = score_test(test_, results);
    ASSERT_TRUE(outcomes.ok());
    EXPECT_EQ(number_of(outcomes->values.at("SCORE")), 100);
    EXPECT_EQ(number_of(outcomes->values.at("SCORE_KNOWLEDGE")), 50);
    EXPECT_EQ(number_of(outcomes->values.at("SCORE_PRACTICE")), 50);
}

TEST_P(SampleExam, ShowsTheCandidateNoKey) {
    const auto files = candidate_files(package_);
    ASSERT_TRUE(files.ok()) << to_string(files.error());
    EXPECT_TRUE(files->contains("images/visitors.png"));
    EXPECT_TRUE(files->contains("materials/zh/sales.csv"));
    const auto again = make_package(*files);
    ASSERT_TRUE(again.ok()) << to_string(again.error());
    const auto* resource = test_in_language(*again, GetParam());
    ASSERT_NE(resource, nullptr);
    const auto test = read_test_at(*again, resource->href);
    ASSERT_TRUE(test.ok()) << to_string(test.error());
    for (const auto& place : test->places()) {
        const auto read = read_item_at(*again, *resolve(resource->href, place.item->href));
        ASSERT_TRUE(read.ok()) << to_string(read.error());
        EXPECT_FALSE(read->interactions.empty());
        EXPECT_FALSE(read->response_processing.has_value());
        EXPECT_TRUE(read->rubrics.empty());
        for (const auto& response : read->responses) {
            EXPECT_TRUE(response.correct.is_null());
            EXPECT_FALSE(response.mapping.has_value());
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Languages, SampleExam, testing::Values("zh-CN", "en"));

TEST(SampleExamLanguages, DifferOnlyInWords) {
    SystemDisk disk;
    const auto package = read_package(disk, test::repository() / "question-bank/sample");
    ASSERT_TRUE(package.ok());
    for (int i = 1; i <= 13; ++i) {
        const auto name = (i < 10 ? "q0" : "q") + std::to_string(i) + ".xml";
        const auto zh = read_item_at(*package, "zh/" + name);
        const auto en = read_item_at(*package, "en/" + name);
        ASSERT_TRUE(zh.ok() && en.ok()) << name;
        EXPECT_EQ(zh->identifier, en->identifier);
        ASSERT_EQ(zh->responses.size(), en->responses.size());
        for (std::size_t r = 0; r < zh->responses.size(); ++r) {
            EXPECT_EQ(zh->responses[r].identifier, en->responses[r].identifier);
            EXPECT_EQ(zh->responses[r].correct, en->responses[r].correct);
        }
        ASSERT_EQ(zh->interactions.size(), en->interactions.size());
        for (std::size_t k = 0; k < zh->interactions.size(); ++k) {
            const auto& a = zh->interactions[k].choices;
            const auto& b = en->interactions[k].choices;
            ASSERT_EQ(a.size(), b.size()) << name;
            for (std::size_t c = 0; c < a.size(); ++c) {
                EXPECT_EQ(a[c].identifier, b[c].identifier) << name;
            }
        }
        EXPECT_EQ(*zh->outcome("SCORE")->normal_maximum, *en->outcome("SCORE")->normal_maximum);
    }
}

}  // namespace
}  // namespace assay::item
