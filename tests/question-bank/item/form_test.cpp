#include <set>

#include <gtest/gtest.h>

#include "question-bank/item/shuffle.h"
#include "question-bank/item/test.h"

namespace assay::item {
namespace {

Test read(const std::string& section) {
    const std::string xml =
        "<assessmentTest xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p1\" identifier=\"T\" "
        "title=\"T\"><testPart identifier=\"P\" navigationMode=\"nonlinear\" "
        "submissionMode=\"simultaneous\"><itemSessionControl maxAttempts=\"0\"/>" +
        section + "</testPart></assessmentTest>";
    auto test = read_test(as_bytes(xml));
    EXPECT_TRUE(test.ok()) << to_string(test.error());
    return std::move(*test);
}

std::string refs(int count) {
    std::string out;
    for (int i = 1; i <= count; ++i) {
        out += "<assessmentItemRef identifier=\"Q" + std::to_string(i) + "\" href=\"q.xml\"/>";
    }
    return out;
}

std::vector<std::string> names(const Form& form) {
    std::vector<std::string> out;
    for (const auto& entry : form.entries) {
        out.push_back(entry.identifier);
    }
    return out;
}

TEST(Form, KeepsTheOrderOfThePaperWithoutSelectionOrShuffle) {
    const auto test = read("<assessmentSection identifier=\"S\" title=\"S\" visible=\"true\">" +
                           refs(3) + "</assessmentSection>");
    EXPECT_EQ(names(make_form(test, 1)), (std::vector<std::string>{"Q1", "Q2", "Q3"}));
    EXPECT_EQ(test.places()[0].item->control.attempts_max, 0U);
}

TEST(Form, IsTheSameForTheSameSeed) {
    const auto test = read(
        "<assessmentSection identifier=\"S\" title=\"S\" visible=\"true\"><selection "
        "select=\"4\"/><ordering shuffle=\"true\"/>" +
        refs(10) + "</assessmentSection>");
    std::set<std::vector<std::string>> seen;
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        const auto form = names(make_form(test, seed));
        EXPECT_EQ(form, names(make_form(test, seed)));
        EXPECT_EQ(std::set<std::string>(form.begin(), form.end()).size(), 4U);
        seen.insert(form);
    }
    EXPECT_GT(seen.size(), 40U);
}

TEST(Form, NumbersInstancesThatWereDrawnTwice) {
    const auto test = read(
        "<assessmentSection identifier=\"S\" title=\"S\" visible=\"true\"><selection "
        "select=\"3\" withReplacement=\"true\"/>" +
        refs(1) + "</assessmentSection>");
    EXPECT_EQ(names(make_form(test, 1)), (std::vector<std::string>{"Q1.1", "Q1.2", "Q1.3"}));
}

TEST(ChoiceOrder, LeavesFixedChoicesWhereTheyAre) {
    Interaction interaction;
    interaction.response = "R";
    interaction.shuffle = true;
    interaction.choices.resize(6);
    interaction.choices[5].fixed = true;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const auto order = choice_order(interaction, seed);
        EXPECT_EQ(order[5], 5U);
        EXPECT_EQ(std::set<std::size_t>(order.begin(), order.end()).size(), 6U);
        EXPECT_EQ(order, choice_order(interaction, seed));
    }
}

}  // namespace
}  // namespace assay::item
