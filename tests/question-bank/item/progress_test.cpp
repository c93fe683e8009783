// Preconditions, branch rules, template defaults, session control and time limits.
#include "question-bank/item/progress.h"

#include <gtest/gtest.h>

#include "tests/question-bank/item/item_text.h"

namespace assay::item {
namespace {

Test test_of(const std::string& parts) {
    const auto read = read_test(as_bytes(
        "<assessmentTest xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p1\" identifier=\"T\" "
        "title=\"T\"><outcomeDeclaration identifier=\"SUM\" cardinality=\"single\" "
        "baseType=\"float\"/>" +
        parts +
        "<outcomeProcessing><setOutcomeValue identifier=\"SUM\"><sum><testVariables "
        "variableIdentifier=\"SCORE\"/></sum></setOutcomeValue></outcomeProcessing>"
        "</assessmentTest>"));
    EXPECT_TRUE(read.ok()) << to_string(read.error());
    return std::move(*read);
}

std::string ref(const std::string& name, const std::string& inside = "") {
    return "<assessmentItemRef identifier=\"" + name + "\" href=\"" + name + ".xml\">" + inside +
           "</assessmentItemRef>";
}

std::string part(const std::string& name, const std::string& mode, const std::string& inside) {
    return "<testPart identifier=\"" + name + "\" navigationMode=\"" + mode +
           "\" submissionMode=\"individual\">" + inside + "</testPart>";
}

std::string section(const std::string& name, const std::string& inside) {
    return "<assessmentSection identifier=\"" + name + "\" title=\"\" visible=\"true\">" + inside +
           "</assessmentSection>";
}

const std::string kEnough =
    "<gte><variable identifier=\"SUM\"/><baseValue baseType=\"float\">1</baseValue></gte>";

std::vector<ItemResult> scored(const std::string& name, double score) {
    ItemResult result;
    result.identifier = name;
    result.variables["SCORE"] = Value::real(score);
    return {result};
}

std::optional<std::size_t> after(const Test& test, std::optional<std::size_t> current,
                                 const std::vector<ItemResult>& results) {
    const auto next = next_entry(test, make_form(test, 1), current, results);
    EXPECT_TRUE(next.ok()) << to_string(next.error());
    return *next;
}

using At = std::optional<std::size_t>;

TEST(LinearPart, JumpsWhereABranchRuleHolds) {
    const auto test = test_of(
        part("P", "linear",
             section("S", ref("A", "<branchRule target=\"C\">" + kEnough + "</branchRule>") +
                              ref("B") + ref("C"))));
    EXPECT_EQ(after(test, std::nullopt, {}), At(0));
    EXPECT_EQ(after(test, 0, scored("A", 1)), At(2));
    EXPECT_EQ(after(test, 0, scored("A", 0)), At(1));
    EXPECT_EQ(after(test, 2, {}), std::nullopt);
}

TEST(LinearPart, LeavesItsSectionPartOrTest) {
    for (const auto& [target, next] : std::vector<std::pair<std::string, At>>{
             {"EXIT_SECTION", 2}, {"EXIT_TESTPART", 3}, {"EXIT_TEST", std::nullopt}}) {
        const auto test =
            test_of(part("P", "linear",
                         section("S", ref("A", "<branchRule target=\"" + target + "\">" + kEnough +
                                                   "</branchRule>") +
                                          ref("B")) +
                             section("U", ref("C"))) +
                    part("Q", "nonlinear", section("V", ref("D"))));
        EXPECT_EQ(after(test, 0, scored("A", 1)), next) << target;
    }
}

TEST(LinearPart, SkipsItemsAndSectionsWhosePreconditionFails) {
    const std::string barred = "<preCondition>" + kEnough + "</preCondition>";
    const auto test =
        test_of(part("P", "linear",
                     section("S", ref("A") + ref("B", barred)) +
                         section("U", barred + ref("C") + ref("D")) + section("V", ref("E"))));
    EXPECT_EQ(after(test, 0, scored("A", 0)), At(4));
    EXPECT_EQ(after(test, 0, scored("A", 1)), At(1));
    EXPECT_EQ(after(test, 1, scored("A", 1)), At(2));
}

TEST(NonlinearPart, TakesNoRuleOfItsItemsButItsOwn) {
    const std::string barred = "<preCondition>" + kEnough + "</preCondition>";
    const auto test = test_of(part("P", "nonlinear", section("S", ref("A") + ref("B", barred))) +
                              part("Q", "nonlinear", barred + section("U", ref("C"))));
    EXPECT_EQ(after(test, 0, scored("A", 0)), At(1));
    EXPECT_EQ(after(test, 1, scored("A", 0)), std::nullopt);
    EXPECT_EQ(after(test, 1, scored("A", 1)), At(2));
}

TEST(TemplateDefault, IsWorkedOutOverTheResultsSoFar) {
    const auto test = test_of(
        part("P", "linear",
             section("S", ref("A") + ref("B",
                                         "<templateDefault templateIdentifier=\"T\"><variable "
                                         "identifier=\"A.SCORE\"/></templateDefault>"))));
    const auto places = test.places();
    const auto values = template_defaults(test, *places[1].item, scored("A", 3));
    ASSERT_TRUE(values.ok());
    EXPECT_EQ(values->at("T"), Value::real(3));
}

TEST(InvisibleSection, MixesWithItsParentWhereItNeedNotStayTogether) {
    const auto test = test_of(
        part("P", "nonlinear",
             section("S", "<ordering shuffle=\"true\"/>" + ref("A") + ref("B") +
                              "<assessmentSection identifier=\"U\" title=\"\" visible=\"false\" "
                              "keepTogether=\"false\">" +
                              ref("C") + ref("D") + "</assessmentSection>")));
    bool apart = false;
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        const auto form = make_form(test, seed);
        ASSERT_EQ(form.entries.size(), 4U);
        std::vector<std::size_t> at;
        for (std::size_t i = 0; i < 4; ++i) {
            if (form.entries[i].sections.size() == 2) {
                at.push_back(i);
            }
        }
        ASSERT_EQ(at.size(), 2U);
        apart = apart || at[1] - at[0] > 1;
    }
    EXPECT_TRUE(apart);
}

TEST(SessionControl, LimitsAttemptsButThoseOfAnAdaptiveItem) {
    Item item;
    ItemRef reference;
    reference.control.attempts_max = 2;
    EXPECT_TRUE(may_attempt(item, reference, Submission::kIndividual, 1, nullptr));
    EXPECT_FALSE(may_attempt(item, reference, Submission::kIndividual, 2, nullptr));
    EXPECT_FALSE(may_attempt(item, reference, Submission::kSimultaneous, 1, nullptr));
    item.adaptive = true;
    Outcomes last;
    last.values["completionStatus"] = Value::identifier("incomplete");
    EXPECT_TRUE(may_attempt(item, reference, Submission::kIndividual, 9, &last));
    last.values["completionStatus"] = Value::identifier("completed");
    EXPECT_FALSE(may_attempt(item, reference, Submission::kIndividual, 1, &last));
}

TEST(SessionControl, AsksForAnAnswerAndForAValidOne) {
    const auto item = read_item(as_bytes(test_text::item(
        "<responseDeclaration identifier=\"R\" cardinality=\"multiple\" baseType=\"identifier\"/>",
        "<choiceInteraction responseIdentifier=\"R\" maxChoices=\"2\" minChoices=\"2\">"
        "<simpleChoice identifier=\"A\">a</simpleChoice><simpleChoice identifier=\"B\">b"
        "</simpleChoice></choiceInteraction>",
        "")));
    ItemRef reference;
    const Responses none;
    EXPECT_TRUE(submission_problems(*item, reference, none).empty());
    reference.control.allow_skipping = false;
    EXPECT_EQ(submission_problems(*item, reference, none).size(), 1U);
    Responses one;
    one["R"] = *value_from_text(*item->response("R"), {"A"});
    EXPECT_TRUE(submission_problems(*item, reference, one).empty());
    reference.control.validate_responses = true;
    EXPECT_EQ(submission_problems(*item, reference, one).size(), 1U);
}

TEST(TimeLimit, IsTheLeastThatIsLeft) {
    const auto test = test_of("<timeLimits maxTime=\"100\"/>" +
                              part("P", "linear",
                                   section("S", ref("A",
                                                    "<timeLimits maxTime=\"10\" "
                                                    "allowLateSubmission=\"true\"/>"))));
    const auto form = make_form(test, 1);
    TimeSpent spent;
    spent.test = std::chrono::seconds(95);
    spent.items["A"] = std::chrono::seconds(2);
    EXPECT_EQ(time_left(test, form.entries[0], spent).left, std::chrono::seconds(5));
    spent.items["A"] = std::chrono::seconds(12);
    const auto over = time_left(test, form.entries[0], spent);
    EXPECT_EQ(over.left, std::chrono::seconds(-2));
    EXPECT_TRUE(over.late);
}

}  // namespace
}  // namespace assay::item
